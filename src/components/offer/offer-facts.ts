/** What follows from an offer, its stock and a person's points: can it be had, what is left, at what rate. Pure. */
import { type Offer, type OfferStock, offerEndsAt } from '../../domain/offers/offer.ts'

/** `value_limit`: what one person may have in a week or a year is had. `draw`: it is entered, not bought. */
type OfferState = 'open' | 'short' | 'sold_out' | 'budget_spent' | 'ended' | 'limit' | 'value_limit' | 'draw'

interface Person {
  readonly spendable: number
  readonly had: number
  readonly now: number
  readonly pointsPerGram: number
  /** What may still be had of all offers, in fen; absent where nothing is said. */
  readonly fenLeft?: { readonly week?: number; readonly year?: number }
}

export interface OfferFacts {
  readonly state: OfferState
  /** Points that are missing; zero when there are enough. */
  readonly missingPoints: number
  readonly remainingPoints: number
  /** What a kilogram of CO₂ avoided buys here, in fen: the price is in points, and a point is a gram times `pointsPerGram`. */
  readonly fenPerKg: number
  /** Of the budget, in per mille; undefined where there is none. */
  readonly budgetLeftPerMille: number | undefined
  readonly had: number
}

export function offerFacts(
  { offer, stock }: { offer: Offer; stock: OfferStock },
  person: Person,
): OfferFacts {
  const missingPoints = Math.max(0, offer.pricePoints - person.spendable)
  const gramsOfPrice = offer.pricePoints / person.pointsPerGram
  return {
    state: stateOf(offer, stock, { ...person, missingPoints }),
    missingPoints,
    remainingPoints: Math.max(0, person.spendable - offer.pricePoints),
    fenPerKg: gramsOfPrice > 0 ? Math.round((offer.valueFen * 1000) / gramsOfPrice) : 0,
    budgetLeftPerMille:
      stock.budgetFen > 0
        ? Math.max(0, Math.floor(((stock.budgetFen - stock.spentFen) * 1000) / stock.budgetFen))
        : undefined,
    had: person.had,
  }
}

function stateOf(
  offer: Offer,
  stock: OfferStock,
  { now, had, missingPoints, fenLeft = {} }: Person & { missingPoints: number },
): OfferState {
  if (now >= offerEndsAt(offer)) return 'ended'
  if (offer.release === 'draw') return 'draw'
  if (stock.remaining <= 0) return 'sold_out'
  if (stock.budgetFen - stock.spentFen < offer.valueFen) return 'budget_spent'
  if (had >= offer.perPersonMax) return 'limit'
  const { week = offer.valueFen, year = offer.valueFen } = fenLeft
  if (Math.min(week, year) < offer.valueFen) return 'value_limit'
  return missingPoints > 0 ? 'short' : 'open'
}
