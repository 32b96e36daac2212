/**
 * The present moment for what is shown: "today", "13 days left". Moves on every minute while the page is in sight, and at
 * once when it comes back, so that a page left open over midnight does not show yesterday.
 */
import { onScopeDispose, type Ref, readonly, ref } from 'vue'
import type { Instant } from '../domain/base/time.ts'

const now = ref<Instant>(Date.now())
const everyMs = 60_000
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  if (!document.hidden) now.value = Date.now()
}

function start(): void {
  tick()
  timer = setInterval(tick, everyMs)
  document.addEventListener('visibilitychange', tick)
}

function stop(): void {
  clearInterval(timer)
  document.removeEventListener('visibilitychange', tick)
}

export function useNow(): Readonly<Ref<Instant>> {
  if (users++ === 0) start()
  onScopeDispose(() => {
    if (--users === 0) stop()
  })
  return readonly(now)
}
