/** What the budget simulator is asked from the form beside it, and what weeks that were say of a city's people. */
import type { WeeksAnswer } from '../../../contract/desk/totals.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { DAY_MS, type Instant } from '../../../domain/base/time.ts'
import { floorProduct } from '../../../domain/base/units.ts'
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

/** Of an offer that is there: in the place of the form's stock. */
type Left = { readonly pieces: number; readonly budgetFen: number } | undefined

type StockFields = Pick<OfferForm, 'pieces' | 'budgetYuan' | 'valueYuan'>

type FormFields = StockFields & Pick<OfferForm, 'pricePoints' | 'perPersonMax' | 'weekYuan' | 'yearYuan'>

/** Undefined while a figure that it needs is missing. */
export function outlookInForm(
  form: FormFields,
  left: Left,
  asked: OutlookFields & EarningRule,
): BudgetOutlook | undefined {
  const { people, grams, sharePerMille, pointsPerKg, weekCapPoints } = asked
  const there = stockIn(form, left)
  const { pricePoints } = form
  if (!there || !pricePoints || !people || !grams || !sharePerMille) return undefined
  return outlookOf({
    ...{ ...there, pricePoints, people, weekGrams: grams },
    ...{ pointsPerKg, weekCapPoints, sharePerMille },
    perPerson: perPersonIn(form, there.valueFen),
  })
}

function stockIn({ pieces, budgetYuan, valueYuan }: StockFields, left: Left) {
  const stock = left?.pieces ?? pieces
  const budgetFen = left?.budgetFen ?? fen(budgetYuan)
  const valueFen = fen(valueYuan)
  if (stock === null || budgetFen === null || valueFen === null) return undefined
  return { stock, budgetFen, valueFen }
}

/** In pieces of this offer: what a person has of others leaves less, so that the money lasts at least so long. */
function perPersonIn({ perPersonMax, weekYuan, yearYuan }: FormFields, valueFen: number) {
  const piecesFor = (sum: number | null) =>
    sum === null || valueFen === 0 ? undefined : floorProduct([sum], [valueFen])
  const [week, year] = [piecesFor(fen(weekYuan)), piecesFor(fen(yearYuan))]
  return {
    ...(perPersonMax === null ? {} : { ever: perPersonMax }),
    ...(week === undefined ? {} : { week }),
    ...(year === undefined ? {} : { year }),
  }
}

/** What a draw gives away at once, if enough enter: nothing of it depends on weeks. Undefined while a figure is missing. */
export function drawSpending(
  form: StockFields & Pick<OfferForm, 'drawPieces'>,
  left: Left,
): { readonly pieces: number; readonly fen: number } | undefined {
  const there = stockIn(form, left)
  if (!there || !form.drawPieces) return undefined
  const affordable = there.valueFen === 0 ? there.stock : floorProduct([there.budgetFen], [there.valueFen])
  const pieces = Math.min(form.drawPieces, there.stock, affordable)
  return { pieces, fen: pieces * there.valueFen }
}

/** In which week from today it is restocked; undefined where no day, or none to come, is said. */
export function restockWeek(restocksAt: Instant | undefined, now: Instant): number | undefined {
  return restocksAt === undefined || restocksAt <= now
    ? undefined
    : Math.ceil((restocksAt - now) / (7 * DAY_MS))
}
