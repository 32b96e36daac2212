/** A booked pick-up called off by the person who booked it: as long as it is not over. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { type CommandRules, noDays } from './kind.ts'

export const pickupCancel: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, _body, detail) {
    delete ledger.pickups?.[detail.about ?? '']
  },
}

export function decidePickupCancel({ body }: CommandOf<'pickup.cancel'>, ledger: Ledger): Decision {
  const { pickupId } = body
  if (!ledger.pickups?.[pickupId]) return refuse('pickup_over')
  return { outcome: 'accepted', reasons: [], transfers: [], about: pickupId }
}
