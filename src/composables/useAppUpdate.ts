/** Registers the worker after the first paint, and keeps whether a new version waits for the person's word. */
import { readonly, ref } from 'vue'
import type { WorkerHandle } from '../pwa/register.ts'
import { isTripUnderWay } from './trip-ledger.ts'
import { untilIdle } from './until-idle.ts'

const isWaiting = ref(false)
let handle: WorkerHandle | undefined

/** Called once, when the first screen stands. Without a worker the app works as long as there is a network, so a failure is no one's concern. */
export async function watchForUpdate(): Promise<void> {
  await untilIdle()
  try {
    const { registerWorker } = await import('../pwa/register.ts')
    handle = await registerWorker(
      () => {
        isWaiting.value = true
      },
      () => !isTripUnderWay(),
    )
  } catch {
    handle = undefined
  }
}

export function useAppUpdate() {
  /** Until the next start; the new version then comes by itself. */
  function later(): void {
    isWaiting.value = false
  }
  function accept(): void {
    isWaiting.value = false
    handle?.update()
  }
  return { isWaiting: readonly(isWaiting), accept, later }
}
