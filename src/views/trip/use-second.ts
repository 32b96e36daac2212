/** The present moment, second by second, while the page is in sight: for a clock that runs. */
import { onScopeDispose, type Ref, ref } from 'vue'
import type { Instant } from '../../domain/base/time.ts'

export function useSecond(now: () => Instant): Readonly<Ref<Instant>> {
  const second = ref(now())
  const tick = () => {
    if (!document.hidden) second.value = now()
  }
  const timer = setInterval(tick, 1000)
  document.addEventListener('visibilitychange', tick)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return second
}
