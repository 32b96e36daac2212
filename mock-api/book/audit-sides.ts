/** What crosses accounts: stock against vouchers, settlements against both journals. Part of the audit. */
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { readAccount } from '../storage/accounts.ts'
import { type AwaitedRow, readAwaitedAfter } from '../storage/awaited.ts'
import type { Queryable } from '../storage/db.ts'
import { BEYOND_STOCK, type ClaimRow, readClaimsAfter } from '../storage/offers.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { type AuditedSettlement, readSettlement, readSettlementsAfter } from '../storage/settlements.ts'
import { isReturnOpen } from '../storage/stock-returns.ts'
import { type NumberRow, numberKey, readNumbersAfter } from '../storage/voucher-index.ts'

/** The first row that breaks a promise. */
export class AuditFault extends Error {}

/** Rows read at a time: memory, not speed. */
const PAGE = 500

/** Every piece taken from a bucket has its claim, every confirmed claim its voucher or a shop that took it, every voucher a claim. Answers how many stand beyond stock. */
export async function auditOffers(db: Queryable): Promise<number> {
  const rows = await db.query<{ offerId: string; bucket: number }>(
    `select s.offer_id as "offerId", s.bucket from offer_stock s /* all offers */
      where s.total - s.remaining <> (select count(*) from offer_claims c
              where c.offer_key = s.offer_key and c.bucket = s.bucket and c.state not in ('released', 'returned'))
         or s.budget_fen - s.left_fen <> (select coalesce(sum(c.value_fen), 0)::bigint from offer_claims c
              where c.offer_key = s.offer_key and c.bucket = s.bucket and c.state not in ('released', 'returned'))
      order by s.offer_id, s.bucket limit 1`,
  )
  const [odd] = rows
  if (odd)
    throw new AuditFault(`offer ${odd.offerId} bucket ${odd.bucket}: stock used is not what was claimed`)
  let vouchers = 0
  let beyond = 0
  for (let after = { claimId: '', accountId: '' }; ; ) {
    const claims: ClaimRow[] = await readClaimsAfter(db, after, PAGE)
    for (const claim of claims) {
      const returned = `voucher.return:${claim.claimId}`
      const settled = settleIdOf(claim.claimId)
      const known = await readKnown(db, claim.accountId as AccountId, [claim.claimId, returned, settled])
      const isBought = known.get(claim.claimId)?.outcome === 'accepted'
      // Also one that only its shop remembered.
      const isHandedOut = isBought || known.has(settled)
      if (isBought) vouchers++
      if (isHandedOut && claim.bucket === BEYOND_STOCK) beyond++
      if (claim.state === 'confirmed' && !isHandedOut)
        throw new AuditFault(`offer ${claim.offerId} claim ${claim.claimId}: confirmed without a voucher`)
      if (claim.state === 'returned' && !known.has(returned))
        throw new AuditFault(
          `offer ${claim.offerId} claim ${claim.claimId}: returned, but the voucher was not`,
        )
      if (
        claim.state === 'confirmed' &&
        known.has(returned) &&
        !(await isReturnOpen(db, claim.accountId, claim.claimId))
      )
        throw new AuditFault(
          `offer ${claim.offerId} claim ${claim.claimId}: the voucher was returned, but its piece was not`,
        )
      if (claim.state === 'released' && isBought)
        throw new AuditFault(
          `offer ${claim.offerId} claim ${claim.claimId}: released, but the voucher was issued`,
        )
    }
    const last = claims.at(-1)
    if (!last) break
    after = last
  }
  const issued = await countAccepted(db, 'voucher.redeem')
  if (issued !== vouchers) throw new AuditFault(`${issued} vouchers were issued, but ${vouchers} claimed`)
  return beyond
}

/** Every number that was confirmed is the one that its voucher bears. */
export async function auditNumbers(db: Queryable): Promise<void> {
  for (let after = ''; ; ) {
    const rows: NumberRow[] = await readNumbersAfter(db, after, PAGE)
    for (const { codeKey, accountId, voucherId, state } of rows) {
      const record = await readRecordOf(db, accountId, voucherId)
      // The words of an account that is gone went with it.
      const { voucher } = JSON.parse(record?.detail ?? '{}') as RecordDetail
      const isBorne =
        record?.detail === null ||
        (voucher && numberKey(voucher.merchantId as MerchantId, voucher.code) === codeKey)
      if (state === 'confirmed' && !isBorne)
        throw new AuditFault(
          `account ${accountId} voucher ${voucherId}: another number than the one confirmed`,
        )
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.codeKey
  }
}

/** A report over all accounts. */
async function countAccepted(db: Queryable, kind: RecordBody['kind']): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from records /* all accounts */ where outcome = 'accepted' and strpos(body, $1) > 0`,
    [`"kind":"${kind}"`],
  )
  return row?.count ?? 0
}

/** Who was settled with has it in both journals; the merchant's may still be under way. */
export async function auditSettlements(db: Queryable): Promise<void> {
  let settled = 0
  let credited = await countAwaited(db)
  for (let after = { voucherId: '', accountId: '' as AccountId }; ; ) {
    const rows: AuditedSettlement[] = await readSettlementsAfter(db, after, PAGE)
    for (const { accountId, voucherId, merchantAccountId, commandId, state } of rows) {
      const step = settleIdOf(voucherId)
      const holder = await readKnown(db, accountId, [step])
      if (!holder.has(step))
        throw new AuditFault(`account ${accountId} voucher ${voucherId}: settled without a record`)
      settled++
      // One that came back with an older journal names nobody; its shop's record may come back later, or never.
      if (merchantAccountId === null || commandId === null) continue
      const merchant = await readKnown(db, merchantAccountId, [commandId])
      const isPosted = merchant.get(commandId)?.outcome === 'accepted'
      if (isPosted) credited++
      // A shop that was deleted in between has no journal left to be credited in.
      const isGone = async () => ((await readAccount(db, merchantAccountId))?.deletedAt ?? null) !== null
      if (state === 'posted' && !isPosted && !(await isGone()))
        throw new AuditFault(
          `account ${merchantAccountId} command ${commandId}: settled, but not in the journal`,
        )
    }
    const last = rows.at(-1)
    if (!last) break
    after = last
  }
  const steps = await countAccepted(db, 'voucher.settle')
  if (steps !== settled) throw new AuditFault(`${steps} vouchers were settled by ${settled} rows`)
  const acceptances = await countAccepted(db, 'voucher.accept')
  if (acceptances > credited)
    throw new AuditFault(`${acceptances} acceptances were credited, but ${credited} settled`)
}

/** Acceptances that a shop's journal proves while the holder's does not say so yet; each stands for one record. */
async function countAwaited(db: Queryable): Promise<number> {
  let count = 0
  for (let after = { since: -1, voucherId: '' }; ; ) {
    const rows: AwaitedRow[] = await readAwaitedAfter(db, after, PAGE)
    for (const { accountId, voucherId, merchantAccountId, commandId } of rows) {
      const isAccepted =
        (await readKnown(db, merchantAccountId, [commandId])).get(commandId)?.outcome === 'accepted'
      // Named by now, it is counted with its settlement.
      const isNamed = (await readSettlement(db, accountId, voucherId))?.commandId === commandId
      if (isAccepted && !isNamed) count++
    }
    const last = rows.at(-1)
    if (!last) return count
    after = last
  }
}
