/**
 * The ledger as the clock has it: lots and vouchers that have ended, though no record says so yet. The backend ends them before it decides
 * anything else, so the phone promises nothing beyond. Points of ended vouchers stay held: whether they return, only the backend can say,
 * since a shop may have been paid.
 */
import type { AccountId } from '../base/ids.ts'
import type { Instant } from '../base/time.ts'
import { copyOf, type Ledger, post } from './ledger.ts'
import { dueSteps } from './steps.ts'

/** A copy. */
export function asOf(ledger: Ledger, now: Instant): Ledger {
  const next = copyOf(ledger)
  for (const { id, kind, transfers, about, returnsAt } of dueSteps(ledger, now)) {
    if (kind === 'voucher.return') continue
    const body = {
      v: 1,
      account: 'preview' as AccountId,
      seq: next.seq + 1,
      at: now,
      kind,
      id,
      transfers,
    } as const
    post(
      next,
      { ...body, outcome: 'accepted' },
      {
        ...(about === undefined ? {} : { about }),
        ...(returnsAt === undefined ? {} : { returnsAt }),
      },
    )
  }
  return next
}
