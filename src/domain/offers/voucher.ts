/** The right to what an offer promises: bound to one merchant, with an end, and points held for it until then. */
import type { MerchantId, OfferId, VoucherId } from '../base/ids.ts'
import { addDays, DAY_MS, dayOf, HOUR_MS, type Instant, startOfDay } from '../base/time.ts'
import type { Points } from '../base/units.ts'
import type { PartOfPrice } from '../ledger/prolonged.ts'
import type { Offer } from './offer.ts'

/**
 * `active` can be shown at the shop. `returning` was cancelled or has expired: its points come back when the settlement window has
 * passed without a shop that accepted it, offline, in time. `refunded` was used, and its shop took it back.
 */
export type VoucherState = 'active' | 'returning' | 'used' | 'returned' | 'refunded'

export interface OpenVoucher {
  readonly offerId: OfferId
  readonly merchantId: MerchantId
  readonly pricePoints: Points
  /** What it counts against what one person may have. */
  readonly valueFen: number
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  /** Set when it is `returning`. */
  readonly endedAt?: Instant
  readonly returnsAt?: Instant
  /** The lots that the held points came from, to which they return. */
  readonly parts: readonly PartOfPrice[]
}

/** Shops without a network have this long to tell that they accepted a voucher before its end. Shown as 退回中. */
export const SETTLEMENT_WINDOW_MS = 72 * HOUR_MS

/** What held when records did not say it yet; stays, whatever today's window is. */
const UNWRITTEN_WINDOW_MS = 72 * HOUR_MS

/** When the points of a voucher come back that has ended: its record says so, so that another window changes nothing that was promised. */
export function returnsAtBy(endedAt: Instant, detail: { readonly returnsAt?: Instant } | undefined): Instant {
  return detail?.returnsAt ?? endedAt + UNWRITTEN_WINDOW_MS
}

/** Its points stay held for the shops' time. */
export function endVoucher(
  vouchers: { [id: VoucherId]: OpenVoucher },
  detail: { readonly about?: string; readonly returnsAt?: Instant },
  endOf: (voucher: OpenVoucher) => Instant,
): void {
  const id = detail.about as VoucherId
  const voucher = vouchers[id]
  if (!voucher) return
  const endedAt = endOf(voucher)
  vouchers[id] = { ...voucher, endedAt, returnsAt: returnsAtBy(endedAt, detail) }
}

/** So that one account cannot hold a shop's whole stock. */
export const OPEN_VOUCHERS_MAX = 20

/** The end of the day in Shandong, `validDays` days after today. */
export function voucherExpiry(offer: Offer, now: Instant): Instant {
  return startOfDay(addDays(dayOf(now), offer.validDays)) + DAY_MS
}

export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A number that is read aloud has ten characters of five bits. */
export const CODE_BITS = 50

/** `7K2M 94QX 13`. */
export function codeOfBits(bits: bigint): string {
  let left = bits
  let code = ''
  for (let i = 0; i < CODE_BITS / 5; i++) {
    code = CROCKFORD[Number(left & 31n)] + code
    left >>= 5n
  }
  return `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`
}

/** The number of vouchers of before the backend drew it: the last bits of their id. */
export function voucherCode(id: VoucherId): string {
  return codeOfBits(BigInt.asUintN(CODE_BITS, BigInt(`0x${id.replaceAll('-', '')}`)))
}
