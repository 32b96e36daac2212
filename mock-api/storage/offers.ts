/** Offers as published, and what is left of them in buckets. */
import type { Offer } from '../../src/domain/offers/offer.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

interface StockSum {
  readonly total: number
  readonly remaining: number
  readonly budgetFen: number
  readonly spentFen: number
}

export function offerKey(offerId: string): string {
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
