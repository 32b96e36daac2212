/** An offer with its stock, a new version of one, and what is added to its stock later. Each may be said again: it is done once. */
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { commitmentOf } from '../../src/proof/draw.ts'
import type { Deps } from '../base/deps.ts'
import { insertDraw } from '../storage/draws.ts'
import { publishPicture } from '../storage/offer-pictures.ts'
import { insertOffer, insertStock } from '../storage/offers.ts'
import { addToBucket, insertRaise, type StockRaise } from '../storage/stock-raises.ts'
import { waitForTurn } from '../storage/turns.ts'
import { BookError } from './errors.ts'
import { bucketsFor } from './stock.ts'

/** Stock is laid out with the first version; the others find it. A version that is there stays as it is. */
export async function publishOffer(
  deps: Deps,
  given: Offer,
  stock: { total: number; budgetFen: number } | undefined,
): Promise<void> {
  const offer = await promised(deps, given)
  const { id: offerId, version, draw, picture } = offer
  // Before the version: nobody is led to a picture that is not public.
  if (picture && !(await publishPicture(deps.db, picture.digest, deps.now())))
    throw new BookError('nothing_waits')
  // Numbers are given in order of publication: one at a time, over all processes.
  await deps.db.transaction(async (tx) => {
    await waitForTurn(tx, 'offers')
    await insertOffer(tx, offer, canonicalJson(offer))
  })
  if (draw) await insertDraw(deps.db, { offerId, version, closesAt: draw.closesAt })
  if (stock) await insertStock(deps.db, offerId, bucketsFor({ ...stock, valueFen: offer.valueFen }))
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

/** The secret of a draw is the backend's: whoever publishes it never sees it, and what they say of it does not count. */
export async function promised({ secret }: Deps, offer: Offer): Promise<Offer> {
  if (!offer.draw) return offer
  const commitment = await commitmentOf(secret.drawSecret(offer.id, offer.version))
  return { ...offer, draw: { ...offer.draw, commitment } }
}
