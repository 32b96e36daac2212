/** News that no record tells, because nothing has happened yet: points and vouchers whose end is near. */
import { addDays, type Day, dayOf, type Instant, startOfDay } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import { type Lot, lotExpiresAt } from '../ledger/lot.ts'
import type { News } from './news.ts'

/** Days before the last one: the first leaves time for a plan, the last is a last word. Lots live for years, and are told of earlier. */
const DAYS_BEFORE = [30, 7] as const
const LOT_DAYS_BEFORE = [90, ...DAYS_BEFORE] as const

/** A voucher that can be used, as far as its end needs. */
interface EndingVoucher {
  readonly id: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

/** Lots that end on one day are one piece. Of each end only the nearer notice is current. */
export function newsOfLots(lots: readonly Lot[], now: Instant): News[] {
  const byDay = new Map<Day, Points>()
  for (const { month, available } of lots) {
    const lastDay = dayOf(lotExpiresAt(month) - 1)
    byDay.set(lastDay, (byDay.get(lastDay) ?? 0) + available)
  }
  return [...byDay].flatMap(([lastDay, points]): News[] => {
    const notice = points > 0 ? noticeOf(lastDay, now, LOT_DAYS_BEFORE) : undefined
    if (!notice) return []
    const id = `lots:${lastDay}:${notice.days}`
    return [{ id, topic: 'lotEnds', at: notice.at, path: '/rewards', lastDay, points }]
  })
}

/** One that was had later than the notice would have come is fresh in mind: it waits for the next one. */
export function newsOfVouchers(vouchers: readonly EndingVoucher[], now: Instant): News[] {
  return vouchers.flatMap(({ id: about, issuedAt, expiresAt }): News[] => {
    const lastDay = dayOf(expiresAt - 1)
    const notice = expiresAt > now ? noticeOf(lastDay, now) : undefined
    if (!notice || issuedAt >= notice.at) return []
    const id = `voucher:${about}:${notice.days}`
    return [{ id, topic: 'voucherEnds', at: notice.at, path: `/vouchers/${about}`, about, lastDay }]
  })
}

/** The nearest notice that has come, at the beginning of its day in Shandong; none once the last day is over. */
function noticeOf(
  lastDay: Day,
  now: Instant,
  daysBefore: readonly number[] = DAYS_BEFORE,
): { days: number; at: Instant } | undefined {
  if (dayOf(now) > lastDay) return undefined
  const days = daysBefore.findLast((each) => startOfDay(addDays(lastDay, -each)) <= now)
  return days === undefined ? undefined : { days, at: startOfDay(addDays(lastDay, -days)) }
}
