/** What the build knows of itself. The only reader of import.meta.env. */

declare const __APP_VERSION__: string

export const appVersion: string = __APP_VERSION__
