/** The holder of a voucher says that it was not they who used it, or that they got nothing for it. A person at the desk decides. */
import type { VoucherId } from '../base/ids.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { DISPUTE_DAYS, isDisputable } from '../offers/dispute.ts'
import { type CommandRules, noDays } from './kind.ts'

export const voucherDispute: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, _body, { about }) {
    const id = about as VoucherId
    const settled = ledger.settled?.[id]
    if (settled) ledger.settled = { ...ledger.settled, [id]: { ...settled, disputed: true } }
  },
}

export function decideDispute(
  command: CommandOf<'voucher.dispute'>,
  ledger: Ledger,
  { now }: World,
): Decision {
  const { voucherId } = command.body
  if (ledger.vouchers[voucherId]) return refuse('voucher_not_used')
  const settled = ledger.settled?.[voucherId]
  if (settled?.refunded) return refuse('refund_exists')
  if (settled?.disputed) return refuse('dispute_exists')
  if (!settled || !isDisputable(settled, now)) return refuse('dispute_late', { limit: DISPUTE_DAYS })
  return { outcome: 'accepted', reasons: [], transfers: [], about: voucherId }
}
