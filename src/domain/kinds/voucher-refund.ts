/** In a merchant's journal: what it accepted is taken back. Decided upon the acceptance's record, which only the backend looks up. */
import type { Decision } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { balanceOf, type Transfer } from '../ledger/transfer.ts'
import { takeIn } from '../offers/takings.ts'
import { type CommandRules, noDays } from './kind.ts'

export const voucherRefund: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, { refund }) {
    if (refund) ledger.takings = takeIn(ledger.takings, body, { refundFen: refund.valueFen })
  },
}

/** The points go back to their holder; the money is taken from what no statement has yet, and the rest is owed to the next. */
export function refundTransfers(
  ledger: Ledger,
  { pricePoints, valueFen }: { pricePoints: number; valueFen: number },
): Transfer[] {
  const taken = Math.min(balanceOf(ledger.balances, 'fen', 'available'), valueFen)
  const owed = valueFen - taken
  const transfers: Transfer[] = [
    { asset: 'points', debit: 'available', credit: 'merchant', amount: pricePoints },
    { asset: 'fen', debit: 'available', credit: 'issuance', amount: taken },
    { asset: 'fen', debit: 'owed', credit: 'issuance', amount: owed },
  ]
  return transfers.filter(({ amount }) => amount > 0)
}

export function decideRefund(): Decision {
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
