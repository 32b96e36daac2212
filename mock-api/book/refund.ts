/**
 * A shop takes back what it accepted: its manager asks for it, or an operator has upheld what the holder said. The shop's journal drives; the
 * holder's points follow. One voucher, one refund, whoever comes first.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { RefusalCode } from '../../src/domain/base/reason.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { refundTransfers } from '../../src/domain/kinds/voucher-refund.ts'
import { refundedIdOf } from '../../src/domain/kinds/voucher-refunded.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { type Decision, refuse } from '../../src/domain/ledger/decision.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { REFUND_DAYS } from '../../src/domain/offers/dispute.ts'
import type { Deps } from '../base/deps.ts'
import { type CrossingRow, hasCrossingTo } from '../storage/crossings.ts'
import type { RecordRow } from '../storage/records.ts'
import { readRecordOf } from '../storage/records.ts'
import { forgottenIn } from './forgotten.ts'
import { crossingTo } from './give-step.ts'
import type { Writing } from './writing.ts'

type Refund = NonNullable<RecordDetail['refund']>

interface DraftedRefund {
  readonly decision: Decision
  readonly detail?: Pick<RecordDetail, 'refund'>
  readonly crossing?: CrossingRow
}

/** What a manager asks for. */
export async function decideRefund(
  deps: Deps,
  writing: Writing,
  { id, body: { acceptanceId } }: CommandOf<'voucher.refund'>,
): Promise<DraftedRefund> {
  const acceptance = await readAcceptance(deps, writing, acceptanceId)
  if (!acceptance) return { decision: refuse('acceptance_unknown') }
  const refused = (code: RefusalCode, limit?: number): DraftedRefund => ({
    decision: { ...refuse(code, limit === undefined ? undefined : { limit }), about: acceptanceId },
  })
  if (await isRefunded(deps, writing, acceptance.refund.voucherId)) return refused('refund_exists')
  if (writing.at > acceptance.at + REFUND_DAYS * DAY_MS) return refused('refund_late', REFUND_DAYS)
  return refundOf(writing, acceptance.refund, { id, acceptanceId })
}

/** @param by the record that gives back, about the acceptance */
export function refundOf(
  { account, ledger, at }: Writing,
  refund: Refund,
  by: { id: string; acceptanceId: string },
): Required<DraftedRefund> {
  const { accountId } = account
  const { voucherId, offerId, holder } = refund
  return {
    decision: {
      outcome: 'accepted',
      reasons: [],
      transfers: refundTransfers(ledger, refund),
      about: by.acceptanceId,
    },
    detail: { refund },
    crossing: crossingTo(
      'refund',
      { voucherId, offerId, account: accountId, command: by.id },
      { driver: { accountId, crossingId: by.id, at }, follower: holder as AccountId },
    ),
  }
}

/** Also one of this very batch. */
export async function isRefunded({ db }: Deps, writing: Writing, voucherId: string): Promise<boolean> {
  const followerRecord = refundedIdOf(voucherId)
  return (
    writing.drafts.some(({ crossing }) => crossing?.followerRecord === followerRecord) ||
    (await hasCrossingTo(db, writing.account.accountId, followerRecord))
  )
}

/** What the shop accepted by this command, and when; undefined when it accepted nothing by it. */
export async function readAcceptance(
  { db }: Deps,
  { account, drafts }: Writing,
  acceptanceId: string,
): Promise<{ readonly refund: Refund; readonly at: number } | undefined> {
  const drafted = drafts.find(({ row }) => row.commandId === acceptanceId)?.row
  const row: RecordRow | undefined = drafted ?? (await readRecordOf(db, account.accountId, acceptanceId))
  if (row?.outcome !== 'accepted' || openBody(row.body).kind !== 'voucher.accept') return undefined
  const { acceptance, about: voucherId } = openDetail(row.detail) ?? {}
  const holder = acceptance && forgottenIn(acceptance.token)?.sub
  if (!acceptance || holder === undefined || voucherId === undefined) return undefined
  const { offerId, pricePoints, valueFen = 0 } = acceptance
  return { refund: { voucherId, holder, offerId, pricePoints, valueFen }, at: row.postedAt }
}
