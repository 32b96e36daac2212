/** Of one waiting command: the day that it is about, and the grams that it would bring. Home needs no more of what waits. */
import { type Day, dayOf } from '../base/time.ts'
import type { Grams } from '../base/units.ts'
import { actBy } from './ledger-part.ts'
import type { Ledger } from './ledger-state.ts'
import type { Preview } from './projection.ts'

/** The day of the act that a waiting command records or takes back. */
export function dayOfPreview({ command, decision }: Preview, expected: Ledger): Day | undefined {
  if (decision.assessment) return decision.assessment.day
  if (command.kind !== 'activity.withdraw') return undefined
  const act = actBy(expected, command.body.activityId)
  return act && dayOf(act.startedAt)
}

export function netGrams({ decision }: Preview): Grams {
  return decision.transfers.reduce((sum, { asset, credit, debit, amount }) => {
    if (asset !== 'grams') return sum
    return sum + (credit === 'available' ? amount : 0) - (debit === 'available' ? amount : 0)
  }, 0)
}
