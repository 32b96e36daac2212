/** What giving a voucher back would bring, told before it is done. */
import type { Ledger } from './ledger-state.ts'
import { lotExpiresAt, lotOnReturn } from './lot.ts'
import type { Instant } from './time.ts'
import { balanceOf } from './transfer.ts'
import type { Points } from './units.ts'
import { type OpenVoucher, SETTLEMENT_WINDOW_MS } from './voucher.ts'

export interface ReturnTerms {
  /** When the points come back: at the earliest, while the backend has not yet heard of it. */
  readonly returnsAt: Instant
  /** The first instant at which some of them can no longer be spent. */
  readonly endsAt: Instant
  /** Some lot would have ended sooner: its points live for the promised days instead. */
  readonly isExtended: boolean
  /** What of them repays a debt first. */
  readonly repays: Points
}

export function returnTerms(voucher: OpenVoucher, { balances }: Ledger, now: Instant): ReturnTerms {
  const returnsAt = voucher.returnsAt ?? now + SETTLEMENT_WINDOW_MS
  const lots = voucher.parts.map(({ month }) => ({ month, back: lotOnReturn(month, returnsAt) }))
  const points = voucher.parts.reduce((sum, part) => sum + part.points, 0)
  return {
    returnsAt,
    endsAt: Math.min(...lots.map(({ back }) => lotExpiresAt(back))),
    isExtended: lots.some(({ month, back }) => month !== back),
    repays: Math.min(points, Math.max(0, -balanceOf(balances, 'points', 'owed'))),
  }
}
