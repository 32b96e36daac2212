/** Sample merchants and offers for the demo, marked as such. Running it again changes nothing. */
import * as v from 'valibot'
import { offerToPublishSchema } from '../../src/contract/catalog.ts'
import { drawFault } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Deps } from '../base/deps.ts'
import { openBranch } from '../book/open-branch.ts'
import { publishOffer as layOut, promised } from '../book/publish-offer.ts'
import { ProblemError } from '../http/problem.ts'
import { insertMerchant } from '../storage/merchants.ts'
import { sampleDraw } from './sample-draw.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from './seed-offers.ts'

export async function seed(deps: Deps): Promise<void> {
  await deps.keyring.publicKeys() // so that they are in force by the first signature
  for (const { merchantId, nameZh, nameEn, city, branches } of SAMPLE_MERCHANTS) {
    await insertMerchant(deps.db, { merchantId, nameZh, nameEn, city })
    for (const [place, [zh, en]] of branches.entries())
      await openBranch(deps, place + 1, { merchantId, nameZh: zh, nameEn: en, city })
  }
  for (const { offer, total, budgetFen } of [...SAMPLE_OFFERS, sampleDraw(deps.now())])
    await publishOffer(deps, offer, { total, budgetFen })
}

/** A new offer with its stock, or a new version of one whose stock is there. Refused as any other where its words are not plain. */
export async function publishOffer(
  deps: Deps,
  given: Offer,
  stock: { total: number; budgetFen: number },
): Promise<void> {
  const offer = await promised(deps, given)
  const checked = v.safeParse(offerToPublishSchema, offer)
  if (!checked.success)
    throw new ProblemError('malformed', {
      detail: `${v.getDotPath(checked.issues[0]) ?? 'offer'}: ${checked.issues[0].message}`,
    })
  const fault = drawFault(offer)
  if (fault) throw new ProblemError('malformed', { detail: fault })
  await layOut(deps, offer, stock)
}
