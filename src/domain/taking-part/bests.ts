/** A person's own bests, of confirmed acts alone: nothing is compared with anybody else. Pure; of equals the first one stands. */
import { addDays, type Day, weekOfDay } from '../base/time.ts'
import type { Grams } from '../base/units.ts'
import type { ActDay } from './act-days.ts'
import { sumOf } from './act-days.ts'

export interface Bests {
  /** None before there is a confirmed act; the others as long as none of them counts for what they measure. */
  readonly firstAct?: { readonly day: Day }
  readonly bestDay?: { readonly day: Day; readonly grams: Grams }
  /** Its Monday. */
  readonly bestWeek?: { readonly monday: Day; readonly grams: Grams }
  readonly longestRun?: { readonly from: Day; readonly days: number }
  readonly farthestByBike?: { readonly day: Day; readonly metres: number }
  readonly kinds: number
}

/** The bike of one's own, of the city and of a shop alike; with a motor it is another kind. */
export const BIKE = 'bike'

/** @param days in any order, each once */
export function bestsOf(days: readonly ActDay[]): Bests {
  const active = days
    .filter(({ parts }) => parts.some(({ acts }) => acts > 0))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const first = active[0]
  const grams = active.map((one) => ({ day: one.day, grams: sumOf([one]).grams }))
  const weeks = new Map<Day, Grams>()
  for (const one of grams) {
    const monday = weekOfDay(one.day)
    weeks.set(monday, (weeks.get(monday) ?? 0) + one.grams)
  }
  const bikes = active.map((one) => ({
    day: one.day,
    metres: sumOf([one], ({ code }) => code === BIKE).metres,
  }))
  const codes = active.flatMap(({ parts }) => parts.flatMap(({ acts, code }) => (acts > 0 ? [code] : [])))
  return {
    ...(first ? { firstAct: { day: first.day } } : {}),
    ...named(
      'bestDay',
      most(grams, (one) => one.grams),
    ),
    ...named(
      'bestWeek',
      most(
        [...weeks].map(([monday, sum]) => ({ monday, grams: sum })),
        (one) => one.grams,
      ),
    ),
    ...named('longestRun', longestRun(active.map(({ day }) => day))),
    ...named(
      'farthestByBike',
      most(bikes, (one) => one.metres),
    ),
    kinds: new Set(codes).size,
  }
}

function named<K extends string, T>(name: K, value: T | undefined): { [Key in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in K]?: T })
}

/** Undefined where nothing measures more than zero. */
function most<T>(all: readonly T[], measure: (one: T) => number): T | undefined {
  return all.reduce<T | undefined>(
    (best, one) => (measure(one) > (best === undefined ? 0 : measure(best)) ? one : best),
    undefined,
  )
}

/** @param days sorted, each once */
function longestRun(days: readonly Day[]): { from: Day; days: number } | undefined {
  let best: { from: Day; days: number } | undefined
  let run: { from: Day; days: number } | undefined
  days.forEach((day, index) => {
    const before = days[index - 1]
    run =
      run && before && addDays(before, 1) === day ? { ...run, days: run.days + 1 } : { from: day, days: 1 }
    if (!best || run.days > best.days) best = run
  })
  return best
}
