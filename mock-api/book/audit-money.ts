/** The money of the shops: each voucher and donation earned what its offer's version is worth, and all that was issued is accounted for. Part of the audit. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { openBody, openDetail } from '../../src/domain/ledger/open-record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { type AwaitedRow, readAwaited, readAwaitedAfter } from '../storage/awaited.ts'
import { FIRST_CROSSING, readCrossingsAfter } from '../storage/crossings.ts'
import type { Queryable } from '../storage/db.ts'
import { type ClaimRow, findClaim, readClaimsAfter } from '../storage/offer-claims.ts'
import { type RecordRow, readRecordOf } from '../storage/records.ts'
import { readLastRestore } from '../storage/restores.ts'
import { readCrossing } from '../storage/settlements-of-before.ts'
import { AuditFault } from './audit-sides.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 500

/** @param issued over all accounts, net; `inTransit`: sent to shops that are gone. */
export async function auditMoney(
  db: Queryable,
  { issued, inTransit }: { issued: number; inTransit: number },
): Promise<void> {
  const earned = await earnedByClaims(db)
  const refunded = await refundedByShops(db)
  // What a restored backup has forgotten of holders, shops have earned by their own proof.
  const isForgotten = (await readLastRestore(db)) !== undefined || (await isAnyForgotten(db))
  if (!isForgotten && issued - inTransit !== earned - refunded)
    throw new AuditFault(
      `${issued - inTransit} fen were issued to shops, but ${earned} earned and ${refunded} given back`,
    )
}

/** A shop was paid for a voucher whose piece nothing here has claimed. */
async function isAnyForgotten(db: Queryable): Promise<boolean> {
  for (let after = { since: -1, voucherId: '' }; ; ) {
    const rows: AwaitedRow[] = await readAwaitedAfter(db, after, PAGE)
    for (const { accountId, voucherId: claimId } of rows)
      if (!(await findClaim(db, { accountId, claimId }))) return true
    const last = rows.at(-1)
    if (!last) return false
    after = last
  }
}

/** What shops and beneficiaries were credited for claimed pieces: of before there was money, nothing. */
async function earnedByClaims(db: Queryable): Promise<number> {
  let earned = 0
  for (let after = { claimId: '', accountId: '' }; ; ) {
    const claims: ClaimRow[] = await readClaimsAfter(db, after, PAGE)
    for (const claim of claims) {
      const fen = issuedBy(await creditedFor(db, claim))
      if (fen !== 0 && fen !== claim.valueFen)
        throw new AuditFault(
          `offer ${claim.offerId} claim ${claim.claimId}: ${fen} fen were earned, but it is worth ${claim.valueFen}`,
        )
      earned += fen
    }
    const last = claims.at(-1)
    if (!last) return earned
    after = last
  }
}

/** The record by which a shop took the voucher, or somebody received the donation. */
async function creditedFor(db: Queryable, { accountId, claimId }: ClaimRow): Promise<RecordRow | undefined> {
  const holder = accountId as AccountId
  for (const crossingId of [settleIdOf(claimId), claimId]) {
    const crossing = await readCrossing(db, { accountId: holder, crossingId })
    if (crossing?.followerId && crossing.followerRecord)
      return readRecordOf(db, crossing.followerId, crossing.followerRecord)
  }
  // Of an account that was deleted no journal says it; the row does by which the shop was paid.
  const awaited = (await readAwaited(db, holder)).find(({ voucherId }) => voucherId === claimId)
  return awaited && readRecordOf(db, awaited.merchantAccountId, awaited.commandId)
}

async function refundedByShops(db: Queryable): Promise<number> {
  let refunded = 0
  for (let after = FIRST_CROSSING; ; ) {
    const rows = await readCrossingsAfter(db, after, PAGE)
    for (const { accountId, crossingId, kind } of rows) {
      if (kind !== 'refund') continue
      const record = await readRecordOf(db, accountId, crossingId)
      const fen = -issuedBy(record)
      const said = openDetail(record?.detail)?.refund?.valueFen ?? fen
      if (fen !== said)
        throw new AuditFault(`account ${accountId} refund ${crossingId}: ${fen} fen went back, not ${said}`)
      refunded += fen
    }
    const last = rows.at(-1)
    if (!last) return refunded
    after = last
  }
}

/** Net; nothing of one that was refused. */
function issuedBy(record: RecordRow | undefined): number {
  if (!record) return 0
  return openBody(record.body)
    .transfers.filter(({ asset }) => asset === 'fen')
    .reduce(
      (sum, { debit, credit, amount }) =>
        sum + (debit === 'issuance' ? amount : 0) - (credit === 'issuance' ? amount : 0),
      0,
    )
}
