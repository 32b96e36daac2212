/** What the collecting service reports of a booked pick-up. A state that is final makes room for another. */
import type { Decision } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { comesAfter, isFinalState, type PickupState } from '../taking-part/pickup.ts'
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

/** Undefined: late news, or of nothing that is open with this service. */
export function decidePickupUpdate(
  said: { readonly provider: string; readonly pickup: string; readonly state: PickupState },
  { pickups }: Pick<Ledger, 'pickups'>,
): Decision | undefined {
  const open = pickups?.[said.pickup]
  if (open?.provider !== said.provider || !comesAfter(said.state, open.state)) return undefined
  return { outcome: 'accepted', reasons: [], transfers: [], about: said.pickup }
}

/** The same for whoever derives it: a report that comes twice is one. */
export function pickupUpdateIdOf(pickupId: string, state: string): string {
  return `pickup.update:${pickupId}:${state}`
}
