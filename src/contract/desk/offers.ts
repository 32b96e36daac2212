/** What a clerk writes of an offer, and the desk's list of them. The form asks these checks field by field before it is sent, the backend all of them. */
import * as v from 'valibot'
import { CITY_IDS } from '../../domain/base/city.ts'
import type { MerchantId, OfferId } from '../../domain/base/ids.ts'
import { OFFER_CATEGORIES } from '../../domain/offers/offer.ts'
import { offerSchema, stockSchema } from '../catalog.ts'
import { instant } from '../command.ts'
import { nameOf, textOf } from '../plain-text.ts'
import { slug } from '../slug.ts'
import { between, misfitsOf, optionsDraft, pathTo } from './offer-options.ts'
import { pageOf } from './page.ts'
import { proposedSchema } from './proposals.ts'

const TITLE_MAX = 80
const TERMS_MAX = 1000
/** Of one piece: beyond it no shop gives anything for points of daily trips, and a digit too many is likelier. */
export const VALUE_FEN_MAX = 100_000
/** Above it two people have to agree. */
export const VALUE_FEN_ALONE = 2000
/** The same for all pieces of a new offer together. */
export const BUDGET_FEN_ALONE = 100_000
export const PRICE_POINTS_MAX = 1_000_000
export const PER_PERSON_MAX = 100
export const VALID_DAYS_MAX = 365
export const PIECES_MAX = 1_000_000
/** A million yuan: one more zero is surely a slip of the keyboard. */
export const BUDGET_FEN_MAX = 100_000_000

const stockDraft = v.strictObject({
  pieces: between(1, PIECES_MAX),
  budgetFen: between(0, BUDGET_FEN_MAX),
})

/** `base`: the version that was on the clerk’s screen, 0 where there was none; only a new offer brings its stock. */
export const offerDraftSchema = v.pipe(
  v.strictObject({
    id: v.pipe(
      slug,
      v.transform((text) => text as OfferId),
    ),
    base: between(0, Number.MAX_SAFE_INTEGER),
    category: v.picklist(OFFER_CATEGORIES),
    titleZh: nameOf(TITLE_MAX),
    titleEn: nameOf(TITLE_MAX),
    termsZh: textOf(TERMS_MAX),
    termsEn: textOf(TERMS_MAX),
    merchantId: v.pipe(
      slug,
      v.transform((text) => text as MerchantId),
    ),
    cities: v.pipe(v.array(v.picklist(CITY_IDS)), v.minLength(1), v.maxLength(CITY_IDS.length)),
    pricePoints: between(1, PRICE_POINTS_MAX),
    valueFen: between(0, VALUE_FEN_MAX),
    perPersonMax: between(1, PER_PERSON_MAX),
    validDays: between(1, VALID_DAYS_MAX),
    endsAt: instant,
    stock: v.exactOptional(stockDraft),
    /** Absent, as from a page of before there were any: they stay as they were. */
    options: v.exactOptional(optionsDraft),
  }),
  v.forward(
    v.check(
      ({ base, stock }) => (base === 0) === (stock !== undefined),
      'stock with a new offer, and only then',
    ),
    ['stock'],
  ),
  v.forward(
    v.check(
      ({ stock, valueFen }) => stock === undefined || stock.budgetFen >= valueFen,
      'money for one piece at least',
    ),
    ['stock'],
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || !dataset.value.options) return
    for (const { member, expected } of misfitsOf(dataset.value.options, dataset.value))
      addIssue({ expected, path: pathTo(dataset.value, ['options', ...member.split('.')]) })
  }),
)

/** Pieces, money, or both: never less. */
export const stockRaiseSchema = v.pipe(
  v.strictObject({ pieces: between(0, PIECES_MAX), budgetFen: between(0, BUDGET_FEN_MAX) }),
  v.forward(
    v.check(({ pieces, budgetFen }) => pieces + budgetFen > 0, 'more than there is'),
    ['pieces'],
  ),
)

/** From then on nobody can have it; vouchers that are out stay good. */
export const offerStopSchema = v.strictObject({ base: between(1, Number.MAX_SAFE_INTEGER), stopsAt: instant })

const deskOfferSchema = v.strictObject({ offer: offerSchema, stock: stockSchema, isOver: v.boolean() })

export const deskOffersSchema = pageOf(deskOfferSchema)

export const offerVersionsSchema = v.strictObject({ versions: v.array(offerSchema) })

/** Nothing where it is done at once; else the proposal that it became. */
export const doneOrProposedSchema = v.partial(proposedSchema)

export type OfferDraft = v.InferOutput<typeof offerDraftSchema>
export type DeskOffer = v.InferOutput<typeof deskOfferSchema>
