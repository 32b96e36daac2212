/**
 * What each city's plan says to somebody who wants to buy or do something green, as a decision table: city, wish, and one fact about it.
 * Each answer stands on measures of that city's pack. No plan names a sum, so no answer does; what a plan leaves open is said to be open.
 */
import type { CityId } from '../../domain/base/city.ts'
import table from './subsidy.json' with { type: 'json' }

/**
 * How far the plan goes. `subsidy`: it says there is, or is to be, one for this. `general`: it wants subsidies for green buying, naming no goods.
 * `price`: cheaper gas and power. `fee`: what one pays follows what one uses. `reward`: a reward for doing it. `promoted`: it is encouraged, with
 * no word of money for a household. `none`: the plan does not speak of it.
 */
export const SAYINGS = ['subsidy', 'general', 'price', 'fee', 'reward', 'promoted', 'none'] as const
export type Saying = (typeof SAYINGS)[number]

export const WISHES = ['car', 'appliance', 'label', 'old', 'heating', 'retrofit', 'meter', 'sorting'] as const
export type Wish = (typeof WISHES)[number]

/** The one further question of a wish, with its answers; a wish without one is answered at once. */
export const FACTS = {
  car: ['household', 'company'],
  appliance: ['household', 'company'],
  label: ['labelled', 'unlabelled', 'unknown'],
  old: [],
  heating: ['rural', 'low-energy', 'town'],
  retrofit: ['estate', 'rural', 'other'],
  meter: [],
  sorting: [],
} as const satisfies Record<Wish, readonly string[]>
export type Fact = (typeof FACTS)[Wish][number]

export interface SubsidyAnswer {
  readonly saying: Saying
  readonly textZh: string
  readonly textEn: string
  /** Of that city's pack, the one that says it first. Empty exactly where the plan says nothing. */
  readonly measures: readonly string[]
}

/** An answer for all facts of a wish, or one for each. */
type Row = SubsidyAnswer | Readonly<Record<string, SubsidyAnswer>>

/** A city whose plan nobody has read for this yet has no entry. */
const TABLE = table as Readonly<Partial<Record<CityId, Readonly<Record<Wish, Row>>>>>

const UNREAD: SubsidyAnswer = {
  saying: 'none',
  textZh: '这座城市的文件还没有按补贴整理过。',
  textEn: 'Nobody has read this city’s plan for subsidies yet.',
  measures: [],
}

export function hasSubsidies(city: CityId): boolean {
  return TABLE[city] !== undefined
}

/** Whether this city's plan says different things for different facts; where it does not, the question need not be asked. */
export function factsAsked(city: CityId, wish: Wish): readonly Fact[] {
  return isAnswer(rowOf(city, wish)) ? [] : FACTS[wish]
}

/** Null while the further question is open. */
export function subsidyAnswer(city: CityId, wish: Wish, fact: Fact | null): SubsidyAnswer | null {
  const row = rowOf(city, wish)
  if (isAnswer(row)) return row
  return fact === null ? null : (row[fact] ?? null)
}

export function isWish(text: string): text is Wish {
  return (WISHES as readonly string[]).includes(text)
}

function rowOf(city: CityId, wish: Wish): Row {
  return TABLE[city]?.[wish] ?? UNREAD
}

function isAnswer(row: Row): row is SubsidyAnswer {
  return 'saying' in row
}
