/** The estimator, asked for once and shared by every store and view. Apart from the ledger's store, so that the first screen does without both. */
import { shallowRef } from 'vue'

export const estimator = shallowRef<typeof import('./estimator.ts')>()

/** Resolves when estimates can be made. Views that estimate wait for it before they are shown. */
export async function loadEstimator(): Promise<void> {
  estimator.value ??= await import('./estimator.ts')
}

export function loadedEstimator() {
  if (!estimator.value) throw new Error('a view that estimates waits for loadEstimator')
  return estimator.value
}
