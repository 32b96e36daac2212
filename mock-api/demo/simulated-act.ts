/** An act with a simulated service: by chance, but the same again for the same seed, so that a run can be repeated. */
import * as v from 'valibot'
import {
  addDays,
  dayOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOfDay,
  weekOfDay,
} from '../../src/domain/base/time.ts'
import type { Quantity } from '../../src/domain/evidence/activity.ts'
import { shareOf } from './share.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(1))

/** How one sort of act comes about: how much, how long, at which hours. */
export const actToDrawSchema = v.strictObject({
  code: v.string(),
  unit: v.picklist(['metre', 'watt_hour', 'gram', 'count']),
  least: count,
  most: count,
  step: count,
  /** A trip lasts by its length, anything else so many minutes; a meter settles a week. */
  metresPerHour: v.exactOptional(count),
  minutes: v.exactOptional(count),
  week: v.exactOptional(v.literal(true)),
  /** At which full hours of the day it begins. */
  hours: v.exactOptional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(23)))),
})

type ActToDraw = v.InferOutput<typeof actToDrawSchema>

export interface SimulatedAct {
  readonly code: string
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly quantity: Quantity
}

interface When {
  /** Over by then. */
  readonly before: Instant
  /** How many days back at most; 0: it has just ended. */
  readonly days: number
}

export function drawAct(acts: readonly ActToDraw[], seed: string, { before, days }: When): SimulatedAct {
  const pick = <T>(what: string, from: readonly T[]) =>
    from[Math.floor(shareOf(`${seed} ${what}`) * from.length)] as T
  const act = pick('act', acts)
  const steps = Math.floor((act.most - act.least) / act.step)
  const value = act.least + act.step * Math.floor(shareOf(`${seed} quantity`) * (steps + 1))
  const drawn = { code: act.code, quantity: { value, unit: act.unit } }
  if (act.week) {
    const monday = addDays(weekOfDay(dayOf(before)), -7)
    return { ...drawn, startedAt: startOfDay(monday), endedAt: startOfDay(addDays(monday, 7)) }
  }
  const lasts = lengthOf(act, value, shareOf(`${seed} pace`))
  const last = secondOf(before - MINUTE_MS - lasts)
  if (days === 0) return { ...drawn, startedAt: last, endedAt: last + lasts }
  const day = addDays(dayOf(before), -1 - Math.floor(shareOf(`${seed} day`) * days))
  const minutes = Math.floor(shareOf(`${seed} minute`) * 60)
  const startedAt = startOfDay(day) + pick('hour', act.hours ?? [12]) * HOUR_MS + minutes * MINUTE_MS
  return { ...drawn, startedAt, endedAt: startedAt + lasts }
}

/** Whole seconds: tokens carry no finer ones. */
function secondOf(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000
}

function lengthOf({ metresPerHour, minutes = 5 }: ActToDraw, value: number, pace: number): number {
  if (metresPerHour === undefined) return minutes * MINUTE_MS
  return secondOf((value / (metresPerHour * (0.85 + 0.3 * pace))) * HOUR_MS)
}
