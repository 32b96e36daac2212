/** The rows of the device's tables, and what stands in them: types alone, so that whoever reads a row needs no database. */

import type { Reason } from '../domain/base/reason.ts'
import type { Day, Instant, Month } from '../domain/base/time.ts'
import type { Grams, Points } from '../domain/base/units.ts'
import type { Quantity, Trust } from '../domain/evidence/activity.ts'
import type { PostedActivity } from '../domain/ledger/ledger-state.ts'
import type { Outcome, RecordBody } from '../domain/ledger/record.ts'
import type { DisputeVerdict } from '../domain/offers/dispute.ts'
import type { Offer } from '../domain/offers/offer.ts'
import type { VoucherState } from '../domain/offers/voucher.ts'
import type { PickupGoods, PickupState } from '../domain/taking-part/pickup.ts'
import type { PlantingNews } from '../domain/taking-part/planting.ts'
import type { PhotoRef, PhotoType, VoiceState } from '../domain/taking-part/voice.ts'
import type { Acceptance } from '../domain/till/acceptances.ts'

/** One line of the journal, with its texts exactly as they came. */
export interface JournalRow {
  readonly seq: number
  /** The command's or the step's id. */
  readonly id: string
  readonly body: string
  readonly hash: string
  readonly detail?: string
  readonly salt?: string
}

/**
 * `queued` is sent; `answered` waits for its record; `waiting` was put off by a backend that cannot know yet, and is sent again with the next
 * pass; `deferred` could not be read by the backend and waits for an upgrade.
 */
export type OutboxState = 'queued' | 'answered' | 'waiting' | 'deferred'

export interface OutboxRow {
  /** Order of making. */
  n: number
  readonly id: string
  /** Canonical text, written once and never again: also an upgrade of the app sends this very text. */
  readonly text: string
  state: OutboxState
  /** The record's seq, once answered. */
  seq?: number
  /** When it was first handed to the network: until then it can be taken back without a trace. */
  firstSentAt?: Instant
  /** When it first left the phone in a file: from then on it may be asked for elsewhere too. */
  handedOutAt?: Instant
  /** Made in a guest's ledger, of which there may be a backup elsewhere; or it came back from where that is not known. */
  fromGuest?: true
  /** Why it is deferred. */
  problem?: string
}

/** Posted records of a month, for the ledger's headings. */
export interface MonthRow {
  readonly month: Month
  firstSeq: number
  counts: { [group: string]: number }
  pointsIn: Points
  pointsOut: Points
}

/** What was done on a day in Shandong, for heatmap, streak and chart. */
export interface DayRow {
  readonly day: Day
  /** Those in review among them. */
  acts: number
  grams: { [code: string]: Grams }
  /** The confirmed ones alone, by kind, evidence and pack: see `partKey`. Their grams sum up to those above. */
  parts?: { [key: string]: DayPart }
}

export interface DayPart {
  acts: number
  grams: Grams
  /** Counted, of trips. */
  metres: number
}

/** The photo of a nomination or an appeal. `refused`: the backend does not want it; it stays on the phone. */
export interface PhotoRow {
  /** The command's id. */
  readonly id: string
  readonly digest: string
  readonly type: PhotoType
  readonly base64: string
  state: 'waiting' | 'sent' | 'refused'
}

/** The ledger's filters. `learn`: quiz, events, feedback. `steps` are the backend's own doings. */
export type EntryGroup = 'travel' | 'life' | 'recycle' | 'power' | 'voucher' | 'learn' | 'steps'

export interface EntryRow {
  readonly seq: number
  readonly id: string
  readonly kind: RecordBody['kind']
  readonly group: EntryGroup
  readonly outcome: Outcome
  readonly postedAt: Instant
  /** Net change of what is available. */
  readonly points: Points
  readonly grams: Grams
  /** Activities only. */
  readonly code?: string
  readonly occurredAt?: Instant
  claimed?: Quantity
  readonly trust?: Trust
  /** Where the person counted stops. */
  readonly stops?: number
  /** Metres of a trip that count once it is confirmed. */
  metres?: number
  /** Grams that it counts by now, whatever came later. */
  counted?: Grams
  /** The act of better evidence that it is part of. */
  mergedInto?: string
  /** Acts that are part of this one, and such as cannot have been beside it: as its record says. */
  readonly supersedes?: readonly string[]
  readonly displaces?: readonly string[]
  /** The pack that assessed it: `sd-demo 2`. */
  readonly pack?: string
  /** The person's, of an act; the operator's, of an answer. */
  readonly note?: string
  /** Whose name stands beside it, where a helper logged it. */
  readonly helper?: string
  /** Vouchers only. */
  readonly offerId?: string
  /** Of a shop: net change of what no statement has yet, in hundredths of a yuan. Absent where there is none. */
  readonly fen?: number
  /** `voucher.accept`: when the voucher was taken, by the clocks as corrected. `voucher.settle`: the same, as the holder reads it. */
  readonly acceptedAt?: Instant
  /** At which till a voucher was taken. */
  readonly till?: string
  /** `dispute.decide`. */
  readonly verdict?: DisputeVerdict
  /** The activity or voucher that the record is about. */
  readonly about?: string
  /** `voucher.cancel`, `voucher.expire`: when the points come back, where the record says so. */
  readonly returnsAt?: Instant
  /** `consent.give`: what was agreed to. */
  readonly scope?: string
  /** `quiz.answer`: the question. */
  readonly questionId?: string
  /** `voice.answer`: where the feedback stands by it. */
  readonly voiceState?: VoiceState
  /** `pickup.book`: what is given away. */
  readonly goods?: readonly PickupGoods[]
  /** `pickup.update`: how far the pick-up is by it. */
  readonly pickupState?: PickupState
  /** `planting.join`: when the day begins, by what is known of it. `planting.update`: by it. */
  startsAt?: Instant
  /** `planting.update`: what became of the sign-up. */
  readonly plantingNews?: PlantingNews
  /** `planting.join`, `planting.update`: the act by which the person is known to have come. */
  planted?: string
  /** What it is called, where its record says so: an event's name, a nomination's title, the beginning of a feedback. */
  titleZh?: string
  titleEn?: string
  /** What became of it later. */
  later?:
    | 'withdrawn'
    | 'appealed'
    | 'returned'
    | 'used'
    | 'refunded'
    | 'disputed'
    | DisputeVerdict
    | 'paid'
    | 'returning'
    | 'called_off'
    | PickupState
    | Exclude<PlantingNews, 'changed'>
    | 'superseded'
    | 'ended'
    | VoiceState
    | 'won'
    | 'lost'
    | 'left'
    | Outcome
}

export interface VoucherRow {
  readonly id: string
  readonly seq: number
  readonly offerId: string
  readonly offerVersion: number
  readonly merchantId: string
  /** As it was when granted. */
  readonly offer: Offer
  readonly pricePoints: Points
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly code: string
  readonly token: string
  /** Of a donation. */
  readonly certificate?: string
  state: VoucherState
  /** When its points come back, if they do. */
  returnsAt?: Instant
  endedAt?: Instant
  /** When a shop took it, and at which till, where its records say so. */
  usedAt?: Instant
  usedTill?: string
  /** What became of what the holder said against its use. */
  dispute?: 'open' | DisputeVerdict
}

/** The acts of a day, as far back as decisions look. */
export interface PieceRow {
  readonly day: Day
  readonly acts: PostedActivity[]
  /** Of their tracks, and of the files that these are trips of. */
  readonly digests: readonly string[]
}

/** A fix of a trip: latitude and longitude in millionths of a degree, and its accuracy in metres. */
export interface TripPointRow {
  /** When its trip began. */
  readonly trip: Instant
  readonly at: Instant
  readonly fix: readonly number[]
}

/** Also found by every name of its voucher. */
export interface AcceptanceRow extends Acceptance {
  /** The voucher's id and the first ten signs of its number, as far as they are known: by each it may be shown again. */
  readonly names: readonly string[]
  /** Its record, once there is one. */
  seq?: number
  /** A refund was asked for and refused, and why. */
  refundRefused?: Reason
}

export interface KeptRow {
  /** The feed's name and city, e.g. `alerts:weifang`. */
  readonly key: string
  readonly value: unknown
  /** Rows that the app could not read when it came: a later version may, so that it is asked for whole again. */
  readonly leftOut?: number
  /** The backend's mark of this very answer, to ask whether it still holds. */
  readonly etag?: string
  /** When the backend last said that this holds. */
  readonly at: Instant
}

/** A photo before it has a command: what it is, and its bytes in base64. */
export interface NewPhoto extends PhotoRef {
  readonly base64: string
}
