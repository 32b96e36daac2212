/** Weeks that are over, counted when somebody first asks, all that are missing in one look at the journals. */
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { addDays, type Day, dayOf, startOfDay, weekOfDay } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { countWeeks, readWeekTotals, type WeekTotal, writeWeekTotals } from '../storage/week-totals.ts'

/** A season: longer ago people had other habits, and the rules were others. */
const WEEKS = 13

/** Newest first. Of a week and city in which nobody did anything, zeros. */
export async function lastWeeks(deps: Deps): Promise<WeekTotal[]> {
  const thisWeek = weekOfDay(dayOf(deps.now()))
  const from = addDays(thisWeek, -7 * WEEKS)
  const known = await readWeekTotals(deps.db, from)
  const missing = weeksFrom(from, thisWeek).filter((week) => !known.some((each) => each.week === week))
  const [first] = missing
  if (first === undefined) return known
  const counted = await countWeeks(deps.db, startOfDay(first), startOfDay(thisWeek))
  const rows = missing.flatMap((week) =>
    CITY_IDS.map((city): WeekTotal => {
      const found = counted.find((each) => each.city === city && addDays(first, 7 * each.place) === week)
      const { people = 0, acts = 0, grams = 0, points = 0, vouchers = 0 } = found ?? {}
      return { week, city, people, acts, grams, points, vouchers }
    }),
  )
  await writeWeekTotals(deps.db, rows, deps.now())
  return readWeekTotals(deps.db, from)
}

function weeksFrom(from: Day, until: Day): Day[] {
  const weeks: Day[] = []
  for (let week = from; week < until; week = addDays(week, 7)) weeks.push(week)
  return weeks
}
