/** A helper may log no more, from this record on. What they logged stays. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { type CommandRules, noDays } from './kind.ts'

export const helperRevoke: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, _body, { about = '' }) {
    const { [about]: _, ...others } = ledger.helpers ?? {}
    if (Object.keys(others).length > 0) ledger.helpers = others
    else delete ledger.helpers
  },
}

export function decideRevocation(
  { body: { helperId } }: CommandOf<'helper.revoke'>,
  { helpers = {} }: Ledger,
): Decision {
  if (!helpers[helperId]) return refuse('helper_unknown')
  return { outcome: 'accepted', reasons: [], transfers: [], about: helperId }
}
