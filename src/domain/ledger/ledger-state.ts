/**
 * The state of one account: what all its records, folded in order, leave. The backend keeps it beside the account, the device beside its
 * journal. It holds what decisions need and home shows, not the history. Apart from the fold, which the first screen does without.
 */

import type { ActivityId, OfferId, VoucherId } from '../base/ids.ts'
import type { Day, Instant, Month } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { Trust } from '../evidence/activity.ts'
import type { SettledVoucher } from '../offers/dispute.ts'
import type { EntryId, OpenEntry } from '../offers/draw.ts'
import type { Takings } from '../offers/takings.ts'
import type { OpenVoucher } from '../offers/voucher.ts'
import type { OpenPickup } from '../taking-part/pickup.ts'
import type { SignUp } from '../taking-part/planting.ts'
import type { Consent } from './consent.ts'
import type { Helper, HelperId } from './helping.ts'
import type { Lot } from './lot.ts'
import type { Prolonged } from './prolonged.ts'
import type { Outcome } from './record.ts'
import type { Balances } from './transfer.ts'

/** Longer than any pack accepts activities back (45 days) by two weeks, so that an appeal after the last day still finds its act. */
export const WINDOW_DAYS = 60

/** An activity that can still be withdrawn, appealed, or collide with another. */
export interface PostedActivity {
  readonly id: ActivityId
  readonly code: string
  readonly startedAt: Instant
  readonly endedAt?: Instant
  readonly trust: Trust
  /** In the methodology's unit, after caps. */
  quantity: number
  /** Trips only: as claimed, before caps, to recognise the same ride claimed twice. */
  readonly tripMetres?: number
  /** The pack's default stood in for the distance: it fits any. */
  readonly isDefault?: true
  readonly digest?: string
  /** Of the whole file, of which the act is one trip of several. */
  readonly file?: string
  /** Who logged it, where it was not the owner: they alone take it back beside the owner. */
  readonly helper?: HelperId
  outcome: Outcome | 'withdrawn' | 'superseded'
  grams: Grams
  points: Points
  /** The lot that its points went into: what is taken back comes from there first. */
  lot?: Month
  appealed?: boolean
  /** When the record was posted that brought its points. Absent in states of older folds. */
  postedAt?: Instant
}

/** What is known of an act before it counts anything: with it, one that the state has let go can come back when a review grants it. */
export type ActFacts = Omit<PostedActivity, 'outcome' | 'grams' | 'points' | 'lot' | 'appealed'>

/**
 * Acts that count nothing (rejected, taken back, in review, worth zero) of which the state keeps the newest: enough for a person's second
 * thoughts and for the same ride claimed twice, and no growth for whoever sends thousands. Older ones are found by their record.
 */
export const IDLE_ACTS_MAX = 50

/**
 * The version of the fold: what `post` makes of a history. Count it up with every change of `post`, of the steps that it reads, or of a window
 * or limit that shapes the state; the state is then folded anew from the records, on the phone at its next start, in the backend before its
 * next decision. A test holds the state of a known history against this number.
 */
export const FOLD = 5

/** What was looked up for a ledger of which only a part is at hand. Sets, so that a copy is made of them with the rest. */
export interface LookedUp {
  readonly days: Set<Day>
  /** Ids of acts, and digests of tracks and files: if the whole has any, their days are among these. */
  readonly acts: Set<string>
  readonly digests: Set<string>
  /** Days outside were dropped since: from the whole, too, by whoever puts the part back. */
  kept?: { readonly first: Day; readonly last: Day }
}

export interface Ledger {
  /** Absent in states of before folds had a version: 1. */
  fold?: number
  seq: number
  balances: Balances
  /** Points available, by month earned, oldest first; none empty. */
  lots: Lot[]
  /** Of the points in each lot, those that were prolonged by a return. Absent when there are none. */
  prolonged?: Prolonged
  /** Open ones only. */
  vouchers: { [id: VoucherId]: OpenVoucher }
  /** Vouchers that a shop was paid for, as long as the holder can dispute it. Absent when there are none. */
  settled?: { [id: VoucherId]: SettledVoucher }
  /** Of a shop: what it took in since its last statement. Absent where nothing ever was. */
  takings?: Takings
  /** Vouchers had of an offer and not returned, for its limit per person. */
  bought: { [id: OfferId]: number }
  /** Activities by the day on which they began, as far back as decisions look. */
  days: { [day: Day]: PostedActivity[] }
  /** Absent in a whole ledger. Never stored. */
  part?: LookedUp
  /** Those among them that count nothing, `day id`, the one that became so first at the front. Absent when there are none. */
  idle?: string[]
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
  /** Pick-ups that are booked and not over, by the id of the booking. */
  pickups?: { [id: string]: OpenPickup }
  /** Days of planting signed up for, until it is said who came, by the id of the sign-up. */
  plantings?: { [id: string]: SignUp }
  /** Consents that stand, and ended ones as long as acts may be dated into them, by their id. Absent where there are none. */
  consents?: { [id: string]: Consent }
  /** What all vouchers together were worth, in fen, by the week and the year in which they were had; returned ones do not count. Absent without any. */
  weekFen?: { [monday: Day]: number }
  yearFen?: { [year: string]: number }
  /** In draws that have not come out yet, by the id of the entry. Absent where there are none. */
  entries?: { [id: EntryId]: OpenEntry }
  /** Who may log for the account, by their id. Absent where nobody may. */
  helpers?: { [id: string]: Helper }
  /** The day up to which old days were dropped. */
  prunedOn: Day
}

export function emptyLedger(): Ledger {
  return {
    fold: FOLD,
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

/** Whether today's fold made it: nothing is decided upon any other. */
export function isOfThisFold({ fold = 1 }: Pick<Ledger, 'fold'>): boolean {
  return fold === FOLD
}
