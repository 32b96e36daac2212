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
import { drawPhase } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { PictureFacts } from '../../src/domain/offers/picture.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { BookError } from '../book/errors.ts'
import { promised, publishOffer, raiseStock } from '../book/publish-offer.ts'
import { readDraw } from '../storage/draws.ts'
import { type MerchantRow, readMerchant } from '../storage/merchants.ts'
import { readPictureFacts } from '../storage/offer-pictures.ts'
import { readCurrentOffer, readOfferVersion, readStockSums } from '../storage/offers.ts'

const NO_COMMITMENT = '0'.repeat(64)

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
    const picture = await pictureFactsOf(deps, payload)
    if (!merchant || picture === 'none') throw new BookError('nothing_waits')
    const offer = await offerOf(deps, payload, { merchant, current, picture })
    await publishVersion(deps, offer, {
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
    // A draw has a promise for each version: without its own, what is there already would look like somebody else's.
    const stopped = await promised(deps, { ...seen, version: base + 1, endsAt: stopsAt })
    await publishVersion(deps, stopped, { base })
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

interface Around {
  readonly merchant: MerchantRow
  readonly current: Offer | undefined
  /** Of the picture that the draft names. */
  readonly picture: PictureFacts | undefined
}

/** What a draft makes of the offer, in its shop’s names and with the draw’s promise; what no form shows stays as it was. */
export function offerOf(
  deps: Deps,
  draft: OfferDraft,
  { merchant, current, picture }: Around,
): Promise<Offer> {
  const { base, stock: _stock, options, ...words } = draft
  const { nameZh: merchantZh, nameEn: merchantEn } = merchant
  const kept = current && options ? withoutOptions(current) : current
  return promised(deps, {
    ...{ sample: deps.config.demo, ...kept, ...words },
    ...(options ? optionsOf(options, picture) : {}),
    ...{ merchantZh, merchantEn, version: base + 1 },
  })
}

/** `none`: the draft names one that is not there. */
export async function pictureFactsOf(
  { db }: Deps,
  { options }: OfferDraft,
): Promise<PictureFacts | 'none' | undefined> {
  if (!options?.picture) return undefined
  return (await readPictureFacts(db, options.picture.digest)) ?? 'none'
}

function withoutOptions(offer: Offer): Offer {
  const { release: _, draw: __, perWeekFen: ___, perYearFen: ____, restocksAt: _____, ...known } = offer
  const { picture: ______, ...rest } = known
  return rest
}

function optionsOf(
  { draw, picture, ...limits }: NonNullable<OfferDraft['options']>,
  facts: PictureFacts | undefined,
): Partial<Offer> {
  return {
    ...limits,
    // Its promise is put in by whoever knows the secret.
    ...(draw ? { release: 'draw', draw: { ...draw, commitment: NO_COMMITMENT } } : {}),
    ...(picture && facts ? { picture: { ...picture, ...facts } } : {}),
  }
}

/** People hold points for it, by its terms: until it has closed, nothing about the offer changes. */
export async function isDrawing({ db, now }: Deps, { id, version, draw }: Offer): Promise<boolean> {
  if (draw === undefined || drawPhase(draw, now()) !== 'open') return false
  return ((await readDraw(db, { offerId: id, version }))?.entries ?? 0) > 0
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
  if (!there && (await hasMissedItsTime(deps, { offer, current }))) throw new BookError('already_decided')
  await publishOffer(deps, offer, stock)
}

/** It waited for a second person until its own draw had closed, or people were in the one before. */
async function hasMissedItsTime(
  deps: Deps,
  { offer, current }: { offer: Offer; current: Offer | undefined },
): Promise<boolean> {
  const isClosed = offer.draw !== undefined && drawPhase(offer.draw, deps.now()) === 'closed'
  if (isClosed && offer.draw?.closesAt !== current?.draw?.closesAt) return true
  return current !== undefined && (await isDrawing(deps, current))
}

/** For whoever compares: the offer and its stock as they stand. */
async function standing(deps: Deps, offerId: string): Promise<unknown> {
  const offer = await readCurrentOffer(deps.db, offerId)
  if (!offer) return {}
  return { ...offer, stock: (await readStockSums(deps.db, [offerId])).get(offerId) }
}
