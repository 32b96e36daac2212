/** In a merchant's journal: a customer's voucher was accepted. Decided by the settlement, which sees both sides. */
import { refuse } from '../decision.ts'
import { type CommandRules, postNothing } from './kind.ts'

export const voucherAccept: CommandRules<'voucher.accept'> = {
  owner: 'account',
  decide: () => refuse('kind_not_for_account'),
  post: postNothing,
}
