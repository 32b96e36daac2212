/** From a half-filled form to a claim, or to what is still missing. Pure. */

import type { CityId } from '../../domain/base/city.ts'
import {
  addDays,
  DAY_MS,
  type Day,
  dayOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOfDay,
  weekOfDay,
} from '../../domain/base/time.ts'
import { floorProduct } from '../../domain/base/units.ts'
import { type ActivityClaim, NOTE_MAX, type Quantity } from '../../domain/evidence/activity.ts'
import { typicalDurationMs } from '../../domain/evidence/overlap.ts'
import { METRES_PER_STOP, STOPS_MAX } from '../../domain/evidence/stops.ts'
import { metricsFor, type TrackMetrics } from '../../domain/evidence/track-metrics.ts'
import type { Methodology, Pack } from '../../domain/methodology/pack.ts'
import { mostPlausible, mostWithoutEnd } from '../../domain/methodology/plausible.ts'
import type { DraftTrack, LogDraft } from '../../stores/log-draft.ts'

/** As far as a claim can say: 25 times round the earth. */
const METRES_MAX = 1_000_000_000

interface DraftContext {
  readonly methodology: Methodology
  readonly pack: Pack
  readonly home: CityId
  readonly now: Instant
  /** 长辈版: nothing is logged that the person has not given, so that a kind's usual length does not stand in for theirs. */
  readonly isAllGiven?: boolean
}

/** Which field has to be filled before there is anything to estimate. */
export type MissingField = 'distance' | 'count' | 'readings' | 'readingsOrder'

type DraftClaim = { readonly claim: ActivityClaim } | { readonly missing: MissingField }

export function claimOfDraft(draft: LogDraft, context: DraftContext): DraftClaim {
  const { methodology, home } = context
  const note = draft.note.trim().slice(0, NOTE_MAX)
  const base = { code: methodology.code, city: draft.city ?? home, ...(note ? { note } : {}) }
  if (methodology.kind === 'fixed' && methodology.daysPerAct) return weekClaim(draft, context, base)
  if (methodology.limits.minHours)
    return { claim: { ...base, ...carFreeTimes(draft, context), evidence: { trust: 'manual' } } }
  if (methodology.kind === 'travel') return tripClaim(draft, context, base)
  const count = draft.count ?? 0
  if (!Number.isSafeInteger(count) || count < 1) return { missing: 'count' }
  const quantity: Quantity = { value: count, unit: 'count' }
  return { claim: { ...base, startedAt: startOf(draft, context), quantity, evidence: { trust: 'manual' } } }
}

type ClaimBase = Pick<ActivityClaim, 'code' | 'city' | 'note'>

function tripClaim(draft: LogDraft, context: DraftContext, base: ClaimBase): DraftClaim {
  if (draft.track) return { claim: trackClaim(draft.track, context.methodology, base) }
  const metres = metresOf(draft, context.methodology)
  const hasDefault = context.methodology.kind === 'travel' && context.methodology.defaultMetres !== undefined
  if (metres === null && (!hasDefault || context.isAllGiven)) return { missing: 'distance' }
  const startedAt = startOf(draft, context)
  const lengthMs = lengthGiven(draft, metres, context)
  const end = lengthMs === null ? {} : { endedAt: startedAt + lengthMs }
  const quantity = metres === null ? {} : { quantity: { value: metres, unit: 'metre' } as const }
  return {
    claim: {
      ...base,
      startedAt,
      ...end,
      ...quantity,
      ...stopsGiven(draft, context),
      evidence: { trust: 'manual' },
    },
  }
}

/** The count of stops stays beside the metres that were made of it, as the person gave it. */
function stopsGiven(draft: LogDraft, { methodology }: DraftContext): Pick<ActivityClaim, 'stops'> {
  if (draft.by !== 'stops' || metresOf(draft, methodology) === null) return {}
  const stops = Math.round(draft.stops ?? 0)
  return stops >= 1 && stops <= STOPS_MAX ? { stops } : {}
}

/** What the file says of a trip of this kind: how much of a lost signal is bridged depends on how fast the kind can be. */
export function trackMetrics(
  { measured }: DraftTrack,
  { limits }: Pick<Methodology, 'limits'>,
): TrackMetrics {
  return metricsFor(measured, limits.maxSpeedMetresPerHour?.value ?? Number.POSITIVE_INFINITY)
}

/** `gps`: recorded live by this phone. */
export function trackClaim(
  track: DraftTrack,
  methodology: Methodology,
  base: ClaimBase,
  trust: 'import' | 'gps' = 'import',
): ActivityClaim {
  const metrics = trackMetrics(track, methodology)
  const { points, movingSeconds, maxSpeedMetresPerHour, startedAt, endedAt, distanceMetres } = metrics
  const { digest, file, measured } = track
  const whole = file === undefined ? {} : { file }
  const evidence = {
    trust,
    digest,
    ...whole,
    points,
    movingSeconds,
    maxSpeedMetresPerHour,
    ...(measured.motion ? { motion: measured.motion } : {}),
  } as const
  return { ...base, startedAt, endedAt, quantity: { value: distanceMetres, unit: 'metre' }, evidence }
}

/** Null where nothing was entered. Stops and minutes by the assumptions that stand beside the field. */
export function metresOf(
  draft: Pick<LogDraft, 'by' | 'km' | 'stops' | 'minutes'>,
  methodology: Methodology,
): number | null {
  switch (draft.by) {
    case 'distance':
      return draft.km === null || draft.km <= 0 ? null : Math.min(METRES_MAX, Math.round(draft.km * 1000))
    case 'stops': {
      const perStop = METRES_PER_STOP[methodology.code]
      return draft.stops === null || draft.stops <= 0 || !perStop ? null : Math.round(draft.stops) * perStop
    }
    case 'minutes': {
      if (draft.minutes === null || draft.minutes <= 0 || methodology.kind !== 'travel') return null
      const speed = methodology.typicalSpeedMetresPerHour.value
      return floorProduct([Math.round(draft.minutes), MINUTE_MS, speed], [HOUR_MS])
    }
  }
}

/** What the form shows as the start until the person says otherwise: so long ago that it has just ended. Whole minutes. */
export function startOf(draft: LogDraft, context: DraftContext): Instant {
  if (draft.startedAt !== null) return draft.startedAt
  return Math.floor((context.now - lengthOf(draft, context)) / MINUTE_MS) * MINUTE_MS
}

/** Of what nobody can have done nothing follows: its start is not moved back by days. */
function lengthOf(draft: LogDraft, context: DraftContext): number {
  const { methodology, pack } = context
  if (methodology.kind !== 'travel') return 0
  const metres = metresOf(draft, methodology)
  const given = lengthGiven(draft, metres, context)
  if (given !== null) return given > pack.maxTripHours.value * HOUR_MS ? 0 : given
  const question = questionOf(draft, context)
  if (question) return 0
  const length = metres ?? methodology.defaultMetres?.value ?? 0
  return typicalDurationMs(length, methodology.typicalSpeedMetresPerHour.value)
}

/** Minutes, where they were asked for: instead of the distance, or beside one that is long. */
function lengthGiven(
  draft: LogDraft,
  metres: number | null,
  { methodology, pack }: DraftContext,
): number | null {
  if (draft.minutes === null || draft.minutes <= 0) return null
  const isAsked = draft.by === 'minutes' || isLong(metres ?? 0, methodology, pack)
  return isAsked ? Math.round(draft.minutes) * MINUTE_MS : null
}

function isLong(metres: number, methodology: Methodology, pack: Pack): boolean {
  return metres > (mostWithoutEnd(methodology, pack) ?? Number.POSITIVE_INFINITY)
}

/** What the form asks about a quantity before it is logged: whether it can be at all, or how long it took. */
type Question = { readonly about: 'most' | 'time'; readonly most: number }

export function questionOf(
  draft: LogDraft,
  { methodology, pack }: Omit<DraftContext, 'home' | 'now'>,
): Question | null {
  const value = methodology.kind === 'travel' ? metresOf(draft, methodology) : draft.count
  const most = mostPlausible(methodology)
  if (value === null) return null
  if (most !== undefined && value > most) return { about: 'most', most }
  if (draft.by === 'minutes' || !isLong(value, methodology, pack)) return null
  return { about: 'time', most: mostWithoutEnd(methodology, pack) ?? 0 }
}

/** A whole day that is over. */
function carFreeTimes(draft: LogDraft, { now }: DraftContext): Pick<ActivityClaim, 'startedAt' | 'endedAt'> {
  const startedAt = startOfDay(draft.day ?? lastWholeDay(now))
  return { startedAt, endedAt: startedAt + DAY_MS }
}

export function lastWholeDay(now: Instant): Day {
  return addDays(dayOf(now), -1)
}

/** Mondays of the weeks that are over and not too old, the latest first. */
export function closedWeeks(now: Instant, maxAgeDays: number): readonly Day[] {
  const today = dayOf(now)
  const weeks: Day[] = []
  for (
    let monday = addDays(weekOfDay(today), -7);
    addDays(monday, maxAgeDays) >= today;
    monday = addDays(monday, -7)
  )
    weeks.push(monday)
  return weeks
}

interface PowerWeek {
  readonly beforeWattHours: number
  readonly weekWattHours: number
  /** Below one's own week before, net over the seven days; never below zero. */
  readonly savedWattHours: number
}

/** Readings a week before, at the start and at the end of the week. Undefined while one is missing or the meter runs backwards. */
export function powerWeek(readings: LogDraft['readings']): PowerWeek | 'missing' | 'backwards' {
  const [before, start, end] = readings.map((kwh) => (kwh === null ? null : Math.round(kwh * 1000)))
  if (before == null || start == null || end == null) return 'missing'
  if (start < before || end < start) return 'backwards'
  const [beforeWattHours, weekWattHours] = [start - before, end - start]
  return { beforeWattHours, weekWattHours, savedWattHours: Math.max(0, beforeWattHours - weekWattHours) }
}

function weekClaim(draft: LogDraft, { now }: DraftContext, base: ClaimBase): DraftClaim {
  const power = powerWeek(draft.readings)
  if (power === 'missing') return { missing: 'readings' }
  if (power === 'backwards') return { missing: 'readingsOrder' }
  const monday = draft.week ?? addDays(weekOfDay(dayOf(now)), -7)
  const startedAt = startOfDay(monday)
  const quantity: Quantity = { value: power.savedWattHours, unit: 'watt_hour' }
  return {
    claim: { ...base, startedAt, endedAt: startedAt + 7 * DAY_MS, quantity, evidence: { trust: 'manual' } },
  }
}

/** `2026-11-20T08:12` on Shandong's clock, whatever zone the phone is in. */
export function localText(at: Instant): string {
  const minutes = Math.floor((at - startOfDay(dayOf(at))) / MINUTE_MS)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${dayOf(at)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export function instantOf(text: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!match?.[1]) return null
  const at = startOfDay(match[1]) + Number(match[2]) * HOUR_MS + Number(match[3]) * MINUTE_MS
  return Number.isFinite(at) ? at : null
}
