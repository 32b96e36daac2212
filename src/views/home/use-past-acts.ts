/** The person's latest acts, waiting and posted, newest first: without those that will not count, or that are being taken back. */
import { computed } from 'vue'
import { pastActs } from '../../components/activity/usual-acts.ts'
import type { Quantity } from '../../domain/evidence/activity.ts'
import type { Command } from '../../domain/ledger/command.ts'
import { useRecentActs } from '../../stores/history.ts'
import { useLedgerStore } from '../../stores/ledger.ts'

/** @param most read of each. */
export function usePastActs(most: number) {
  const ledger = useLedgerStore()
  const recent = useRecentActs(most)
  return computed(() => {
    const latest = ledger.waiting.slice(0, most)
    const undone = new Set<string>(
      latest.flatMap(({ command }) =>
        command.kind === 'activity.withdraw' ? [command.body.activityId] : [],
      ),
    )
    const counting = latest.filter(({ id, decision }) => decision.outcome !== 'rejected' && !undone.has(id))
    const posted = (recent.value.value ?? []).filter(({ id }) => !undone.has(id))
    return pastActs(
      counting.map(({ command, decision }) => asCounted(command, decision.assessment?.claimed)),
      posted,
    )
  })
}

/** Without an amount the kind's own length counts, and stands in the record that will come. */
function asCounted(command: Command, claimed: Quantity | undefined): Command {
  if (command.kind !== 'activity.record' || command.body.quantity || !claimed) return command
  return { ...command, body: { ...command.body, quantity: claimed } }
}
