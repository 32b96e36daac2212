/** A person's check-in to an event: on its way, confirmed, or refused with the reasons. And the demo's code, where there is one. */
import { computed } from 'vue'
import { checkIn } from '../actions/check-in.ts'
import { useLive } from '../composables/useLive.ts'
import { type CheckInRead, liveCheckIns } from '../db/history-reads.ts'
import type { CommandId } from '../domain/base/ids.ts'
import { plainCode } from '../domain/taking-part/occurrence.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

type CheckInState =
  /** What was checked in to stands in a ledger that is still being read. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly at: number }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'confirmed'; readonly read: CheckInRead }
  | { readonly kind: 'refused'; readonly read: CheckInRead }

export function useCheckIn(occurrenceId: () => string) {
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const services = useServices()
  const { value: reads } = useLive(() => (device.db ? liveCheckIns(device.db, occurrenceId()) : undefined))

  const isUnread = computed(
    () => !device.isKnown || (device.db !== undefined && (reads.value === undefined || !ledger.isRead)),
  )
  const state = computed((): CheckInState => {
    if (isUnread.value) return { kind: 'unread' }
    const confirmed = reads.value?.find(({ outcome }) => outcome === 'accepted')
    if (confirmed) return { kind: 'confirmed', read: confirmed }
    const sent = ledger.waiting.find(
      ({ command }) => command.kind === 'event.check-in' && command.body.occurrenceId === occurrenceId(),
    )
    if (sent)
      return sent.state === 'deferred' ? { kind: 'unreadable' } : { kind: 'waiting', at: sent.command.at }
    const [refused] = reads.value ?? []
    return refused ? { kind: 'refused', read: refused } : { kind: 'none' }
  })

  return {
    state,
    /** There is a ledger to write it into. */
    canCheckIn: computed(() => device.db !== undefined),
    checkIn: (code: string): Promise<CommandId> =>
      ledger.act((context) => checkIn(context, { occurrenceId: occurrenceId(), code: plainCode(code) })),
    /** Undefined without a network, and where the backend shows none. */
    demoCode: async (): Promise<string | undefined> => {
      try {
        return await (await services.backend()).demoEventCode(occurrenceId())
      } catch {
        return undefined
      }
    },
  }
}
