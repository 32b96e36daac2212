/** How much of an act counts. Caps cut and say so; they never reject, and never add. */

import type { AssessmentCode, Reason } from '../base/reason.ts'
import { type Day, type Instant, monthOfDay, weekOfDay, yearOfDay } from '../base/time.ts'
import { floorProduct, type Grams, type Points } from '../base/units.ts'
import type { QuantityUnit, Trust } from '../evidence/activity.ts'
import type { Methodology, Pack } from './pack.ts'
import type { Usage } from './usage.ts'

/** One cap as it stands before this act. */
export interface Cap {
  readonly code: AssessmentCode
  readonly limit: number
  readonly used: number
  /** Length of the period when one act covers several days. */
  readonly days?: number
}

export interface CapContext {
  readonly methodology: Methodology
  readonly pack: Pack
  readonly usage: Usage
  readonly day: Day
}

export interface Cut {
  readonly value: number
  readonly reasons: readonly Reason[]
}

export function roomOf({ limit, used, days = 1 }: Cap): number {
  return Math.max(0, limit * days - used)
}

/** Cuts the value to the room of each cap in turn, and names those that cut. */
export function cutBy(value: number, caps: readonly Cap[]): Cut {
  const reasons: Reason[] = []
  let left = value
  for (const cap of caps) {
    const room = roomOf(cap)
    if (left <= room) continue
    left = room
    reasons.push(reasonOf(cap, value))
  }
  return { value: left, reasons }
}

function reasonOf({ code, limit, used, days }: Cap, given: number): Reason {
  if (code === 'ride_distance_cap') return { code, numbers: { limit, given } }
  return { code, numbers: days === undefined ? { limit, used } : { limit, used, days } }
}

/** In the methodology's unit: one ride, the day, the month. */
export function quantityCaps({ methodology, usage, day }: CapContext): readonly Cap[] {
  const { code, limits } = methodology
  const caps: Cap[] = []
  if (limits.maxMetresPerAct) {
    caps.push({ code: 'ride_distance_cap', limit: limits.maxMetresPerAct.value, used: 0 })
  }
  if (limits.dayQuantity) {
    const days = methodology.kind === 'fixed' ? methodology.daysPerAct : undefined
    const cap: Cap = {
      code: 'day_quantity_cap',
      limit: limits.dayQuantity.value,
      used: usage.ofDay(code, day).quantity,
    }
    caps.push(days === undefined ? cap : { ...cap, days })
  }
  if (limits.monthQuantity) {
    const used = usage.quantityOfMonth(code, monthOfDay(day))
    caps.push({ code: 'month_quantity_cap', limit: limits.monthQuantity.value, used })
  }
  return caps
}

/** Acts a day and a week. What is counted in times has its quantity counted: three meals in one claim are three. */
export function countCaps({ methodology, usage, day }: CapContext): readonly Cap[] {
  const { code, limits, unit } = methodology
  const caps: Cap[] = []
  if (limits.dayCount) {
    const { quantity, count } = usage.ofDay(code, day)
    const used = unit === 'count' ? quantity : count
    caps.push({ code: 'day_count_cap', limit: limits.dayCount.value, used })
  }
  if (limits.weekCount) {
    const used = usage.countOfWeek(code, weekOfDay(day))
    caps.push({ code: 'week_count_cap', limit: limits.weekCount.value, used })
  }
  return caps
}

export function cutByCount(value: number, unit: QuantityUnit, caps: readonly Cap[]): Cut {
  if (unit === 'count') return cutBy(value, caps)
  const { value: acts, reasons } = cutBy(1, caps)
  return { value: acts === 0 ? 0 : value, reasons }
}

/** Over all acts, by evidence: what a person says of themselves, files, everything that is not a provider's. */
export function gramCaps(
  trust: Trust,
  { pack, usage, day }: Omit<CapContext, 'methodology'>,
): readonly Cap[] {
  if (trust === 'provider') return []
  const { manualDayGrams, manualMonthGrams, importDayGrams, deviceDayGrams, openDayGrams } = pack.caps
  const used = usage.gramsOfDay(day)
  const caps: Cap[] = []
  if (trust === 'manual') {
    caps.push({ code: 'manual_day_cap', limit: manualDayGrams.value, used: used.manual })
    const usedOfMonth = usage.manualGramsOfMonth(monthOfDay(day))
    caps.push({ code: 'manual_month_cap', limit: manualMonthGrams.value, used: usedOfMonth })
  }
  if (trust === 'import' && importDayGrams)
    caps.push({ code: 'import_day_cap', limit: importDayGrams.value, used: used.import })
  if (trust !== 'manual' && deviceDayGrams)
    caps.push({ code: 'device_day_cap', limit: deviceDayGrams.value, used: used.import + used.gps })
  const usedOpen = used.manual + used.import + used.gps
  if (openDayGrams) caps.push({ code: 'open_day_cap', limit: openDayGrams.value, used: usedOpen })
  return caps
}

/** `now` is the time of posting: what is not a provider's is counted in the week in which it arrives, too. */
export function rewardCaps(
  trust: Trust,
  { pack, usage, day, now }: Omit<CapContext, 'methodology'> & { readonly now: Instant },
): readonly Cap[] {
  const { weekCapPoints, yearCapPoints, openWeekPoints, openFirstWeekPoints } = pack.reward
  const caps: Cap[] = [
    { code: 'week_reward_cap', limit: weekCapPoints.value, used: usage.pointsOfWeek(weekOfDay(day)) },
    { code: 'year_reward_cap', limit: yearCapPoints.value, used: usage.pointsOfYear(yearOfDay(day)) },
  ]
  if (trust === 'provider' || !openWeekPoints) return caps
  const { points: used, isFirstWeek } = usage.openPointsPosted(now)
  if (isFirstWeek && openFirstWeekPoints)
    caps.push({ code: 'first_week_cap', limit: openFirstWeekPoints.value, used })
  else caps.push({ code: 'open_week_cap', limit: openWeekPoints.value, used })
  return caps
}

/** Points before the reward caps: grams at the pack's rate, or the published points of an act that has no grams. */
export function pointsBefore(
  grams: Grams,
  times: number,
  { methodology, pack }: Pick<CapContext, 'methodology' | 'pack'>,
): Points {
  if (methodology.pointsOnly) return floorProduct([times, methodology.pointsPerCount?.value ?? 0])
  return floorProduct([grams, pack.reward.pointsPerGram.value])
}
