/** Somebody is let log for the account. The code by which they come in is made by the backend, and stands in no record. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse } from '../ledger/decision.ts'
import { HELPERS_MAX } from '../ledger/helping.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import { type CommandRules, noDays } from './kind.ts'

export const helperInvite: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, detail) {
    const asked = askedIn('helper.invite', detail)
    if (!asked) return
    ledger.helpers = { ...ledger.helpers, [body.id]: { name: asked.name, invitedAt: body.at } }
  },
}

export function decideInvitation(_command: CommandOf<'helper.invite'>, { helpers = {} }: Ledger): Decision {
  if (Object.keys(helpers).length >= HELPERS_MAX) return refuse('too_many_helpers', { limit: HELPERS_MAX })
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
