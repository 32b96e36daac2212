/** What is half filled in on the 记录 page, and a past act put into it. */
import { defineStore } from 'pinia'
import { type CityId, isCityId } from '../domain/base/city.ts'
import type { Day, Instant } from '../domain/base/time.ts'
import type { Quantity } from '../domain/evidence/activity.ts'
import type { LeftOut } from '../domain/evidence/left-out.ts'
import type { TrackMeasure } from '../domain/evidence/track-metrics.ts'
import { useDraft } from './drafts.ts'

/** One trip of a file as far as the record needs it. The places themselves are dropped once it is read. */
export interface DraftTrack {
  readonly fileName: string
  readonly digest: string
  readonly file?: string
  /** Its numbers follow the kind that the person chooses. */
  readonly measured: TrackMeasure
  /** Its times named no zone. */
  readonly isLocalTime: boolean
  /** Of the whole file. */
  readonly leftOut: LeftOut
}

/** One of several trips of a file: which kind it was, and whether it is recorded at all. */
export interface DraftTrip {
  readonly track: DraftTrack
  code: string
  isChosen: boolean
}

/** People know stops and minutes better than kilometres. */
export type DistanceBy = 'distance' | 'stops' | 'minutes'

export interface LogDraft {
  code: string
  /** Where it happened, when not at home. */
  city: CityId | null
  by: DistanceBy
  km: number | null
  stops: number | null
  minutes: number | null
  count: number | null
  /** Null follows the clock: the act has just ended. */
  startedAt: Instant | null
  note: string
  /** A day without the car. */
  day: Day | null
  /** Monday of the week whose power is settled, and the meter's three readings in kWh. */
  week: Day | null
  readings: [number | null, number | null, number | null]
  track: DraftTrack | null
  /** Where the file held several, in place of `track`. */
  trips: DraftTrip[] | null
  /** The numbers as they were typed, which are shown and never changed; what they mean stands in the fields of their names. */
  typed: { [Field in TypedField]?: string | null }
}

type TypedField = 'km' | 'stops' | 'minutes' | 'count' | 'reading0' | 'reading1' | 'reading2'

function emptyDraft(): LogDraft {
  return {
    code: '',
    city: null,
    by: 'distance',
    km: null,
    stops: null,
    minutes: null,
    count: 1,
    startedAt: null,
    note: '',
    day: null,
    week: null,
    readings: [null, null, null],
    track: null,
    trips: null,
    typed: {},
  }
}

const WAYS: readonly DistanceBy[] = ['distance', 'stops', 'minutes']

/** Field by field, as an older or a newer app may have kept it. */
function restore(stored: unknown): Partial<LogDraft> {
  const given: Partial<Record<keyof LogDraft, unknown>> =
    typeof stored === 'object' && stored !== null ? stored : {}
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const city = text(given.city)
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  const readings = Array.isArray(given.readings) ? given.readings : []
  const trips = Array.isArray(given.trips) ? given.trips.filter(isTrip) : []
  const typed = typeof given.typed === 'object' && given.typed !== null ? Object.entries(given.typed) : []
  return {
    code: text(given.code) ?? '',
    city: city !== null && isCityId(city) ? city : null,
    by: WAYS.find((way) => way === given.by) ?? 'distance',
    km: number(given.km),
    stops: number(given.stops),
    minutes: number(given.minutes),
    count: number(given.count),
    startedAt: number(given.startedAt),
    note: text(given.note) ?? '',
    day: text(given.day),
    week: text(given.week),
    readings: [number(readings[0]), number(readings[1]), number(readings[2])],
    track: isTrack(given.track) ? given.track : null,
    trips: trips.length > 0 ? trips : null,
    typed: Object.fromEntries(typed.filter(([, value]) => typeof value === 'string')),
  }
}

function isTrip(value: unknown): value is DraftTrip {
  if (typeof value !== 'object' || value === null || !('track' in value && 'code' in value)) return false
  return isTrack(value.track) && typeof value.code === 'string' && 'isChosen' in value
}

function isTrack(value: unknown): value is DraftTrack {
  if (typeof value !== 'object' || value === null || !('measured' in value && 'leftOut' in value))
    return false
  const { measured, leftOut } = value
  const hasMeasure = typeof measured === 'object' && measured !== null && 'gaps' in measured
  return hasMeasure && 'digest' in value && typeof leftOut === 'object' && leftOut !== null
}

/** The kind and the city stay chosen from one record to the next: they alone are nothing that anybody has typed. */
function isEmpty(draft: LogDraft): boolean {
  const { code, city, by } = draft
  return JSON.stringify(draft) === JSON.stringify({ ...emptyDraft(), code, city, by })
}

/** The form of an act under a name of its own. */
export function useLogDraft(form: string) {
  return useDraft<LogDraft>(form, emptyDraft, { restore, isEmpty })
}

export const useLogDraftStore = defineStore('log-draft', () => {
  const { draft } = useLogDraft('log')

  /** After recording: the kind and the way of counting stay chosen, the rest begins anew. */
  function clear(): void {
    const { code, city, by } = draft
    Object.assign(draft, emptyDraft(), { code, city, by })
  }

  function snapshot(): LogDraft {
    const trips = draft.trips?.map((trip) => ({ ...trip })) ?? null
    return { ...draft, readings: [...draft.readings], trips, typed: { ...draft.typed } }
  }

  function put(kept: LogDraft): void {
    Object.assign(draft, kept)
  }

  /** The same once more, as a form: the time is today's. Returns what it took the place of, if somebody had begun something. */
  function fill(act: {
    code: string
    quantity?: Quantity | undefined
    stops?: number | undefined
    note?: string | undefined
  }): LogDraft | undefined {
    const { code, quantity, stops = null, note = '' } = act
    const km = quantity?.unit === 'metre' && stops === null ? quantity.value / 1000 : null
    const count = quantity?.unit === 'count' ? quantity.value : 1
    return begin({ code, note, km, stops, by: stops === null ? 'distance' : 'stops', count })
  }

  /** A new form with these fields. Returns what it took the place of, if somebody had begun something. */
  function begin(given: Partial<LogDraft>): LogDraft | undefined {
    const before = isEmpty(draft) ? undefined : snapshot()
    Object.assign(draft, emptyDraft(), { city: draft.city, ...given })
    return before
  }

  return { draft, clear, snapshot, restore: put, fill, begin }
})
