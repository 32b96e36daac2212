/** What a holder may say against the use of their voucher, and how it ends. */
import { DAY_MS, type Instant } from '../base/time.ts'

export type DisputeVerdict = 'upheld' | 'dismissed'

/** From the settlement on: long enough to read what was used, short enough that the shop still knows. */
export const DISPUTE_DAYS = 7

/** A shop takes back what it accepted as long as goods are commonly taken back. */
export const REFUND_DAYS = 30

export const DISPUTE_NOTE_MAX = 500
export const REFUND_NOTE_MAX = 200

/** A voucher that a shop has been paid for, as long as that can be disputed. */
export interface SettledVoucher {
  readonly at: Instant
  readonly disputed?: true
  readonly refunded?: true
}

export function isDisputable({ at }: SettledVoucher, now: Instant): boolean {
  return now <= at + DISPUTE_DAYS * DAY_MS
}
