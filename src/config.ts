/** What the build knows of itself. The only reader of import.meta.env. */
import type { KeySet } from './proof/keys.ts'

declare const __APP_VERSION__: string
declare const __PINNED_KEYS__: KeySet | null

export const appVersion: string = __APP_VERSION__
/** The backend's keys as they were when this app was built, if the build was told. */
export const pinnedKeys: KeySet | undefined = __PINNED_KEYS__ ?? undefined
