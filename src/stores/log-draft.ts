/** What is half filled in on the 记录 page. In memory only: it outlives errors, a look at another page and another person's turn, not the app. */
import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import type { CityId } from '../domain/base/city.ts'
import type { Day, Instant } from '../domain/base/time.ts'
import type { LeftOut } from '../domain/evidence/left-out.ts'
import type { TrackMeasure } from '../domain/evidence/track-metrics.ts'
import { useDeviceStore } from './device.ts'

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
}

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
  }
}

export const useLogDraftStore = defineStore('log-draft', () => {
  const device = useDeviceStore()
  const draft = reactive<LogDraft>(emptyDraft())

  /** After recording: the kind stays chosen, the rest begins anew. */
  function clear(): void {
    const { code, city } = draft
    Object.assign(draft, emptyDraft(), { code, city })
  }

  function snapshot(): LogDraft {
    const trips = draft.trips?.map((trip) => ({ ...trip })) ?? null
    return { ...draft, readings: [...draft.readings], trips }
  }

  function restore(kept: LogDraft): void {
    Object.assign(draft, kept)
  }

  /** What one person has begun is never another one's; it waits for that person to come back, also from a sign-out in another tab. */
  const shelf = new Map<string, LogDraft>()
  watch(
    () => device.current?.ledgerId,
    (next, before) => {
      if (before !== undefined && !left.has(before)) shelf.set(before, snapshot())
      if (before === undefined && shelf.size === 0) return
      Object.assign(draft, (next === undefined ? undefined : shelf.get(next)) ?? emptyDraft())
    },
  )

  /** Ledgers that were left in this tab: nothing of them stays. */
  const left = new Set<string>()
  function forget(ledgerId: string): void {
    left.add(ledgerId)
    shelf.delete(ledgerId)
  }

  return { draft, clear, snapshot, restore, forget }
})
