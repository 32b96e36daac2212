/**
 * A year's emissions of one person, from eight questions about a home, ways and food. Pure: answers and factors in, kilograms out. It has nothing
 * to do with the ledger, whose savings are neither taken off nor added; what was not answered, or has no source, is not counted and not guessed.
 */
import type { EmissionFactor, FactorName, Factors } from './factors.ts'

/** What is asked, in the order of the page. Of the home: all of it, to be shared by those who live there. */
export interface Answers {
  readonly people: number | null
  /** kWh a month. */
  readonly electricity: number | null
  /** m³ a month. */
  readonly gas: number | null
  /** GJ a heating season, as heat meters count. */
  readonly heat: number | null
  /** Litres a month. */
  readonly petrol: number | null
  /** km a week. */
  readonly bus: number | null
  readonly metro: number | null
  /** Hours in the air a year. */
  readonly flight: number | null
  /** kg a week. */
  readonly redMeat: number | null
  readonly whiteMeat: number | null
}

export type AnswerName = keyof Answers

interface Answer {
  /** How often a year the amount comes. */
  readonly timesAYear: number
  readonly isShared: boolean
}

export const ANSWERS: Readonly<Record<FactorName, Answer>> = {
  electricity: { timesAYear: 12, isShared: true },
  gas: { timesAYear: 12, isShared: true },
  heat: { timesAYear: 1, isShared: true },
  petrol: { timesAYear: 12, isShared: false },
  bus: { timesAYear: 52, isShared: false },
  metro: { timesAYear: 52, isShared: false },
  flight: { timesAYear: 1, isShared: false },
  redMeat: { timesAYear: 52, isShared: false },
  whiteMeat: { timesAYear: 52, isShared: false },
}

export const NAMES = Object.keys(ANSWERS) as FactorName[]

export const NO_ANSWERS: Answers = {
  people: null,
  electricity: null,
  gas: null,
  heat: null,
  petrol: null,
  bus: null,
  metro: null,
  flight: null,
  redMeat: null,
  whiteMeat: null,
}

/** Kilograms of CO₂e a year, whole. */
interface Kilograms {
  readonly low: number
  readonly central: number
  readonly high: number
}

export interface Part extends Kilograms {
  readonly name: FactorName
  readonly amount: number
  readonly factor: EmissionFactor
}

export interface Footprint {
  /** Each answered question that could be counted, the largest first; they sum to the total to the kilogram. */
  readonly parts: readonly Part[]
  readonly total: Kilograms
  /** Asked and not answered: not counted, which is not nought. */
  readonly open: readonly FactorName[]
  /** Answered for a whole home, of which nobody said how many live there. */
  readonly needsPeople: boolean
}

export function footprintOf(answers: Answers, factors: Factors): Footprint {
  const answered = NAMES.filter((name) => answers[name] !== null)
  const isWhole = (name: FactorName): boolean => !ANSWERS[name].isShared || answers.people !== null
  const parts = answered.filter(isWhole).flatMap((name) => partOf(name, answers, factors))
  return {
    parts: parts.sort((a, b) => b.central - a.central),
    total: {
      low: sum(parts.map(({ low }) => low)),
      central: sum(parts.map(({ central }) => central)),
      high: sum(parts.map(({ high }) => high)),
    },
    open: NAMES.filter((name) => answers[name] === null || !factors[name]),
    needsPeople: !answered.every(isWhole),
  }
}

function partOf(name: FactorName, answers: Answers, factors: Factors): Part[] {
  const factor = factors[name]
  const amount = answers[name]
  if (!factor || amount === null) return []
  return [{ name, amount, factor, ...yearOf(name, amount, answers.people, factor) }]
}

function yearOf(name: FactorName, amount: number, people: number | null, factor: EmissionFactor): Kilograms {
  const { timesAYear, isShared } = ANSWERS[name]
  const year = (amount * timesAYear) / (isShared ? (people ?? 1) : 1)
  const kilograms = (grams: number): number => Math.round((grams * year) / 1000)
  return {
    low: kilograms(factor.low),
    central: kilograms(factor.central),
    high: kilograms(factor.high),
  }
}

/** What somebody could do otherwise, and about what: nothing that only others could. */
export type Change =
  | 'carDays'
  | 'electricityTenth'
  | 'gasTenth'
  | 'heatTenth'
  | 'oneFlightLess'
  | 'redMeatHalf'
  | 'meatlessDay'

interface ChangeRule {
  readonly of: FactorName
  /** Of that amount, how much is left out. */
  readonly lessOf: (amount: number) => number
  /** What takes the place of each unit left out, and is emitted instead. */
  readonly instead?: FactorName
}

const CHANGES: Readonly<Record<Change, ChangeRule>> = {
  carDays: { of: 'petrol', lessOf: (litres) => (litres * 2) / 7 },
  electricityTenth: { of: 'electricity', lessOf: (kWh) => kWh / 10 },
  gasTenth: { of: 'gas', lessOf: (m3) => m3 / 10 },
  heatTenth: { of: 'heat', lessOf: (gj) => gj / 10 },
  oneFlightLess: { of: 'flight', lessOf: (hours) => Math.min(hours, 2) },
  redMeatHalf: { of: 'redMeat', lessOf: (kg) => kg / 2, instead: 'whiteMeat' },
  meatlessDay: { of: 'whiteMeat', lessOf: (kg) => kg / 7 },
}

export interface Saving {
  readonly change: Change
  /** A year, by the central factors, whole kilograms. */
  readonly kilograms: number
}

const MOST_SHOWN = 3

/** The three changes that would matter most to these answers, the largest first; those of less than a kilogram are none. */
export function largestSavings(answers: Answers, factors: Factors): Saving[] {
  const savings = (Object.keys(CHANGES) as Change[]).map((change) => ({
    change,
    kilograms: savingOf(CHANGES[change], answers, factors),
  }))
  return savings
    .filter(({ kilograms }) => kilograms > 0)
    .sort((a, b) => b.kilograms - a.kilograms)
    .slice(0, MOST_SHOWN)
}

function savingOf({ of, lessOf, instead }: ChangeRule, answers: Answers, factors: Factors): number {
  const amount = answers[of]
  const factor = factors[of]
  if (amount === null || !factor || (ANSWERS[of].isShared && answers.people === null)) return 0
  const other = instead && factors[instead]
  const perUnit = factor.central - (other?.central ?? 0)
  return yearOf(of, lessOf(amount), answers.people, { ...factor, central: perUnit }).central
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
