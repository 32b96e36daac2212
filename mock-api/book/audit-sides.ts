/** What stands beside accounts: stock and numbers against vouchers. Part of the audit. */
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import { refundedIdOf } from '../../src/domain/kinds/voucher-refunded.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Kind } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { readAccount } from '../storage/accounts.ts'
import type { Queryable } from '../storage/db.ts'
import { BEYOND_STOCK, type ClaimRow, readClaimsAfter } from '../storage/offer-claims.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { isReturnOpen } from '../storage/stock-returns.ts'
import { readBandAccounts } from '../storage/track-bands.ts'
import { type NumberRow, numberKey, readNumbersAfter } from '../storage/voucher-index.ts'
import { placeFault } from './audit-places.ts'
import { isPlace } from './planting-places.ts'

/** The first row that breaks a promise. */
export class AuditFault extends Error {}

/** Rows read at a time: memory, not speed. */
const PAGE = 500
/** Before the first. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000'

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
      if (isPlace(claim)) {
        const fault = await placeFault(db, claim)
        if (fault) throw new AuditFault(`${claim.offerId} claim ${claim.claimId}: ${fault}`)
        continue
      }
      const returned = `voucher.return:${claim.claimId}`
      const settled = settleIdOf(claim.claimId)
      const refunded = refundedIdOf(claim.claimId)
      const known = await readKnown(db, claim.accountId as AccountId, [
        ...[claim.claimId, returned, settled, refunded],
      ])
      const isReturned = known.has(returned) || known.has(refunded)
      const isBought = known.get(claim.claimId)?.outcome === 'accepted'
      // Also one that only its shop remembered.
      const isHandedOut = isBought || known.has(settled)
      if (isBought) vouchers++
      if (isHandedOut && claim.bucket === BEYOND_STOCK) beyond++
      if (claim.state === 'confirmed' && !isHandedOut)
        throw new AuditFault(`offer ${claim.offerId} claim ${claim.claimId}: confirmed without a voucher`)
      if (claim.state === 'returned' && !isReturned && !(await isGone(db, claim)))
        throw new AuditFault(
          `offer ${claim.offerId} claim ${claim.claimId}: returned, but the voucher was not`,
        )
      if (
        claim.state === 'confirmed' &&
        isReturned &&
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
  const issued = (await countAccepted(db, 'voucher.redeem')) + (await countAccepted(db, 'draw.won'))
  if (issued !== vouchers) throw new AuditFault(`${issued} vouchers were issued, but ${vouchers} claimed`)
  return beyond
}

/** What nobody took of an account that was deleted goes back without a record: its journal has ended. */
async function isGone(db: Queryable, { accountId }: ClaimRow): Promise<boolean> {
  return ((await readAccount(db, accountId as AccountId))?.deletedAt ?? null) !== null
}

/** Every number that was confirmed is the one that its voucher bears. */
export async function auditNumbers(db: Queryable): Promise<void> {
  for (let after = ''; ; ) {
    const rows: NumberRow[] = await readNumbersAfter(db, after, PAGE)
    for (const { codeKey, accountId, voucherId, state } of rows) {
      const record = await readRecordOf(db, accountId, voucherId)
      // The words of an account that is gone went with it.
      const voucher = openDetail(record?.detail)?.voucher
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
export async function countAccepted(db: Queryable, kind: Kind): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from records /* all accounts */ where outcome = 'accepted' and strpos(body, $1) > 0`,
    [`"kind":"${kind}"`],
  )
  return row?.count ?? 0
}

/** Nothing of how somebody moved outlives their account. */
export async function auditBands(db: Queryable): Promise<void> {
  for (let after = NO_ACCOUNT; ; ) {
    const accounts = await readBandAccounts(db, after, PAGE)
    for (const accountId of accounts) {
      const account = await readAccount(db, accountId as AccountId)
      if (!account || account.deletedAt !== null)
        throw new AuditFault(`account ${accountId}: gone, but not the landmarks of its tracks`)
    }
    const last = accounts.at(-1)
    if (last === undefined) return
    after = last
  }
}
