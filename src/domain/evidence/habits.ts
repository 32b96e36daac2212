/**
 * What a person is likely to have done just now, learned on the phone from when they did what. Whole numbers and fixed ties: the same acts at the
 * same moment give the same row. Pure.
 */
import { DAY_MS, dayOf, daysBetween, HOUR_MS, type Instant, startOfDay, weekOfDay } from '../base/time.ts'
import { actKey, type PastAct } from './past-act.ts'

type DayPart = 'morning' | 'forenoon' | 'noon' | 'afternoon' | 'evening' | 'night'

/** Why an act stands in the row: so often at this time of day, and on this weekday. Monday is 0. */
export interface Why {
  readonly part: DayPart
  readonly weekday?: number
}

export interface Habit {
  readonly act: PastAct
  /** Absent where it is only done often, or lately. */
  readonly why?: Why
}

/** A change of work or school is forgotten in two months. */
const WEEKS = 8
/** Fewer tell nothing of weekdays: then the most frequent stand first, whenever they were done. */
const ACTS_LEAST = 6
/** What has been done at this time so often is a habit. */
const TIMES_LEAST = 3

/** The likeliest first, at most `max` of them; undefined while there is too little to learn from. */
export function habitsAt(now: Instant, acts: readonly PastAct[], max: number): Habit[] | undefined {
  const oldest = now - WEEKS * 7 * DAY_MS
  const known = acts.filter(({ at }) => at !== undefined && at <= now && at > oldest)
  if (known.length < ACTS_LEAST) return undefined
  const byKey = new Map<string, PastAct[]>()
  for (const act of known) byKey.set(actKey(act), [...(byKey.get(actKey(act)) ?? []), act])
  return [...byKey]
    .map(([key, same]) => ({ key, same, score: sum(same.map((act) => weight(act.at ?? 0, now))) }))
    .sort((a, b) => b.score - a.score || lastOf(b.same) - lastOf(a.same) || (a.key < b.key ? -1 : 1))
    .slice(0, max)
    .map(({ same }) => ({ act: same[0] as PastAct, ...reason(same, now) }))
}

/** 1 to 144: half as much every two weeks; three times as much on the same weekday; six times within an hour and a half of this time of day. */
function weight(at: Instant, now: Instant): number {
  const fortnights = Math.floor((now - at) / (14 * DAY_MS))
  const apart = Math.abs(timeOfDay(at) - timeOfDay(now))
  const round = Math.min(apart, DAY_MS - apart)
  const closeness = round <= 1.5 * HOUR_MS ? 6 : round <= 3 * HOUR_MS ? 3 : 1
  return (8 >> fortnights) * (weekdayOf(at) === weekdayOf(now) ? 3 : 1) * closeness
}

function reason(same: readonly PastAct[], now: Instant): { why?: Why } {
  const part = partOf(now)
  const then = same.filter(({ at }) => at !== undefined && partOf(at) === part)
  const weekday = weekdayOf(now)
  if (then.filter(({ at }) => weekdayOf(at ?? 0) === weekday).length >= TIMES_LEAST)
    return { why: { part, weekday } }
  return then.length >= TIMES_LEAST ? { why: { part } } : {}
}

function partOf(at: Instant): DayPart {
  const hour = Math.floor(timeOfDay(at) / HOUR_MS)
  if (hour < 5 || hour >= 23) return 'night'
  if (hour < 9) return 'morning'
  if (hour < 11) return 'forenoon'
  if (hour < 14) return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}

function weekdayOf(at: Instant): number {
  const day = dayOf(at)
  return daysBetween(weekOfDay(day), day)
}

function timeOfDay(at: Instant): number {
  return at - startOfDay(dayOf(at))
}

function lastOf(same: readonly PastAct[]): Instant {
  return Math.max(...same.map(({ at }) => at ?? 0))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
