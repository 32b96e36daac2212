/** What can be done about a posted act, and why not if it cannot: withdraw, appeal. What was already asked counts as done. */
import { computed } from 'vue'
import type { CommandId } from '../../domain/base/ids.ts'
import { DAY_MS } from '../../domain/base/time.ts'
import { WINDOW_DAYS } from '../../domain/ledger/ledger-state.ts'
import { type EntryRead, idleActOf } from '../../stores/entry-details.ts'
import { useLedgerStore } from '../../stores/ledger.ts'

export function useEntryActions(read: () => EntryRead) {
  const ledger = useLedgerStore()
  const id = () => read().entry.id
  /** The fold forgets acts after 60 days, then neither withdrawing nor appealing finds it; and what counts nothing sooner, which its row tells. */
  const held = computed(() => ledger.heldAct(id() as CommandId))
  const activity = computed(() => (held.value.isKnown ? (held.value.act ?? idleAct()) : undefined))
  function idleAct() {
    const { entry, later } = read()
    const found = idleActOf(entry, later)
    return found && found.postedAt >= ledger.now() - WINDOW_DAYS * DAY_MS ? found.act : undefined
  }
  const asked = computed(() =>
    ledger.waiting.filter(
      ({ command }) =>
        (command.kind === 'activity.withdraw' || command.kind === 'activity.appeal') &&
        command.body.activityId === id(),
    ),
  )
  const withdrawal = computed(() => asked.value.find(({ command }) => command.kind === 'activity.withdraw'))
  const appeal = computed(() => asked.value.find(({ command }) => command.kind === 'activity.appeal'))
  const isMerged = computed(
    () => read().entry.mergedInto !== undefined || activity.value?.outcome === 'superseded',
  )
  const isWithdrawn = computed(() => activity.value?.outcome === 'withdrawn')
  const canWithdraw = computed(
    () =>
      activity.value !== undefined && !isWithdrawn.value && !isMerged.value && withdrawal.value === undefined,
  )
  const canAppeal = computed(
    () =>
      canWithdraw.value &&
      (activity.value?.outcome !== 'accepted' || activity.value.trust === 'provider') &&
      !activity.value?.appealed &&
      appeal.value === undefined &&
      activity.value?.outcome !== 'review',
  )
  const isTooOld = computed(() => held.value.isKnown && !activity.value && !isMerged.value)
  return { activity, isTooOld, withdrawal, appeal, isWithdrawn, canWithdraw, canAppeal }
}
