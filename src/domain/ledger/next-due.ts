/** When the next step falls due on an account: apart from the steps, because the first screen asks for it and makes none. */

import type { Instant } from '../base/time.ts'
import { dayEndsAt } from '../offers/day-end.ts'
import type { Ledger } from './ledger-state.ts'
import { lotExpiresAt } from './lot.ts'

/** The next instant at which something falls due, for the sweeper to look then. */
export function nextDueAt(ledger: Ledger): Instant | undefined {
  const times = [
    ...Object.values(ledger.vouchers).map((voucher) => voucher.returnsAt ?? voucher.expiresAt),
    ...ledger.lots.map(({ month }) => lotExpiresAt(month)),
    ...Object.keys(ledger.takings?.days ?? {}).map(dayEndsAt),
  ]
  return times.length === 0 ? undefined : Math.min(...times)
}
