/**
 * What became of one command, or one step of the backend, with all the transfers it caused: one line of the journal.
 * `RecordBody` is hashed and signed for ever; `RecordDetail` holds what is personal and can be deleted.
 */

import type { AccountId } from '../base/ids.ts'
import type { Reason } from '../base/reason.ts'
import type { Instant } from '../base/time.ts'
import type { ReportFacts } from '../evidence/report.ts'
import type { Assessment } from '../methodology/assess.ts'
import type { DisputeVerdict } from '../offers/dispute.ts'
import type { Offer } from '../offers/offer.ts'
import type { Statement } from '../offers/takings.ts'
import type { Occurrence } from '../taking-part/occurrence.ts'
import type { PickupState } from '../taking-part/pickup.ts'
import type { PlantingDay, PlantingNews } from '../taking-part/planting.ts'
import type { VoiceState } from '../taking-part/voice.ts'
import type { Actor } from './actor.ts'
import type { CommandKind } from './command.ts'
import type { ActingHelper } from './helping.ts'
import type { ActFacts } from './ledger-state.ts'
import type { ActingOperator, OfficeKind } from './operator.ts'
import type { Prolonged } from './prolonged.ts'
import type { ActingTill } from './till.ts'
import type { Transfer } from './transfer.ts'

/** `accepted`, `adjusted`, `rejected`, `review` are verdicts on activities; anything else asked for is `accepted` or `refused`. */
export type Outcome = 'accepted' | 'adjusted' | 'rejected' | 'review' | 'refused'

/** Backend steps carry an id derived from what they end, so that two sweepers cannot do one twice. */
export type StepKind =
  | 'voucher.return'
  | 'voucher.expire'
  | 'voucher.settle'
  | 'voucher.refunded'
  | 'dispute.decide'
  | 'statement.close'
  | 'payout.send'
  | 'payout.receive'
  | 'donation.receive'
  | 'lot.expire'
  | 'activity.report'
  | 'activity.correct'
  | 'review.decide'
  | 'voice.answer'
  | 'pickup.update'
  | 'planting.update'
  | 'account.open'
  | 'draw.won'
  | 'draw.lost'

export type Kind = CommandKind | StepKind

export interface RecordBody {
  /** Version of this shape. */
  readonly v: 1
  readonly account: AccountId
  /** From 1, without gaps. */
  readonly seq: number
  /** The backend's clock. */
  readonly at: Instant
  readonly kind: Kind | OfficeKind
  /** The command's id, or the step's. */
  readonly id: string
  readonly outcome: Outcome
  readonly transfers: readonly Transfer[]
  /** SHA-256, hex, of the command's text. Absent for steps. */
  readonly command?: string
  /** SHA-256, hex, of salt ‖ detail. */
  readonly detail?: string
}

export interface RecordDetail {
  /** The command's canonical text, as it came from the device. */
  readonly command?: string
  /** Who acted. Absent in records of before 2026-11-28: the account's owner, or the backend. */
  readonly by?: {
    readonly actor: Actor
    readonly helper?: ActingHelper
    readonly till?: ActingTill
    /** In an office's record: who it was. */
    readonly operator?: ActingOperator
    /** In anybody else's: the record of the office by which an operator did it. */
    readonly act?: string
  }
  readonly reasons?: readonly Reason[]
  readonly assessment?: Assessment
  readonly voucher?: VoucherDetail
  /** In a merchant's journal: the voucher that was accepted. */
  readonly acceptance?: AcceptanceDetail
  /** Steps and commands about an earlier activity or voucher name it here. */
  readonly about?: string
  /** `activity.report`, `activity.correct`: what the provider said. */
  readonly report?: ReportFacts
  /** Acts of less evidence that this one takes into itself: the same ride, counted once. */
  readonly supersedes?: readonly string[]
  /** Acts of less evidence that cannot have been at the same time: they count nothing any more. */
  readonly displaces?: readonly string[]
  /**
   * `voucher.settle`, a donation's `voucher.redeem`: the shop's account and the record by which it follows, so that either side leads to the other;
   * when the voucher was taken, and at which till.
   */
  readonly settled?: {
    readonly account: string
    readonly command: string
    readonly at?: Instant
    readonly till?: string
  }
  /** `donation.receive`: what was given. */
  readonly donation?: {
    readonly voucherId: string
    readonly offerId: string
    readonly offerVersion: number
    readonly pricePoints: number
    readonly valueFen: number
  }
  /** `voucher.refund`, in a shop's journal: whose voucher is taken back, and what it was. */
  readonly refund?: {
    readonly voucherId: string
    readonly holder: string
    readonly offerId: string
    readonly pricePoints: number
    readonly valueFen: number
  }
  /** `voucher.refunded`: the shop's account and the record by which it gave the points back; the offer can be had once more. */
  readonly refunded?: {
    readonly account: string
    readonly command: string
    readonly offerId: string
    /** What it counted for in the limits of its week and year, where the voucher's own record is there. */
    readonly had?: { readonly fen: number; readonly at: Instant }
  }
  /** `dispute.decide`. */
  readonly verdict?: DisputeVerdict
  /** `statement.close`: what it covers. */
  readonly statementOf?: Statement
  /** Of a command that a restored backend was shown the lost record of: decided again, as of then. */
  readonly provenAt?: Instant
  /** `voice.answer`: where the feedback or the nomination stands. */
  readonly voiceState?: VoiceState
  /** `pickup.update`: how far it is. */
  readonly pickupState?: PickupState
  /** `planting.join`, `planting.update`: the day as it stood then. */
  readonly planting?: PlantingDay
  /** `planting.update`: what became of the sign-up. */
  readonly plantingNews?: PlantingNews
  /** `planting.update`: the act by which the person is known to have come. */
  readonly planted?: string
  /** `pickup.update`, `planting.update`: the provider's token, as it came. */
  readonly statement?: { readonly provider: string; readonly jti: string; readonly token: string }
  /** `event.check-in`: what was attended, for a phone that never saw the event. */
  readonly event?: Occurrence
  /** `voucher.cancel`, `voucher.expire`: when the points come back, by the window that held then. */
  readonly returnsAt?: Instant
  /** `voucher.return`, `voucher.refunded`: points that have had their prolongation, by the lot that they go to; `voucher.settle`: that they came from. */
  readonly prolonged?: Prolonged
  /** `review.decide`: the act, where the account's state had let it go. */
  readonly act?: ActFacts
  /** `review.decide`, `voice.answer`, `dispute.decide`: the operator's words. */
  readonly note?: string
  /** `draw.enter`: what was entered. */
  readonly entry?: DrawEntry
  /** `draw.won`, `draw.lost`: how it came out, and that the entry was among those drawn from. */
  readonly drawn?: DrawnDetail
}

export interface DrawEntry {
  readonly offerId: string
  readonly offerVersion: number
  readonly pricePoints: number
  /** As it was when entered: its commitment is what the secret is held against. */
  readonly offer: Offer
}

export interface DrawnDetail {
  readonly offerId: string
  readonly offerVersion: number
  /** RFC 6962 over the sorted ids of all entries, hex; how many there are, the entry's place, and the way from it to the root. */
  readonly root: string
  readonly size: number
  readonly index: number
  readonly path: readonly string[]
  /** Its place in the order, from 1: those up to the number of pieces have one. */
  readonly rank: number
}

/** Those of before 2026-11-29 do not say what the shop is paid, nor when it took the voucher. */
type AcceptanceDetail = Omit<VoucherDetail, 'offer'> & {
  readonly valueFen?: number
  /** As corrected by the clocks. */
  readonly acceptedAt?: Instant
}

interface VoucherDetail {
  readonly offerId: string
  readonly offerVersion: number
  readonly pricePoints: number
  readonly merchantId: string
  readonly expiresAt: Instant
  /** As it was when granted: its terms hold, and a phone that never saw the offer can show the voucher. */
  readonly offer: Offer
  /** Short enough to read aloud: `7K2M 94QX 13`. */
  readonly code: string
  /** Compact JWS, ES256. */
  readonly token: string
  /** Of a donation: a Verifiable Credential as compact JWS, for whoever the person shows it to. Absent on those of before 2026-11-29. */
  readonly certificate?: string
}
