/** Pieces and money that are added to an offer which is there: each raise once, whatever is said how often. */
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'
import type { Bucket } from './offers.ts'

export interface StockRaise {
  readonly offerId: string
  readonly raiseId: string
  readonly pieces: number
  readonly fen: number
}

/** False: it was made before. */
export async function insertRaise(
  tx: Queryable,
  { offerId, raiseId, pieces, fen }: StockRaise,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into stock_raises (offer_key, raise_id, offer_id, pieces, fen, raised_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (offer_key, raise_id) do nothing returning raise_id`,
    [keyOf('offer', offerId), raiseId, offerId, pieces, fen, at],
  )
  return rows.length > 0
}

export async function addToBucket(
  tx: Queryable,
  offerId: string,
  { bucket, total, budgetFen }: Bucket,
): Promise<void> {
  await tx.query(
    `update offer_stock set total = total + $3, remaining = remaining + $3, budget_fen = budget_fen + $4, left_fen = left_fen + $4
      where offer_key = $1 and bucket = $2`,
    [keyOf('offer', offerId), bucket, total, budgetFen],
  )
}
