/** What a person says happened: kind, time, quantity, evidence. The claim, before any verdict on it. */
import type { CityId } from '../base/city.ts'
import type { Instant } from '../base/time.ts'
import type { TrackMotion } from './track-motion.ts'

/** Smallest unit that any factor needs, chosen once: metres, watt-hours, grams of material, or times. */
export type QuantityUnit = 'metre' | 'watt_hour' | 'gram' | 'count'

export interface Quantity {
  /** Whole, not negative. */
  readonly value: number
  readonly unit: QuantityUnit
}

/** How far a claim is borne out. `provider` never comes from a device: only the backend, which checks the provider's signature, says so. */
export type Trust = 'provider' | 'gps' | 'import' | 'manual'

export type Evidence =
  | { readonly trust: 'manual' }
  | ({ readonly trust: 'import' | 'gps' } & TrackSummary)
  | { readonly trust: 'provider'; readonly provider: string; readonly reference: string }

/** What leaves the phone of a track: no place, only its length, its pace and a digest. */
export interface TrackSummary {
  /** SHA-256, hex, of the track's canonical text: the same ride cannot be claimed twice. */
  readonly digest: string
  /** Of all the file's points, where they hold more than this trip: what builds of 2026-11-21 claimed as `digest`. */
  readonly file?: string
  readonly points: number
  readonly movingSeconds: number
  readonly maxSpeedMetresPerHour: number
  /** Absent in what builds before 2026-11-30 send, and where the backend has not said that it reads it. */
  readonly motion?: TrackMotion
}

/** Their names on the wire. */
export const MOTION_MEMBER = 'activity.record.evidence.motion'
export const TEMPO_MEMBER = 'activity.record.evidence.motion.tempo'

export interface ActivityClaim {
  /** A code of the methodology pack: `bike`. */
  readonly code: string
  /** The city in which it happened; the city's rule says whose programme pays. */
  readonly city: CityId
  readonly startedAt: Instant
  /** Absent for acts without a length: a meal, a bag. */
  readonly endedAt?: Instant
  /** Absent where the person does not know it: the methodology's published default counts. */
  readonly quantity?: Quantity
  readonly evidence: Evidence
  /** How many stops the person gave, of which the quantity was made: 1 to STOPS_MAX. Shown again; the assessment does not look at it. */
  readonly stops?: number
  /** The person's own words, e.g. the line's number. At most NOTE_MAX characters. */
  readonly note?: string
}

export const NOTE_MAX = 200
