/** The exchange in one title and one sentence: the phase, and whether something still waits. */
import { computed } from 'vue'
import { useOnline } from '../../composables/useOnline.ts'
import { MINUTE_MS } from '../../domain/base/time.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { useSyncStore } from '../../stores/sync.ts'
import { problemText } from '../../text/app/problems.ts'
import { useText } from '../../text/define-text.ts'
import { syncText } from '../../text/me/sync.ts'

/** Of all limits of the exchange only that of a day makes one wait so long. */
const LONG_WAIT_MS = 10 * MINUTE_MS

function isDayFull({ problem, waitMs = 0 }: { problem: string; waitMs?: number }): boolean {
  return problem === 'too_many_requests' && waitMs > LONG_WAIT_MS
}

export function useSyncWords() {
  const t = useText(syncText)
  const p = useText(problemText)
  const ledger = useLedgerStore()
  const sync = useSyncStore()
  const isOnline = useOnline()

  const phase = computed(() => {
    if (ledger.isGuest) return 'guest'
    // That all is the same was true when there was a network: without one nobody knows.
    return sync.status.phase === 'idle' && !isOnline.value ? 'offline' : sync.status.phase
  })
  const words = computed(() => {
    const { status } = sync
    if (ledger.isGuest) return t.value.phases.guest
    if (status.phase === 'waiting' && isDayFull(status)) return t.value.dayLimit
    if (status.phase === 'offline' && isOnline.value) return p.value.unanswered
    if (status.phase === 'waiting') return p.value.problems[status.problem]
    // Whether something waits is not known before the ledger is read: that all is the same would be said too early.
    if (status.phase === 'idle' && !ledger.isRead) return t.value.phases.syncing
    if (status.phase === 'idle' && ledger.waiting.length > 0) return t.value.queued
    return t.value.phases[phase.value]
  })
  return { phase, words }
}
