/** The estimator, asked for once and shared by every store and view. Apart from the ledger's store, so that the first screen does without both. */
import { shallowRef, watch } from 'vue'
import { watchedRead } from '../composables/read-troubles.ts'
import { untilIdle } from '../composables/until-idle.ts'

export const estimator = shallowRef<typeof import('./estimator.ts')>()

/** Resolves when estimates can be made. Views that estimate wait for it before they are shown. */
export async function loadEstimator(): Promise<void> {
  estimator.value ??= await import('./estimator.ts')
}

/**
 * For the first screen: what is confirmed stands there before the rules are loaded by which the rest is expected. A failed lazy load is
 * remembered by the browser for this page's life, and only a reload asks for the file again.
 */
export function loadEstimatorWhen(isNeeded: () => boolean): void {
  const read = () => watchedRead(loadEstimator, () => location.reload()).catch(() => undefined)
  watch(isNeeded, (needed) => void (needed && untilIdle().then(read)), { immediate: true })
}

export function loadedEstimator() {
  if (!estimator.value) throw new Error('a view that estimates waits for loadEstimator')
  return estimator.value
}
