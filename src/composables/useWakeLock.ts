/** Keeps the screen on where the browser can: for a code that is shown to someone, for a trip that is recorded. Given back when the page goes out of sight; asked for again when it returns. */
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

interface Lock {
  release(): Promise<void>
  addEventListener(type: 'release', listener: () => void): void
}

export function useWakeLock(isWanted: () => boolean) {
  const isAwake = ref(false)
  let lock: Lock | undefined

  async function update(): Promise<void> {
    if (!isWanted() || document.visibilityState !== 'visible') return release()
    if (lock) return
    try {
      lock = await (navigator as { wakeLock?: { request(type: 'screen'): Promise<Lock> } }).wakeLock?.request(
        'screen',
      )
    } catch {
      return // the battery is low, or the browser says no: all else works the same
    }
    isAwake.value = lock !== undefined
    lock?.addEventListener('release', () => {
      lock = undefined
      isAwake.value = false
    })
  }

  async function release(): Promise<void> {
    const held = lock
    lock = undefined
    isAwake.value = false
    await held?.release().catch(() => undefined)
  }

  const onVisibility = () => void update()
  onMounted(() => {
    document.addEventListener('visibilitychange', onVisibility)
    void update()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    void release()
  })
  watch(isWanted, () => void update())

  return { isAwake }
}
