/** Rows derived from the journal: what lists and cards show without opening a record. Pure: a record in, rows out. */
import type { ActivityClaim, Quantity, Trust } from '../domain/activity.ts'
import type { Command, CommandOf } from '../domain/command.ts'
import { timesOf } from '../domain/methodology/corrected-times.ts'
import type { Offer } from '../domain/offer.ts'
import { groupOfKind, type Outcome, type RecordBody, type RecordDetail } from '../domain/record.ts'
import type { Instant } from '../domain/time.ts'
import type { Asset, Transfer } from '../domain/transfer.ts'
import type { Grams, Points } from '../domain/units.ts'
import type { VoiceState } from '../domain/voice.ts'
import type { VoucherState } from '../domain/voucher.ts'

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
  const row: EntryRow = {
    seq: body.seq,
    id: body.id,
    kind: body.kind,
    group: groupOfRecord(body, claim, groupOf),
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
    ...(detail?.voiceState
      ? { voiceState: detail.voiceState, ...(detail.note ? { note: detail.note } : {}) }
      : {}),
    ...questionOf(body, detail),
    ...titleOf(body, detail),
  }
}

function questionOf({ kind }: RecordBody, detail: RecordDetail | undefined): Pick<EntryRow, 'questionId'> {
  if (kind !== 'quiz.answer' || !detail?.command) return {}
  const { body } = JSON.parse(detail.command) as CommandOf<'quiz.answer'>
  return { questionId: body.questionId }
}

const TITLE_CHARS = 40

function titleOf(
  { kind }: RecordBody,
  detail: RecordDetail | undefined,
): Pick<EntryRow, 'titleZh' | 'titleEn'> {
  if (detail?.event) return { titleZh: detail.event.titleZh, titleEn: detail.event.titleEn }
  if (!detail?.command || (kind !== 'feedback.send' && kind !== 'case.nominate')) return {}
  const { body } = JSON.parse(detail.command) as CommandOf<'feedback.send' | 'case.nominate'>
  const title = 'title' in body ? body.title : [...body.text].slice(0, TITLE_CHARS).join('')
  return { titleZh: title, titleEn: title }
}

/** The claim in an activity's record, unless its detail is gone. */
export function claimOf(body: RecordBody, detail: RecordDetail | undefined): ActivityClaim | undefined {
  if (body.kind !== 'activity.record' || !detail?.command) return undefined
  return (JSON.parse(detail.command) as Command).body as ActivityClaim
}

export function voucherOf(body: RecordBody, detail: RecordDetail | undefined): VoucherRow | undefined {
  if (body.kind !== 'voucher.redeem' || body.outcome !== 'accepted' || !detail?.voucher) return undefined
  const isSettled = body.transfers.some((transfer) => transfer.credit === 'merchant')
  return {
    id: body.id,
    seq: body.seq,
    issuedAt: body.at,
    state: isSettled ? 'used' : 'active',
    ...detail.voucher,
  }
}

function groupOfRecord(body: RecordBody, claim: ActivityClaim | undefined, groupOf: GroupOf): EntryGroup {
  if (claim) return groupOf(claim.code)
  return groupOfKind(body.kind)
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
