/** What the browser says about keeping this site's data. Some do not answer, and one waits for its prompt: nothing here is waited for. */
import { onMounted, readonly, ref } from 'vue'

type Persistence = 'persisted' | 'mayClear' | 'unknown'

export function useStorageState() {
  const persistence = ref<Persistence>('unknown')
  const used = ref<number>()
  const quota = ref<number>()
  const isRefused = ref(false)
  /** Absent on plain http, and in some browsers altogether. */
  const storage =
    typeof navigator === 'undefined' ? undefined : (navigator.storage as StorageManager | undefined)

  async function look(): Promise<void> {
    const isPersisted = await storage?.persisted?.().catch(() => undefined)
    if (isPersisted !== undefined) persistence.value = isPersisted ? 'persisted' : 'mayClear'
    const estimate = await storage?.estimate?.().catch(() => undefined)
    used.value = estimate?.usage
    quota.value = estimate?.quota
  }

  async function persist(): Promise<void> {
    const isGranted = await storage?.persist?.().catch(() => false)
    isRefused.value = isGranted !== true
    await look()
  }

  onMounted(look)
  return {
    persistence: readonly(persistence),
    used: readonly(used),
    quota: readonly(quota),
    isRefused: readonly(isRefused),
    canAsk: storage?.persist !== undefined,
    persist,
  }
}
