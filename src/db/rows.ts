/** Rows derived from the journal: what lists and cards show without opening a record. Pure: a record in, rows out. */
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import { isMerged } from '../domain/ledger/ledger-acts.ts'
import { claimIn } from '../domain/ledger/open-record.ts'
import type { RecordBody, RecordDetail } from '../domain/ledger/record.ts'
import type { Asset, Transfer } from '../domain/ledger/transfer.ts'
import type { Assessment } from '../domain/methodology/assess.ts'
import { timesOf } from '../domain/methodology/corrected-times.ts'
import { isActKind } from './act-kind.ts'
import { rowOfKind } from './kind-rows.ts'
import type { EntryGroup, EntryRow } from './tables.ts'

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
          ...assessedBy(detail?.assessment),
        }
      : {}),
    ...givenWay(body, detail),
    ...(assessed ? { claimed: assessed } : {}),
    ...(claim?.stops === undefined ? {} : { stops: claim.stops }),
    ...(claim?.note ? { note: claim.note } : {}),
    ...(detail?.by?.helper ? { helper: detail.by.helper.name } : {}),
    ...(detail?.voucher ? { offerId: detail.voucher.offerId } : {}),
    ...atShop(body, detail),
    ...(detail?.about === undefined ? {} : { about: detail.about }),
    ...(detail?.returnsAt === undefined ? {} : { returnsAt: detail.returnsAt }),
    ...(detail?.pickupState ? { pickupState: detail.pickupState } : {}),
    ...(detail?.voiceState ? { voiceState: detail.voiceState } : {}),
    ...(detail?.note ? { note: detail.note } : {}),
    ...(detail ? kind.own?.(detail) : {}),
    ...(detail?.plantingNews ? { plantingNews: detail.plantingNews } : {}),
    ...(detail?.planted === undefined ? {} : { planted: detail.planted }),
    ...(detail?.event ? { titleZh: detail.event.titleZh, titleEn: detail.event.titleEn } : {}),
  }
}

/** Of a voucher taken by a shop, as either side reads it. */
function atShop(
  { transfers }: RecordBody,
  detail: RecordDetail | undefined,
): Pick<EntryRow, 'fen' | 'offerId' | 'acceptedAt' | 'till' | 'verdict'> {
  const fen = netAvailable(transfers, 'fen')
  const offerId = detail?.acceptance?.offerId ?? detail?.donation?.offerId ?? detail?.refund?.offerId
  const acceptedAt = detail?.acceptance?.acceptedAt ?? detail?.settled?.at
  return {
    ...(fen === 0 ? {} : { fen }),
    ...(offerId === undefined ? {} : { offerId }),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(detail?.settled?.till === undefined ? {} : { till: detail.settled.till }),
    ...(detail?.verdict ? { verdict: detail.verdict } : {}),
  }
}

/** What the record says of other acts that are the same, or cannot have been beside it. */
function givenWay(
  { kind }: RecordBody,
  detail: RecordDetail | undefined,
): Pick<EntryRow, 'supersedes' | 'displaces' | 'mergedInto' | 'metres'> {
  if (!detail) return {}
  const { supersedes, displaces, about } = detail
  return {
    ...(supersedes ? { supersedes } : {}),
    ...(displaces ? { displaces } : {}),
    ...(isMerged(detail) && about !== undefined && kind !== 'review.decide' ? { mergedInto: about } : {}),
    ...(kind === 'activity.correct' ? assessedBy(detail.assessment) : {}),
  }
}

/** Of a rejected trip the claimed metres: they count where a person grants its appeal. */
function assessedBy(assessment: Assessment | undefined): Pick<EntryRow, 'metres' | 'pack'> {
  if (!assessment) return {}
  const quantity = assessment.counted ?? assessment.claimed
  return {
    ...(quantity?.unit === 'metre' ? { metres: quantity.value } : {}),
    pack: `${assessment.packId} ${assessment.packVersion}`,
  }
}

/** The claim in an activity's record, unless its detail is gone. */
export function claimOf(body: RecordBody, detail: RecordDetail | undefined): ActivityClaim | undefined {
  return isActKind(body.kind) ? claimIn(detail) : undefined
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
