/** Sample merchants and offers for the demo, marked as such. Running it again changes nothing. */
import * as v from 'valibot'
import { offerToPublishSchema } from '../../src/contract/catalog.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { openBranch } from '../book/open-branch.ts'
import { bucketsFor } from '../book/stock.ts'
import { ProblemError } from '../http/problem.ts'
import { insertMerchant } from '../storage/merchants.ts'
import { insertOffer, insertStock } from '../storage/offers.ts'
import { waitForTurn } from '../storage/turns.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from './seed-offers.ts'

export async function seed(deps: Deps): Promise<void> {
  await deps.keyring.publicKeys() // so that they are in force by the first signature
  for (const { merchantId, nameZh, nameEn, city, branches } of SAMPLE_MERCHANTS) {
    await insertMerchant(deps.db, { merchantId, nameZh, nameEn, city })
    for (const [place, [zh, en]] of branches.entries())
      await openBranch(deps, place + 1, { merchantId, nameZh: zh, nameEn: en, city })
  }
  for (const { offer, total, budgetFen } of SAMPLE_OFFERS)
    await publishOffer(deps, offer, { total, budgetFen })
}

/** A new offer with its stock, or a new version of one whose stock is there. Refused as any other where its words are not plain. */
export async function publishOffer(
  deps: Deps,
  offer: Offer,
  stock: { total: number; budgetFen: number },
): Promise<void> {
  const checked = v.safeParse(offerToPublishSchema, offer)
  if (!checked.success)
    throw new ProblemError('malformed', {
      detail: `${v.getDotPath(checked.issues[0]) ?? 'offer'}: ${checked.issues[0].message}`,
    })
  // Numbers are given in order of publication: one at a time, over all processes.
  await deps.db.transaction(async (tx) => {
    await waitForTurn(tx, 'offers')
    await insertOffer(tx, offer, canonicalJson(offer))
  })
  await insertStock(deps.db, offer.id, bucketsFor({ ...stock, valueFen: offer.valueFen }))
}
