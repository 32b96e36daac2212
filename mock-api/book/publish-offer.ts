/** An offer with its stock, a new version of one, and what is added to its stock later. Each may be said again: it is done once. */
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { insertOffer, insertStock } from '../storage/offers.ts'
import { addToBucket, insertRaise, type StockRaise } from '../storage/stock-raises.ts'
import { waitForTurn } from '../storage/turns.ts'
import { bucketsFor } from './stock.ts'

/** Stock is laid out with the first version; the others find it. A version that is there stays as it is. */
export async function publishOffer(
  deps: Deps,
  offer: Offer,
  stock: { total: number; budgetFen: number } | undefined,
): Promise<void> {
  // Numbers are given in order of publication: one at a time, over all processes.
  await deps.db.transaction(async (tx) => {
    await waitForTurn(tx, 'offers')
    await insertOffer(tx, offer, canonicalJson(offer))
  })
  if (stock) await insertStock(deps.db, offer.id, bucketsFor({ ...stock, valueFen: offer.valueFen }))
}

/** Spread over the buckets like the first pieces. */
export async function raiseStock(deps: Deps, raise: StockRaise, { valueFen }: Offer): Promise<void> {
  const { offerId, pieces, fen } = raise
  await deps.db.transaction(async (tx) => {
    if (!(await insertRaise(tx, raise, deps.now()))) return
    for (const bucket of bucketsFor({ total: pieces, budgetFen: fen, valueFen }))
      await addToBucket(tx, offerId, bucket)
  })
}
