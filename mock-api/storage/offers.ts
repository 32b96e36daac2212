/** Offers as published, what is left of them in buckets, and the claims on it. */

import type { Instant } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

interface StockSum {
  readonly total: number
  readonly remaining: number
  readonly budgetFen: number
  readonly spentFen: number
}

function offerKey(offerId: string): string {
  return keyOf('offer', offerId)
}

/** The current version of each. Samples that a demo left behind are nobody's offers once it is off. */
export async function readOffers(db: Queryable, { demo }: { demo: boolean }): Promise<Offer[]> {
  const rows = await db.query<{ offer: string }>(
    'select distinct on (offer_id) offer from offers order by offer_id, version desc',
  )
  return rows.map((row) => JSON.parse(row.offer) as Offer).filter(({ sample }) => demo || !sample)
}

export async function readCurrentOffer(db: Queryable, offerId: string): Promise<Offer | undefined> {
  const rows = await db.query<{ offer: string }>(
    'select offer from offers where offer_id = $1 order by version desc limit 1',
    [offerId],
  )
  return rows[0] && (JSON.parse(rows[0].offer) as Offer)
}

/** Newest first. */
export async function readVersionsOf(db: Queryable, offerId: string): Promise<Offer[]> {
  const rows = await db.query<{ offer: string }>(
    'select offer from offers where offer_id = $1 order by version desc',
    [offerId],
  )
  return rows.map((row) => JSON.parse(row.offer) as Offer)
}

export async function readOfferVersion(
  db: Queryable,
  offerId: string,
  version: number,
): Promise<Offer | undefined> {
  const rows = await db.query<{ offer: string }>(
    'select offer from offers where offer_id = $1 and version = $2',
    [offerId, version],
  )
  return rows[0] && (JSON.parse(rows[0].offer) as Offer)
}

/** All that a merchant ever offered, by number: a till names what it is shown, however old. */
export async function readOfferVersions(
  db: Queryable,
  merchantId: string,
): Promise<{ n: number; offer: Offer }[]> {
  const rows = await db.query<{ n: number; offer: string }>(
    `select m.n, o.offer from offer_numbers m join offers o on o.offer_id = m.offer_id
      where m.merchant_id = $1 order by m.n, o.version`,
    [merchantId],
  )
  return rows.map(({ n, offer }) => ({ n, offer: JSON.parse(offer) as Offer }))
}

/** The number that it was given at its merchant when it was first published. */
export async function readOfferNumber(
  db: Queryable,
  { id, merchantId }: Pick<Offer, 'id' | 'merchantId'>,
): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select n from offer_numbers where merchant_id = $1 and offer_id = $2',
    [merchantId, id],
  )
  if (!row) throw new Error(`offer ${id} has no number at ${merchantId}`)
  return row.n
}

/** A version that exists is never overwritten, and a number never given anew. Two first offers of one merchant at once: one fails, and is tried again. */
export async function insertOffer(db: Queryable, offer: Offer, text: string): Promise<boolean> {
  await db.query(
    `insert into offer_numbers (merchant_id, n, offer_id)
     select $1, coalesce(max(n), 0) + 1, $2 from offer_numbers where merchant_id = $1
     on conflict (merchant_id, offer_id) do nothing`,
    [offer.merchantId, offer.id],
  )
  const rows = await db.query(
    `insert into offers (offer_id, version, offer) values ($1, $2, $3)
     on conflict (offer_id, version) do nothing returning offer_id`,
    [offer.id, offer.version, text],
  )
  return rows.length > 0
}

/** For the catalogue: asked of the machines that have these offers, and of no other. */
export async function readStockSums(
  db: Queryable,
  offerIds: readonly string[],
): Promise<Map<string, StockSum>> {
  if (offerIds.length === 0) return new Map()
  const rows = await db.query<StockSum & { offerId: string }>(
    `select offer_id as "offerId", sum(total)::bigint as total, sum(remaining)::bigint as remaining,
            sum(budget_fen)::bigint as "budgetFen", sum(budget_fen - left_fen)::bigint as "spentFen"
       from offer_stock where offer_key = any($1::uuid[]) group by offer_id`,
    [offerIds.map(offerKey)],
  )
  return new Map(rows.map(({ offerId, ...sum }) => [offerId, sum]))
}

export interface Bucket {
  readonly bucket: number
  readonly total: number
  readonly budgetFen: number
}

export async function insertStock(db: Queryable, offerId: string, buckets: readonly Bucket[]): Promise<void> {
  for (const { bucket, total, budgetFen } of buckets) {
    await db.query(
      `insert into offer_stock (offer_key, bucket, offer_id, total, remaining, budget_fen, left_fen)
       values ($1, $2, $3, $4, $4, $5, $5) on conflict (offer_key, bucket) do nothing`,
      [offerKey(offerId), bucket, offerId, total, budgetFen],
    )
  }
}

/**
 * Takes one piece from a bucket that has one, beginning at `first`. Buckets that others are taking from are stepped over, unless `mayWait`:
 * before "sold out" is said, the last pieces are waited for.
 */
export async function takePiece(
  tx: Queryable,
  piece: { offerId: string; valueFen: number; first: number; buckets: number; mayWait: boolean },
): Promise<number | undefined> {
  const rows = await tx.query<{ bucket: number }>(
    `update offer_stock set remaining = remaining - 1, left_fen = left_fen - $2
      where offer_key = $1 and bucket = (
        select bucket from offer_stock
         where offer_key = $1 and remaining > 0 and left_fen >= $2
         order by (bucket - $3 + $4) % $4 limit 1 for update ${piece.mayWait ? '' : 'skip locked'})
      returning bucket`,
    [offerKey(piece.offerId), piece.valueFen, piece.first, piece.buckets],
  )
  return rows[0]?.bucket
}

/** How many pieces there are in all; nobody adds any until the transaction is over. */
export async function lockStock(tx: Queryable, offerId: string): Promise<number> {
  const rows = await tx.query<{ total: number }>(
    'update offer_stock set total = total where offer_key = $1 returning total',
    [offerKey(offerId)],
  )
  return rows.reduce((sum, { total }) => sum + Number(total), 0)
}

export async function hasPieces(db: Queryable, offerId: string): Promise<boolean> {
  const rows = await db.query(
    'select bucket from offer_stock where offer_key = $1 and remaining > 0 limit 1',
    [offerKey(offerId)],
  )
  return rows.length > 0
}

export async function returnPiece(
  tx: Queryable,
  piece: { offerId: string; bucket: number; valueFen: number },
): Promise<void> {
  await tx.query(
    'update offer_stock set remaining = remaining + 1, left_fen = left_fen + $3 where offer_key = $1 and bucket = $2',
    [offerKey(piece.offerId), piece.bucket, piece.valueFen],
  )
}

/** The command's id alone is not enough: a person may bring the same backup to two accounts. */
interface ClaimKey {
  readonly offerId: string
  readonly accountId: string
  /** The command's id, by which the voucher goes. */
  readonly claimId: string
}

/** No bucket of the offer: a proven voucher counts also when its piece has gone to somebody else since. */
export const BEYOND_STOCK = -1

export interface ClaimRow extends ClaimKey {
  readonly bucket: number
  readonly valueFen: number
  readonly state: 'claimed' | 'confirmed' | 'released' | 'returned'
  readonly attempt: number
}

const CLAIM_COLUMNS = `offer_id as "offerId", claim_id as "claimId", account_id as "accountId", bucket, value_fen as "valueFen", state, attempt`

export async function readClaim(
  db: Queryable,
  { offerId, accountId, claimId }: ClaimKey,
): Promise<ClaimRow | undefined> {
  const rows = await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims where offer_key = $1 and claim_id = $2 and account_id = $3`,
    [offerKey(offerId), claimId, accountId],
  )
  return rows[0]
}

/** Relies anew on a claim that stands. False: it does not stand any more. */
export async function renewClaim(
  db: Queryable,
  { offerId, accountId, claimId }: ClaimKey,
  at: Instant,
): Promise<boolean> {
  const rows = await db.query(
    `update offer_claims set attempt = attempt + 1, claimed_at = $4
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state in ('claimed', 'confirmed') returning claim_id`,
    [offerKey(offerId), claimId, accountId, at],
  )
  return rows.length > 0
}

/** A claim on a piece just taken; one that was released stands again. False: somebody else claimed under this id in between. */
export async function insertClaim(
  tx: Queryable,
  claim: Omit<ClaimRow, 'state' | 'attempt'>,
  at: Instant,
): Promise<boolean> {
  const { offerId, claimId, accountId, bucket, valueFen } = claim
  const rows = await tx.query(
    `insert into offer_claims (offer_key, claim_id, offer_id, account_id, bucket, value_fen, state, attempt, claimed_at)
     values ($1, $2, $3, $4, $5, $6, 'claimed', 1, $7)
     on conflict (offer_key, claim_id, account_id) do update
       set state = 'claimed', bucket = excluded.bucket, value_fen = excluded.value_fen,
           attempt = offer_claims.attempt + 1, claimed_at = excluded.claimed_at
       where offer_claims.state = 'released'
     returning claim_id`,
    [offerKey(offerId), claimId, offerId, accountId, bucket, valueFen, at],
  )
  return rows.length > 0
}

export async function confirmClaims(
  db: Queryable,
  { offerId, accountId, claimIds }: Omit<ClaimKey, 'claimId'> & { readonly claimIds: readonly string[] },
): Promise<void> {
  await db.query(
    `update offer_claims set state = 'confirmed'
      where offer_key = $1 and claim_id = any($2::text[]) and account_id = $3 and state = 'claimed'`,
    [offerKey(offerId), claimIds, accountId],
  )
}

/** False: it was confirmed, released or relied upon anew since `attempt` was read. */
export async function releaseClaim(tx: Queryable, claim: ClaimRow): Promise<boolean> {
  const rows = await tx.query(
    `update offer_claims set state = 'released'
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state = 'claimed' and attempt = $4 returning claim_id`,
    [offerKey(claim.offerId), claim.claimId, claim.accountId, claim.attempt],
  )
  return rows.length > 0
}

/** Where the offer is not known; over all offers, so that only the sweeper asks. */
export async function findClaim(
  db: Queryable,
  { accountId, claimId }: Omit<ClaimKey, 'offerId'>,
): Promise<ClaimRow | undefined> {
  const rows = await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */ where claim_id = $1 and account_id = $2 limit 1`,
    [claimId, accountId],
  )
  return rows[0]
}

/** Its voucher was given back. False: that was counted before. */
export async function returnClaim(tx: Queryable, claim: ClaimKey): Promise<boolean> {
  const rows = await tx.query(
    `update offer_claims set state = 'returned'
      where offer_key = $1 and claim_id = $2 and account_id = $3 and state in ('claimed', 'confirmed') returning claim_id`,
    [offerKey(claim.offerId), claim.claimId, claim.accountId],
  )
  return rows.length > 0
}

/** Claims that a crash left open; over all offers, so that only the sweeper asks. */
export async function readStaleClaims(db: Queryable, before: Instant, limit: number): Promise<ClaimRow[]> {
  return await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */ where state = 'claimed' and claimed_at < $1 order by claimed_at limit $2`,
    [before, limit],
  )
}

/** For the audit, in order of claim and account. */
export async function readClaimsAfter(
  db: Queryable,
  after: Pick<ClaimKey, 'claimId' | 'accountId'>,
  limit: number,
): Promise<ClaimRow[]> {
  return await db.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from offer_claims /* all offers */
      where (claim_id, account_id::text) > ($1, $2) order by claim_id, account_id::text limit $3`,
    [after.claimId, after.accountId, limit],
  )
}
