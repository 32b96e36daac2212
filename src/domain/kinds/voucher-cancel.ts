/** A voucher given back. Until a shop that was offline has had its time to tell, its points stay held. */
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { endVoucher, SETTLEMENT_WINDOW_MS } from '../offers/voucher.ts'
import { type CommandRules, noDays } from './kind.ts'

export const voucherCancel: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, detail) {
    endVoucher(ledger.vouchers, detail, () => body.at)
  },
}

export function decideCancel(command: CommandOf<'voucher.cancel'>, ledger: Ledger, { now }: World): Decision {
  const voucher = ledger.vouchers[command.body.voucherId]
  if (!voucher) return refuse('voucher_unknown')
  if (voucher.returnsAt !== undefined) return refuse('voucher_ended')
  const returnsAt = now + SETTLEMENT_WINDOW_MS
  return { outcome: 'accepted', reasons: [], transfers: [], about: command.body.voucherId, returnsAt }
}
