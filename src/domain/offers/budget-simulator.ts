/**
 * When the money of an offer ends: many futures, each made of weeks like those that were, drawn by dice of a fixed seed, so that the same
 * question always gets the same answer, and more money never an earlier end.
 */
import { floorProduct, type Grams, PER_MILLE, type Points } from '../base/units.ts'

export interface BudgetPlan {
  readonly stock: number
  readonly budgetFen: number
  /** Of one piece. */
  readonly valueFen: number
  readonly pricePoints: Points
  readonly people: number
  /** What a person avoids in a week: each figure a week that was, or that is thought as likely as the others. */
  readonly weekGrams: readonly Grams[]
  readonly pointsPerKg: number
  /** No person earns more in a week. */
  readonly weekCapPoints: Points
  /** Of the points that are earned, how many go to this offer. */
  readonly sharePerMille: number
  /** Pieces that one person may have at most; where a limit is not said, as many as they like. */
  readonly perPerson?: { readonly ever?: number; readonly week?: number; readonly year?: number }
}

/** The week in which it ends, counted from 1; null where it lasts beyond what is looked at. */
type EndWeek = number | null

export interface BudgetOutlook {
  /** Pieces that stock and money allow. */
  readonly pieces: number
  /** What gives out first. */
  readonly endsBy: 'money' | 'stock'
  /** One future in ten ends by this week, half of them, nine in ten. */
  readonly p10: EndWeek
  readonly p50: EndWeek
  readonly p90: EndWeek
}

/** Ten years: what lasts longer is not planned by weeks. */
export const OUTLOOK_WEEKS_MAX = 520
/** Enough that the tenth and the ninetieth in a hundred stand still. */
const FUTURES = 500

const GRAMS_PER_KG = 1000
const WEEKS_A_YEAR = 52

export function outlookOf(plan: BudgetPlan): BudgetOutlook {
  const affordable =
    plan.valueFen === 0 ? Number.POSITIVE_INFINITY : floorProduct([plan.budgetFen], [plan.valueFen])
  const pieces = Math.min(plan.stock, affordable)
  const ends = Array.from({ length: FUTURES }, (_, seed) => endOf(plan, pieces, seed)).sort((a, b) => a - b)
  const at = (perMille: number): EndWeek => {
    const week = ends[Math.ceil((FUTURES * perMille) / PER_MILLE) - 1] as number
    return week > OUTLOOK_WEEKS_MAX ? null : week
  }
  return {
    pieces,
    endsBy: affordable < plan.stock ? 'money' : 'stock',
    p10: at(100),
    p50: at(500),
    p90: at(900),
  }
}

/** The week of one future in which the last piece goes. What a limit keeps somebody from spending waits for the next week. */
function endOf(plan: BudgetPlan, pieces: number, seed: number): number {
  const weeks = plan.weekGrams.map((grams) => plan.people * weekPoints(plan, grams))
  // In points of everybody, so that each week is some additions and nothing is rounded.
  const wanted = pointsOf(plan, pieces)
  const { ever, week: inWeek, year: inYear } = limitsOf(plan)
  const dice = diceOf(seed)
  let purse = 0
  let spent = 0
  let spentInYear = 0
  let week = 0
  while (week <= OUTLOOK_WEEKS_MAX && (week === 0 || spent < wanted)) {
    if (week % WEEKS_A_YEAR === 0) spentInYear = 0
    week++
    purse += weeks[Math.floor(dice() * weeks.length)] ?? 0
    const spends = Math.min(purse, inWeek, inYear - spentInYear, ever - spent)
    purse -= spends
    spent += spends
    spentInYear += spends
  }
  return week
}

/** So many of everybody's points have to be earned for so many pieces. */
function pointsOf({ pricePoints, sharePerMille }: BudgetPlan, pieces: number): number {
  return (pieces * pricePoints * PER_MILLE) / sharePerMille
}

function limitsOf(plan: BudgetPlan): { ever: number; week: number; year: number } {
  const { ever, week, year } = plan.perPerson ?? {}
  const limit = (pieces = Number.POSITIVE_INFINITY) => pointsOf(plan, pieces * plan.people)
  return { ever: limit(ever), week: limit(week), year: limit(year) }
}

function weekPoints({ pointsPerKg, weekCapPoints }: BudgetPlan, grams: Grams): Points {
  return Math.min(weekCapPoints, floorProduct([grams, pointsPerKg], [GRAMS_PER_KG]))
}

/** mulberry32: small, the same on every machine; nothing secret hangs on it. */
function diceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
