/** What an account has already used of its limits: all that an assessment needs to know of the past, and no more. */

import type { ActivityId } from '../base/ids.ts'
import type { Day, Instant, Month } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { TrackSummary, Trust } from '../evidence/activity.ts'

/** A counted trip, for matching the same ride claimed twice. */
export interface CountedTrip {
  readonly id: ActivityId
  readonly code: string
  readonly startedAt: Instant
  /** Absent when the person gave none. */
  readonly endedAt?: Instant
  readonly metres: number
}

export interface Usage {
  /** Counted quantity (in the methodology's unit) and number of counted acts of that code on the day. */
  ofDay(code: string, day: Day): { readonly quantity: number; readonly count: number }
  /** Counted acts of that code in the week that begins on the Monday. */
  countOfWeek(code: string, monday: Day): number
  quantityOfMonth(code: string, month: Month): number
  /** Reward grams on the day, by evidence. */
  gramsOfDay(day: Day): Readonly<Record<Trust, Grams>>
  manualGramsOfMonth(month: Month): Grams
  /** Points earned by acts whose day lies in the week or the year. */
  pointsOfWeek(monday: Day): Points
  pointsOfYear(year: string): Points
  /** Points of acts that no provider reports, posted in the seven days up to `at`, or since the account's first record in its first week. */
  openPointsPosted(at: Instant): { readonly points: Points; readonly isFirstWeek: boolean }
  /** Counted trips that began within a day of the instant. */
  tripsAround(at: Instant): readonly CountedTrip[]
  /** Whether a standing act has that track, or the whole file that the track is of, or a trip out of the file that the track is. */
  hasTrack(track: Pick<TrackSummary, 'digest' | 'file'>): boolean
}
