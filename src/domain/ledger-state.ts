/**
 * The state of one account: what all its records, folded in order, leave. The backend keeps it beside the account, the device beside its
 * journal. It holds what decisions need and home shows, not the history. Apart from the fold, which the first screen does without.
 */
import type { Trust } from './activity.ts'
import type { ActivityId, OfferId, VoucherId } from './ids.ts'
import type { Lot } from './lot.ts'
import type { Outcome } from './record.ts'
import type { Day, Instant, Month } from './time.ts'
import type { Balances } from './transfer.ts'
import type { Grams, Points } from './units.ts'
import type { OpenVoucher } from './voucher.ts'

/** An activity that can still be withdrawn, appealed, or collide with another. */
export interface PostedActivity {
  readonly id: ActivityId
  readonly code: string
  readonly startedAt: Instant
  readonly endedAt?: Instant
  readonly trust: Trust
  /** In the methodology's unit, after caps. */
  readonly quantity: number
  /** Trips only: as claimed, before caps, to recognise the same ride claimed twice. */
  readonly tripMetres?: number
  readonly digest?: string
  /** Of the whole file, of which the act is one trip of several. */
  readonly file?: string
  outcome: Outcome | 'withdrawn'
  grams: Grams
  points: Points
  appealed?: boolean
  /** When the record was posted that brought its points. Absent in states of older folds. */
  postedAt?: Instant
}

export interface Ledger {
  seq: number
  balances: Balances
  /** Points available, by month earned, oldest first; none empty. */
  lots: Lot[]
  /** Open ones only. */
  vouchers: { [id: VoucherId]: OpenVoucher }
  /** Vouchers ever had of an offer, for its limit per person. */
  bought: { [id: OfferId]: number }
  /** Activities by the day on which they began, as far back as decisions look. */
  days: { [day: Day]: PostedActivity[] }
  /** Sums that limits of a week (by its Monday), month or year need. */
  weekPoints: { [monday: Day]: Points }
  yearPoints: { [year: string]: Points }
  monthManualGrams: { [month: Month]: Grams }
  monthQuantity: { [monthAndCode: string]: number }
  /** When the first record was posted. Absent in states of older folds, whose first week is over. */
  firstAt?: Instant
  /** Points of acts that no provider reports, by the day of posting for the last week, and of the first seven days together. */
  postedPoints?: { [day: Day]: Points }
  firstWeekPoints?: Points
  /** Questions answered, with the points of the answer. Absent in ledgers that never did. */
  answered?: { [questionId: string]: Points }
  /** Events attended, with the time of the record. */
  attended?: { [occurrenceId: string]: Instant }
  /** Check-ins of one day whose code was wrong. Absent in ledgers that never had any. */
  wrongCodes?: { day: Day; count: number }
  /** Feedback and nominations that wait for a final answer, with the time of the record. */
  openVoices?: { [id: string]: Instant }
  /** The day up to which old days were dropped. */
  prunedOn: Day
}

export function emptyLedger(): Ledger {
  return {
    seq: 0,
    balances: {},
    lots: [],
    vouchers: {},
    bought: {},
    days: {},
    weekPoints: {},
    yearPoints: {},
    monthManualGrams: {},
    monthQuantity: {},
    prunedOn: '',
  }
}
