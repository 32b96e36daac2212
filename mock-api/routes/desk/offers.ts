/** The desk's offers: the list with what is left of each, its versions, and what a clerk does to them. */

import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import { isCovered } from '../../../src/contract/desk/offer-options.ts'
import {
  type DeskOffer,
  type OfferDraft,
  offerDraftSchema,
  offerStopSchema,
  stockRaiseSchema,
} from '../../../src/contract/desk/offers.ts'
import type { Offer } from '../../../src/domain/offers/offer.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import type { Asked } from '../../base/office-act.ts'
import { actOrPropose, type Proposed } from '../../book/proposals.ts'
import {
  isDrawing,
  offerOf,
  pictureFactsOf,
  publishOfferAct,
  raiseStockAct,
  stopOfferAct,
} from '../../desk/offer-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { readMerchant } from '../../storage/merchants.ts'
import {
  readCurrentOffer,
  readOffers,
  readOfferVersion,
  readStockSums,
  readVersionsOf,
} from '../../storage/offers.ts'
import { officeOf, requireCities } from './cities.ts'
import { type Page, pageOfAll } from './list-page.ts'

const NO_STOCK = { total: 0, remaining: 0, budgetFen: 0, spentFen: 0 }

export async function listDeskOffers(c: HttpContext, deps: Deps): Promise<Page<DeskOffer>> {
  await requireRole(c, deps, ['catalog', 'finance', 'approver'])
  const offers = await readOffers(deps.db, deps.config)
  const sums = await readStockSums(
    deps.db,
    offers.map(({ id }) => id),
  )
  const rows = offers.map((offer) => ({
    offer: { ...offer, cities: [...offer.cities] },
    stock: sums.get(offer.id) ?? NO_STOCK,
    isOver: offer.endsAt <= deps.now(),
  }))
  return pageOfAll(c, DESK_LISTS.offers, rows, {
    key: ({ offer }) => offer.id,
    words: ({ offer }) => [
      ...[offer.id, offer.titleZh, offer.titleEn, offer.merchantId, offer.merchantZh, offer.merchantEn],
    ],
    sorts: {
      id: ({ offer }) => offer.id,
      title: ({ offer }, isEnglish) => (isEnglish ? offer.titleEn : offer.titleZh),
      merchant: ({ offer }, isEnglish) => (isEnglish ? offer.merchantEn : offer.merchantZh),
      points: ({ offer }) => offer.pricePoints,
      value: ({ offer }) => offer.valueFen,
      remaining: ({ stock }) => stock.remaining,
      left: ({ stock }) => stock.budgetFen - stock.spentFen,
      ends: ({ offer }) => offer.endsAt,
    },
    filters: {
      state: ({ isOver }, state) => isOver === (state === 'over'),
      category: ({ offer }, category) => offer.category === category,
      city: ({ offer }, city) => offer.cities.includes(city),
    },
  })
}

export async function listOfferVersions(c: HttpContext, deps: Deps): Promise<{ versions: Offer[] }> {
  await requireRole(c, deps, ['catalog', 'finance', 'approver'])
  const versions = await readVersionsOf(deps.db, c.req.param('offerId') ?? '')
  if (versions.length === 0) throw new ProblemError('not_found')
  return { versions }
}

export async function publishOfferRoute(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const payload = await readJson(c, offerDraftSchema, BODY_BYTES_MAX)
  const current = await readCurrentOffer(deps.db, payload.id)
  const cities = [...payload.cities, ...(current?.cities ?? [])]
  requireCities(c, deps, operator, { role: 'catalog', cities })
  const merchant = await readMerchant(deps.db, payload.merchantId)
  if (merchant?.state !== 'active') throw wrong('merchantId', 'a shop that has joined')
  const picture = await pictureFactsOf(deps, payload)
  if (picture === 'none') throw wrong('options.picture.digest', 'a picture that was brought before')
  if (!(await isPublished(deps, await offerOf(deps, payload, { merchant, current, picture })))) {
    refuseDraft(deps, payload, current)
    await refuseOptions(deps, payload, current)
  }
  return actedBy(deps, operator, {
    ...{ act: publishOfferAct, subject: `offer ${payload.id}`, payload },
    ...officeOf(payload.cities),
  })
}

export async function stopOfferRoute(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const { base, stopsAt } = await readJson(c, offerStopSchema, BODY_BYTES_MAX)
  const offer = await offerParam(c, deps)
  requireCities(c, deps, operator, { role: 'catalog', cities: offer.cities })
  if (offer.version !== base) throw wrong('base', `version ${offer.version}, it was changed meanwhile`)
  await refuseWhileDrawing(deps, offer)
  if (stopsAt < deps.now()) throw wrong('stopsAt', 'not before now')
  if (stopsAt >= offer.endsAt) throw wrong('stopsAt', 'before it ends anyway')
  if (offer.draw && deps.now() < offer.draw.opensAt && stopsAt < offer.draw.closesAt)
    throw wrong('stopsAt', 'not before its draw has closed')
  return actedBy(deps, operator, {
    ...{ act: stopOfferAct, subject: `offer ${offer.id}`, payload: { offerId: offer.id, base, stopsAt } },
    ...officeOf(offer.cities),
  })
}

export async function raiseStockRoute(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const role = ['catalog', 'finance'] as const
  const operator = await requireRole(c, deps, role, { stepUp: true })
  const raise = await readJson(c, stockRaiseSchema, BODY_BYTES_MAX)
  const offer = await offerParam(c, deps)
  requireCities(c, deps, operator, { role, cities: offer.cities })
  return actedBy(deps, operator, {
    ...{ act: raiseStockAct, subject: `offer ${offer.id}`, payload: { offerId: offer.id, ...raise } },
    ...officeOf(offer.cities),
  })
}

/** Sent again, because its answer was lost. */
async function isPublished(deps: Deps, offer: Offer): Promise<boolean> {
  const there = await readOfferVersion(deps.db, offer.id, offer.version)
  return there !== undefined && canonicalJson(there) === canonicalJson(offer)
}

/** What only the backend knows of a draft: what stands there, and what time it is. */
function refuseDraft(deps: Deps, draft: OfferDraft, current: Offer | undefined): void {
  if (draft.base === 0 && current) throw wrong('id', 'a name that no offer has')
  if (draft.base !== (current?.version ?? 0))
    throw wrong('base', `version ${current?.version ?? 0}, it was changed meanwhile`)
  if (draft.endsAt <= deps.now()) throw wrong('endsAt', 'later than now, when it begins')
  // Its money is laid out in pieces of this value, and its number is one of this shop's.
  if (current && draft.valueFen !== current.valueFen) throw wrong('valueFen', 'as before; else a new offer')
  if (current && draft.merchantId !== current.merchantId)
    throw wrong('merchantId', 'as before; else a new offer')
}

/** What its draw, its day of restocking and its stock want of the clock and of what is left. */
async function refuseOptions(
  deps: Deps,
  { options = {}, valueFen }: OfferDraft,
  current: Offer | undefined,
): Promise<void> {
  if (current) await refuseWhileDrawing(deps, current)
  const { draw, restocksAt } = options
  if (draw && draw.closesAt <= deps.now()) throw wrong('options.draw.closesAt', 'later than now')
  if (restocksAt !== undefined && restocksAt <= deps.now())
    throw wrong('options.restocksAt', 'later than now, or nothing')
  if (!draw || !current) return
  const stock = (await readStockSums(deps.db, [current.id])).get(current.id) ?? NO_STOCK
  const left = { pieces: stock.remaining, budgetFen: stock.budgetFen - stock.spentFen, valueFen }
  if (!isCovered(draw.pieces, left))
    throw wrong('options.draw.pieces', `${stock.remaining} at most, and money for each`)
}

async function refuseWhileDrawing(deps: Deps, offer: Offer): Promise<void> {
  if (await isDrawing(deps, offer)) throw wrong('options.draw', 'the one before to have closed')
}

function wrong(field: string, wanted: string): ProblemError {
  return new ProblemError('malformed', { detail: `${field}: expected ${wanted}` })
}

async function offerParam(c: HttpContext, deps: Deps): Promise<Offer> {
  const offer = await readCurrentOffer(deps.db, c.req.param('offerId') ?? '')
  if (!offer) throw new ProblemError('not_found')
  return offer
}

/** Nothing where it is done. */
async function actedBy<Payload>(
  deps: Deps,
  operator: Operator,
  asked: Asked<Payload, void>,
): Promise<Partial<Proposed>> {
  const made = await actOrPropose(deps, operator, asked)
  return 'proposed' in made ? made.proposed : {}
}
