/** What the collecting service reports of a booked pick-up. A state that is final makes room for another. */
import { comesAfter, isFinalState } from '../taking-part/pickup.ts'
import { noDays, type StepRules } from './kind.ts'

export const pickupUpdate: StepRules = {
  needs: noDays,
  post(ledger, _body, { about = '', pickupState }) {
    const open = ledger.pickups?.[about]
    if (!open || !pickupState || !comesAfter(pickupState, open.state)) return
    if (isFinalState(pickupState)) delete ledger.pickups?.[about]
    else open.state = pickupState
  },
}

/** The same for whoever derives it: a report that comes twice is one. */
export function pickupUpdateIdOf(pickupId: string, state: string): string {
  return `pickup.update:${pickupId}:${state}`
}
