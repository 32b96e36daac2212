/** Whole seconds until something may be done again. Counts by its own steps, so that a wrong clock cannot make it an hour. */
import { onScopeDispose, type Ref, readonly, ref } from 'vue'

export function useCountdown(): { left: Readonly<Ref<number>>; start(seconds: number): void } {
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function start(seconds: number): void {
    clearInterval(timer)
    left.value = Math.max(0, Math.ceil(seconds))
    if (left.value === 0) return
    timer = setInterval(() => {
      left.value--
      if (left.value <= 0) clearInterval(timer)
    }, 1000)
  }

  onScopeDispose(() => clearInterval(timer))
  return { left: readonly(left), start }
}
