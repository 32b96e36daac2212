/** In a merchant's journal: a customer's voucher was accepted. Decided by the settlement, which sees both sides. */
import { type Decision, refuse } from '../ledger/decision.ts'
import { type CommandRules, noDays, postNothing } from './kind.ts'

export const voucherAccept: CommandRules = {
  owner: 'account',
  needs: noDays,
  post: postNothing,
}

export function decideAcceptance(): Decision {
  return refuse('kind_not_for_account')
}
