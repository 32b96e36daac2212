/** The state of the exchange as one calm line: what it says and which sign stands before it. Pure. */
import type { useSyncStore } from '../../stores/sync.ts'
import type { homeStateText } from '../../text/home/home-state.ts'

export type SyncSign = 'phone' | 'offline' | 'busy' | 'done' | 'queued' | 'warn'

interface SyncLine {
  readonly sign: SyncSign
  readonly text: string
}

export interface SyncFacts {
  readonly isGuest: boolean
  readonly isOnline: boolean
  readonly phase: ReturnType<typeof useSyncStore>['status']['phase']
  /** Commands that the backend may not have yet. */
  readonly count: number
  readonly hasSynced: boolean
  readonly isDeleted: boolean
}

type Words = (typeof homeStateText)['zh-CN']['sync'] | (typeof homeStateText)['en']['sync']

export function syncLine(facts: SyncFacts, t: Words): SyncLine {
  const { isGuest, isOnline, phase, count } = facts
  if (facts.isDeleted || phase === 'deleted') return { sign: 'warn', text: t.deleted }
  if (isGuest) return { sign: 'phone', text: count > 0 ? t.local(count) : t.guest }
  switch (phase) {
    case 'signed_out':
      return { sign: 'warn', text: t.signedOut }
    case 'disk_full':
      return { sign: 'warn', text: t.full }
    case 'faulty':
      return { sign: 'warn', text: t.faulty }
  }
  if (!isOnline) return { sign: 'offline', text: count > 0 ? t.offlineCount(count) : t.offline }
  if (phase === 'offline')
    return { sign: 'queued', text: count > 0 ? t.unansweredCount(count) : t.unanswered }
  if (phase === 'waiting') return { sign: 'queued', text: count > 0 ? t.laterCount(count) : t.later }
  if (phase === 'syncing') return { sign: 'busy', text: t.syncing }
  if (count > 0) return { sign: 'queued', text: t.queued(count) }
  return facts.hasSynced ? { sign: 'done', text: t.synced } : { sign: 'queued', text: t.never }
}
