/** What is due on an account, drafted as steps. Batches begin with it, so that nobody spends what has ended; the sweeper does nothing else. */

import type { VoucherId } from '../../src/domain/base/ids.ts'
import { dueSteps } from '../../src/domain/ledger/steps.ts'
import type { StockReturn } from '../storage/stock-returns.ts'
import { draftStep, type Writing } from './writing.ts'

/** A step can make the next one due (an expiry, long past, its return), but never more than a few in a row. */
const ROUNDS_MAX = 4

export function draftDueSteps(writing: Writing): void {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const steps = dueSteps(writing.ledger, writing.at)
    if (steps.length === 0) return
    for (const step of steps) {
      const isReturn = step.kind === 'voucher.return'
      draftStep(writing, step, isReturn ? { stockReturn: returnOf(writing, step.about as VoucherId) } : {})
    }
  }
}

function returnOf({ account, ledger }: Writing, voucherId: VoucherId): StockReturn {
  return { accountId: account.accountId, voucherId, offerId: ledger.vouchers[voucherId]?.offerId ?? null }
}
