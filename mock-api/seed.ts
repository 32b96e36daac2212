/** Sample merchants and offers for the demo, marked as such. Running it again changes nothing. */
import type { Offer } from '../src/domain/offer.ts'
import { canonicalJson } from '../src/proof/canonical.ts'
import { openAccount } from './book/open-account.ts'
import { bucketsFor } from './book/stock.ts'
import type { Deps } from './deps.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from './seed-offers.ts'
import { insertOffer, insertStock } from './storage/offers.ts'

export async function seed(deps: Deps): Promise<void> {
  await deps.keyring.publicKeys() // so that they are in force by the first signature
  for (const { merchantId, phone, city } of SAMPLE_MERCHANTS) {
    await openAccount(deps, { phoneKey: deps.secret.phoneKey(phone), city, merchantId })
  }
  for (const { offer, total, budgetFen } of SAMPLE_OFFERS)
    await publishOffer(deps, offer, { total, budgetFen })
}

/** A new offer with its stock, or a new version of one whose stock is there. */
export async function publishOffer(
  deps: Deps,
  offer: Offer,
  stock: { total: number; budgetFen: number },
): Promise<void> {
  await insertOffer(deps.db, offer, canonicalJson(offer))
  await insertStock(deps.db, offer.id, bucketsFor({ ...stock, valueFen: offer.valueFen }))
}
