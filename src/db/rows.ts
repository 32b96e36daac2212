/** Rows derived from the journal: what lists and cards show without opening a record. Pure: a record in, rows out. */

import type { Instant } from '../domain/base/time.ts'
import type { Grams, Points } from '../domain/base/units.ts'
import type { ActivityClaim, Quantity, Trust } from '../domain/evidence/activity.ts'
import { askedIn } from '../domain/ledger/open-record.ts'
import type { Outcome, RecordBody, RecordDetail } from '../domain/ledger/record.ts'
import type { Asset, Transfer } from '../domain/ledger/transfer.ts'
import { timesOf } from '../domain/methodology/corrected-times.ts'
import type { Offer } from '../domain/offers/offer.ts'
import type { VoucherState } from '../domain/offers/voucher.ts'
import type { VoiceState } from '../domain/taking-part/voice.ts'
import { rowOfKind } from './kind-rows.ts'

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
  readonly claimed?: Quantity
  readonly trust?: Trust
  /** The person's, of an act; the operator's, of an answer. */
  readonly note?: string
  /** Vouchers only. */
  readonly offerId?: string
  /** The activity or voucher that the record is about. */
  readonly about?: string
  /** `voucher.cancel`, `voucher.expire`: when the points come back, where the record says so. */
  readonly returnsAt?: Instant
  /** `quiz.answer`: the question. */
  readonly questionId?: string
  /** `voice.answer`: where the feedback stands by it. */
  readonly voiceState?: VoiceState
  /** What it is called, where its record says so: an event's name, a nomination's title, the beginning of a feedback. */
  readonly titleZh?: string
  readonly titleEn?: string
  /** What became of it later. */
  later?: 'withdrawn' | 'appealed' | 'returned' | 'used' | 'returning' | VoiceState | Outcome
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
  state: VoucherState
  /** When its points come back, if they do. */
  returnsAt?: Instant
  endedAt?: Instant
}

/** Which filter an activity code falls under; the pack's groups. */
export type GroupOf = (code: string) => EntryGroup

export function entryOf(body: RecordBody, detail: RecordDetail | undefined, groupOf: GroupOf): EntryRow {
  const claim = claimOf(body, detail)
  const kind = rowOfKind(body.kind)
  const row: EntryRow = {
    seq: body.seq,
    id: body.id,
    kind: body.kind,
    group: claim ? groupOf(claim.code) : kind.group,
    outcome: body.outcome,
    postedAt: body.at,
    points: netAvailable(body.transfers, 'points'),
    grams: netAvailable(body.transfers, 'grams'),
  }
  const assessed = detail?.assessment?.claimed ?? claim?.quantity
  return {
    ...row,
    ...(claim
      ? {
          code: claim.code,
          occurredAt: timesOf(claim, detail?.assessment).startedAt,
          trust: claim.evidence.trust,
        }
      : {}),
    ...(assessed ? { claimed: assessed } : {}),
    ...(claim?.note ? { note: claim.note } : {}),
    ...(detail?.voucher ? { offerId: detail.voucher.offerId } : {}),
    ...(detail?.about === undefined ? {} : { about: detail.about }),
    ...(detail?.returnsAt === undefined ? {} : { returnsAt: detail.returnsAt }),
    ...(detail?.voiceState
      ? { voiceState: detail.voiceState, ...(detail.note ? { note: detail.note } : {}) }
      : {}),
    ...(detail ? kind.own?.(detail) : {}),
    ...(detail?.event ? { titleZh: detail.event.titleZh, titleEn: detail.event.titleEn } : {}),
  }
}

/** The claim in an activity's record, unless its detail is gone. */
export function claimOf(body: RecordBody, detail: RecordDetail | undefined): ActivityClaim | undefined {
  return body.kind === 'activity.record' ? askedIn('activity.record', detail) : undefined
}

function netAvailable(transfers: readonly Transfer[], asset: Asset): number {
  return transfers.reduce((sum, transfer) => {
    if (transfer.asset !== asset) return sum
    return (
      sum +
      (transfer.credit === 'available' ? transfer.amount : 0) -
      (transfer.debit === 'available' ? transfer.amount : 0)
    )
  }, 0)
}
