/** What giving a voucher back would bring, told before it is done. */

import type { Instant } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import { type OpenVoucher, SETTLEMENT_WINDOW_MS } from '../offers/voucher.ts'
import type { Ledger } from './ledger-state.ts'
import { lotExpiresAt } from './lot.ts'
import { returnedParts } from './prolonged.ts'
import { balanceOf } from './transfer.ts'

interface ReturnTerms {
  /** When the points come back: at the earliest, while the backend has not yet heard of it. */
  readonly returnsAt: Instant
  /** The first instant at which some of those that come back in time can no longer be spent; infinite when none do. */
  readonly endsAt: Instant
  /** Some lot would have ended sooner: its points live for the promised days instead. */
  readonly isExtended: boolean
  /** What comes back too late: it was prolonged once before, and has ended by then. */
  readonly lapses: Points
  /** What of them repays a debt first. */
  readonly repays: Points
}

export function returnTerms(voucher: OpenVoucher, { balances }: Ledger, now: Instant): ReturnTerms {
  const returnsAt = voucher.returnsAt ?? now + SETTLEMENT_WINDOW_MS
  const back = voucher.parts.flatMap((part) =>
    returnedParts(part, { repaid: 0, at: returnsAt }).map((each) => ({ ...each, own: part.month })),
  )
  const living = back.filter(({ month }) => lotExpiresAt(month) > returnsAt)
  const points = voucher.parts.reduce((sum, part) => sum + part.points, 0)
  return {
    returnsAt,
    endsAt: Math.min(...living.map(({ month }) => lotExpiresAt(month))),
    isExtended: living.some(({ month, own }) => month !== own),
    lapses:
      back.reduce((sum, { points }) => sum + points, 0) - living.reduce((sum, { points }) => sum + points, 0),
    repays: Math.min(points, Math.max(0, -balanceOf(balances, 'points', 'owed'))),
  }
}
