/** What can be done about a posted act, and why not if it cannot: withdraw, appeal. What was already asked counts as done. */
import { computed } from 'vue'
import type { CommandId } from '../../domain/ids.ts'
import { findActivity } from '../../domain/ledger.ts'
import { useLedgerStore } from '../../stores/ledger.ts'

export function useEntryActions(id: () => string) {
  const ledger = useLedgerStore()
  /** The fold forgets acts after 60 days: then neither withdrawing nor appealing finds it. */
  const activity = computed(() => {
    const folded = ledger.base?.ledger
    return folded && findActivity(folded, id() as CommandId)
  })
  const asked = computed(() =>
    ledger.waiting.filter(
      ({ command }) =>
        (command.kind === 'activity.withdraw' || command.kind === 'activity.appeal') &&
        command.body.activityId === id(),
    ),
  )
  const withdrawal = computed(() => asked.value.find(({ command }) => command.kind === 'activity.withdraw'))
  const appeal = computed(() => asked.value.find(({ command }) => command.kind === 'activity.appeal'))
  const isWithdrawn = computed(() => activity.value?.outcome === 'withdrawn')
  const canWithdraw = computed(
    () => activity.value !== undefined && !isWithdrawn.value && withdrawal.value === undefined,
  )
  const canAppeal = computed(
    () =>
      canWithdraw.value &&
      activity.value?.outcome !== 'accepted' &&
      !activity.value?.appealed &&
      appeal.value === undefined &&
      activity.value?.outcome !== 'review',
  )
  return { activity, withdrawal, appeal, isWithdrawn, canWithdraw, canAppeal }
}
