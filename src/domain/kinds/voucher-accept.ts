/** In a merchant's journal: a customer's voucher was accepted. Decided by the settlement, which sees both sides. */
import type { Decision } from '../ledger/decision.ts'
import { takeIn } from '../offers/takings.ts'
import { type CommandRules, noDays } from './kind.ts'

export const voucherAccept: CommandRules = {
  owner: 'account',
  needs: noDays,
  post(ledger, body, { acceptance }) {
    // Before 2026-11-29 no money was counted, and no statement came of it.
    if (acceptance?.valueFen === undefined) return
    ledger.takings = takeIn(ledger.takings, body, { fen: acceptance.valueFen })
  },
}

/** A till cannot see the other side: it expects what it verified, and counts nothing until the backend has. */
export function decideAcceptance(): Decision {
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
