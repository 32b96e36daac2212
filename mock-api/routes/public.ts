/** What everybody may read: health, keys, offers, packs, what the cities' plans say. */
import * as v from 'valibot'
import { packTag } from '../../src/content/newest-pack.ts'
import type { Health, OffersAnswer } from '../../src/contract/catalog.ts'
import { type CityId, isCityId } from '../../src/domain/base/city.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import { packInForce, packOf } from '../../src/domain/methodology/which-pack.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { PublicKey } from '../../src/proof/keys.ts'
import type { Deps } from '../base/deps.ts'
import { VERSION } from '../base/version.ts'
import { contentOf } from '../feeds/content.ts'
import { jsonUnder } from '../http/answer.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { readOffers, readStockSums } from '../storage/offers.ts'

/** A pack is data of its own versioned shape (src/domain/methodology/pack.ts); the document only says what tells packs apart. */
export const packSchema = v.looseObject({
  id: v.string(),
  version: v.number(),
  titleZh: v.string(),
  titleEn: v.string(),
  demonstration: v.boolean(),
})

export async function readHealth(deps: Deps): Promise<Health> {
  await deps.db.ping() // a backend that cannot reach its database is not healthy
  return {
    status: 'ok',
    version: VERSION,
    storage: deps.db.kind,
    durability: deps.db.kind === 'pglite' ? 'process' : 'power',
    demo: deps.config.demo,
  }
}

/** Apps that do not say `wire=2` read the answer of before there were purposes, and nothing else. */
export async function readKeySet(
  { keyring }: Deps,
  { isOld }: { isOld: boolean },
): Promise<{ keys: readonly PublicKey[]; revocations?: string }> {
  if (isOld) return keyring.oldKeys()
  const { keys } = await keyring.publicKeys()
  return { keys, revocations: await keyring.revocations() }
}

/** Apps that do not say `wire=2` read offers to the letter, and can enter no draw. */
export async function readCatalog(deps: Deps, { isOld }: { isOld: boolean }): Promise<OffersAnswer> {
  const known = await readOffers(deps.db, deps.config)
  const offers = isOld ? known.filter(({ release }) => release !== 'draw').map(asBefore) : known
  const sums = await readStockSums(
    deps.db,
    offers.map(({ id }) => id),
  )
  const none = { total: 0, remaining: 0, budgetFen: 0, spentFen: 0 }
  return {
    offers: offers.map((offer) => ({
      offer: { ...offer, cities: [...offer.cities] },
      stock: sums.get(offer.id) ?? none,
    })),
    at: deps.now(),
  }
}

function asBefore(offer: Offer): Offer {
  const { release: _, draw: __, perWeekFen: ___, perYearFen: ____, restocksAt: _____, ...known } = offer
  const { picture: ______, ...rest } = known
  const { stopsAt = rest.endsAt, ...before } = rest
  return { ...before, endsAt: Math.min(before.endsAt, stopsAt) }
}

/** By which is decided what an account of the city sends now; without a city, the one for all. */
export function readPackInForce(c: HttpContext, deps: Deps): Pack {
  const city = c.req.query('city')
  if (city !== undefined && !isCityId(city)) throw new ProblemError('not_found')
  return packInForce(city, deps.now(), deps.packs)
}

/** Any version that ever decided: records name theirs. */
export function readPack(c: HttpContext, deps: Deps): Pack {
  const pack = packOf(c.req.param('id') ?? '', Number(c.req.param('version')), deps.packs)
  if (!pack) throw new ProblemError('not_found')
  return pack
}

/** What the city's plans say: as it was published later, else in the version that the app of this build also carries. */
export async function answerCityContent(c: HttpContext, deps: Deps): Promise<Response> {
  const city = cityParam(c)
  const pack = await contentOf(deps, city)
  return jsonUnder(packTag(pack), c, pack)
}

/** The city in the address, or 404. */
export function cityParam(c: HttpContext): CityId {
  const city = c.req.param('city') ?? ''
  if (!isCityId(city)) throw new ProblemError('not_found')
  return city
}
