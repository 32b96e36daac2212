/** What a clerk does to offers: a first version with its stock, a later one, an end, and more stock. Money of any size wants a second person. */
import * as v from 'valibot'
import {
  BUDGET_FEN_ALONE,
  type OfferDraft,
  offerDraftSchema,
  offerStopSchema,
  stockRaiseSchema,
  VALUE_FEN_ALONE,
} from '../../src/contract/desk/offers.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { BookError } from '../book/errors.ts'
import { publishOffer, raiseStock } from '../book/publish-offer.ts'
import { type MerchantRow, readMerchant } from '../storage/merchants.ts'
import { readCurrentOffer, readOfferVersion, readStockSums } from '../storage/offers.ts'

const BY_MONEY = ['approver', 'finance'] as const

export const publishOfferAct: OfficeAct<OfferDraft, void> = {
  name: 'offer.publish',
  payload: offerDraftSchema,
  fourEyes: {
    approvedBy: BY_MONEY,
    isNeeded: async (_deps, { payload }) =>
      payload.valueFen > VALUE_FEN_ALONE || (payload.stock?.budgetFen ?? 0) > BUDGET_FEN_ALONE,
    before: (deps, { id }) => standing(deps, id),
  },
  async run(deps, { payload }) {
    const current = await readCurrentOffer(deps.db, payload.id)
    const { stock } = payload
    const merchant = await readMerchant(deps.db, payload.merchantId)
    if (!merchant) throw new BookError('nothing_waits')
    await publishVersion(deps, offerOf(deps, payload, { merchant, current }), {
      base: payload.base,
      stock: stock && { total: stock.pieces, budgetFen: stock.budgetFen },
    })
  },
}

const stopSchema = v.strictObject({ offerId: v.string(), ...offerStopSchema.entries })

export const stopOfferAct: OfficeAct<v.InferOutput<typeof stopSchema>, void> = {
  name: 'offer.stop',
  payload: stopSchema,
  async run(deps, { payload: { offerId, base, stopsAt } }) {
    const seen = await readOfferVersion(deps.db, offerId, base)
    if (!seen) throw new BookError('nothing_waits')
    await publishVersion(deps, { ...seen, version: base + 1, endsAt: stopsAt }, { base })
  },
}

const raiseSchema = v.strictObject({ offerId: v.string(), ...stockRaiseSchema.entries })

export const raiseStockAct: OfficeAct<v.InferOutput<typeof raiseSchema>, void> = {
  name: 'offer.raise',
  payload: raiseSchema,
  fourEyes: { approvedBy: BY_MONEY, before: (deps, { offerId }) => standing(deps, offerId) },
  async run(deps, { actId, payload: { offerId, pieces, budgetFen: fen } }) {
    const offer = await readCurrentOffer(deps.db, offerId)
    if (!offer) throw new BookError('nothing_waits')
    await raiseStock(deps, { offerId, raiseId: actId, pieces, fen }, offer)
  },
}

export const OFFER_ACTS: readonly OfficeAct[] = [publishOfferAct, stopOfferAct, raiseStockAct]

/** What a draft makes of the offer, in its shop’s names; what no form shows stays as it was. */
export function offerOf(
  { config }: Pick<Deps, 'config'>,
  draft: OfferDraft,
  { merchant, current }: { merchant: MerchantRow; current: Offer | undefined },
): Offer {
  const { base, stock: _stock, ...words } = draft
  const { nameZh: merchantZh, nameEn: merchantEn } = merchant
  return { sample: config.demo, ...current, ...words, merchantZh, merchantEn, version: base + 1 }
}

/** Said again, it is there; upon another version than the clerk saw, it is refused. */
async function publishVersion(
  deps: Deps,
  offer: Offer,
  { base, stock }: { base: number; stock?: { total: number; budgetFen: number } | undefined },
): Promise<void> {
  const there = await readOfferVersion(deps.db, offer.id, offer.version)
  const current = there ?? (await readCurrentOffer(deps.db, offer.id))
  const isUpToDate = there ? canonicalJson(there) === canonicalJson(offer) : (current?.version ?? 0) === base
  if (!isUpToDate) throw new BookError('already_decided')
  await publishOffer(deps, offer, stock)
}

/** For whoever compares: the offer and its stock as they stand. */
async function standing(deps: Deps, offerId: string): Promise<unknown> {
  const offer = await readCurrentOffer(deps.db, offerId)
  if (!offer) return {}
  return { ...offer, stock: (await readStockSums(deps.db, [offerId])).get(offerId) }
}
