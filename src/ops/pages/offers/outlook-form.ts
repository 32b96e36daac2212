/** What the budget simulator is asked from the form beside it, and what weeks that were say of a city's people. */
import type { WeeksAnswer } from '../../../contract/desk/totals.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { type BudgetOutlook, outlookOf } from '../../../domain/offers/budget-simulator.ts'
import { fen, type OfferForm } from './offer-form.ts'

const WEEKS_MAX = 13

interface WeeksThatWere {
  /** On average. */
  readonly people: number
  /** A person, each week. */
  readonly grams: readonly number[]
}

/** Of these cities together; a week of which a city is not told, because too few took part, is left out for that city. Without any: undefined. */
export function weeksThatWere(
  weeks: WeeksAnswer['weeks'],
  cities: readonly CityId[],
): WeeksThatWere | undefined {
  const sums = new Map<string, { people: number; grams: number }>()
  for (const { week, city, figures } of weeks) {
    if (!figures || !cities.includes(city)) continue
    const sum = sums.get(week) ?? { people: 0, grams: 0 }
    sums.set(week, { people: sum.people + figures.people, grams: sum.grams + figures.grams })
  }
  const told = [...sums.values()]
  if (told.length === 0) return undefined
  return {
    people: Math.round(told.reduce((all, { people }) => all + people, 0) / told.length),
    grams: told.map(({ people, grams }) => Math.max(0, Math.round(grams / people))),
  }
}

/** Whole numbers with commas of either writing; undefined where something else stands there. */
export function readWeekGrams(text: string): readonly number[] | undefined {
  const parts = text.split(/[,，、\s]+/).filter(Boolean)
  const numbers = parts.map(Number)
  const isRight =
    parts.length > 0 && parts.length <= WEEKS_MAX && parts.every((part) => /^\d{1,7}$/.test(part))
  return isRight ? numbers : undefined
}

interface OutlookFields {
  readonly people: number | null
  readonly grams: readonly number[] | undefined
  readonly sharePerMille: number | null
}

/** Of the programme's rule: what a kilogram earns, and what a week earns at most. */
export interface EarningRule {
  readonly pointsPerKg: number
  readonly weekCapPoints: number
}

/** Undefined while a figure that it needs is missing. `left`: of an offer that is there, in the place of the form's stock. */
export function outlookInForm(
  form: Pick<OfferForm, 'pieces' | 'budgetYuan' | 'valueYuan' | 'pricePoints'>,
  left: { readonly pieces: number; readonly budgetFen: number } | undefined,
  asked: OutlookFields & EarningRule,
): BudgetOutlook | undefined {
  const { people, grams, sharePerMille, pointsPerKg, weekCapPoints } = asked
  const stock = left?.pieces ?? form.pieces
  const budgetFen = left?.budgetFen ?? fen(form.budgetYuan)
  const valueFen = fen(form.valueYuan)
  const { pricePoints } = form
  if (stock === null || budgetFen === null || valueFen === null || !pricePoints) return undefined
  if (!people || !grams || !sharePerMille) return undefined
  return outlookOf({
    ...{ stock, budgetFen, valueFen, pricePoints, people, weekGrams: grams },
    ...{ pointsPerKg, weekCapPoints, sharePerMille },
  })
}
