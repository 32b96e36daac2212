/**
 * A pack of methodologies as data: versioned, dated, replaceable by a city without touching code. Every figure in it carries
 * its unit (in its name or beside it), its class and its source, or says that it is our own proposal.
 */

import type { CityId } from '../base/city.ts'
import type { Day } from '../base/time.ts'
import type { QuantityUnit, Trust } from '../evidence/activity.ts'

/** S: a published figure. D: derived by arithmetic from published ones. P: provisional, a weak or a single source. */
export type FactorClass = 'S' | 'D' | 'P'

export interface Source {
  readonly titleZh: string
  readonly titleEn: string
  readonly publisherZh: string
  readonly publisherEn: string
  /** Null where the document seen bears no year. */
  readonly year: number | null
  readonly noteZh: string
  readonly noteEn: string
}

export type FactorUnit = 'mg_per_km' | 'mg_per_kwh' | 'mg_per_kg' | 'mg_per_time'

/** A figure with how sure it is. Whole numbers, low ≤ central ≤ high. */
export interface Factor {
  readonly unit: FactorUnit
  readonly low: number
  readonly central: number
  readonly high: number
  /** False where nobody published a range: low and high are then our cautious stand-ins. */
  readonly rangeKnown: boolean
  readonly class: FactorClass
  readonly source: Source
  readonly bestBefore: Day
}

/** One figure without a range. */
export interface Figure {
  readonly value: number
  readonly unit: FactorUnit | 'per_mille' | 'g_per_litre' | 'g_per_tree_year'
  readonly class: FactorClass
  readonly source: Source
  readonly bestBefore: Day
}

/** A limit or a rate, its unit in its name: from a source, or our own proposal and marked so. */
export type Setting = { readonly value: number; readonly noteZh?: string; readonly noteEn?: string } & (
  | { readonly proposal: true }
  | { readonly source: Source }
)

export interface Limits {
  /** In the methodology's unit: the most that one act can be. Beyond it nothing is cut, it is not believed. */
  readonly maxPlausible?: Setting
  readonly minMetres?: Setting
  readonly maxMetresPerAct?: Setting
  /** Mean speed over the whole act, or over its moving part where a track tells it. */
  readonly minSpeedMetresPerHour?: Setting
  readonly maxSpeedMetresPerHour?: Setting
  /** Of a track: its peak, where it is less than the pack's `peakSpeedPerMille` allows. */
  readonly maxPeakMetresPerHour?: Setting
  /** Of a track: standing starts that end above 30 km/h within seconds. */
  readonly maxSurges?: Setting
  /** Of a track: how much the pace differs from minute to minute, at least. */
  readonly minSwayPerMille?: Setting
  readonly minHours?: Setting
  /** In the methodology's unit. */
  readonly dayQuantity?: Setting
  /** Acts a day; of a methodology counted in times, times a day. */
  readonly dayCount?: Setting
  readonly weekCount?: Setting
  readonly monthQuantity?: Setting
}

export type ActivityGroup = 'travel' | 'life' | 'recycle' | 'power'

interface MethodologyBase {
  readonly code: string
  readonly version: number
  readonly nameZh: string
  readonly nameEn: string
  readonly group: ActivityGroup
  readonly unit: QuantityUnit
  /** How many of `unit` make one unit of the factor: 1000 metres a kilometre. */
  readonly unitSize: number
  /** How sure the resulting reduction is. Null where there is none to be sure of. */
  readonly class: FactorClass | null
  readonly source: Source
  readonly bestBefore: Day
  readonly limits: Limits
  /** Absent: all five. */
  readonly cities?: readonly CityId[]
  readonly trusts: readonly Trust[]
  /** Zero grams by rule, and why in words. A methodology without a factor must say so. */
  readonly zero?: { readonly whyZh: string; readonly whyEn: string }
  /** Earns a badge instead of grams. */
  readonly badge?: true
  /** No grams: points by a published reward rule. */
  readonly pointsOnly: boolean
  /** Points a time, where the pack publishes them. */
  readonly pointsPerCount?: Setting
  readonly creditable: boolean
  /** The published figure that the central reduction should resemble, mg per unit of the factor. */
  readonly checkAgainst?: Figure
  readonly caveatZh?: string
  readonly caveatEn?: string
}

/** `grams = floor(km × (baseline − project) × substitution × evidence share)` */
export interface TravelMethodology extends MethodologyBase {
  readonly kind: 'travel'
  readonly project?: Factor
  readonly substitution?: Figure
  /** Counted when the person gives no distance. */
  readonly defaultMetres?: Setting
  /** For matching the same ride claimed twice without an end. */
  readonly typicalSpeedMetresPerHour: Setting
  /** The share where a track is all there is: it proves motion, not the vehicle. Absent: a track's own share. */
  readonly trackPerMille?: Setting
}

/** `grams = floor(units × reduction × evidence share)` */
export interface FixedMethodology extends MethodologyBase {
  readonly kind: 'fixed'
  readonly reduction?: Factor
  /** One act covers so many days, beginning on a Monday when it is a week. Absent: the act is a moment. */
  readonly daysPerAct?: 7
}

export type Methodology = TravelMethodology | FixedMethodology

export interface Pack {
  readonly id: string
  readonly version: number
  readonly titleZh: string
  readonly titleEn: string
  /** ISO 3166-2. */
  readonly region: string
  /** Shown wherever a figure of the pack is shown. */
  readonly demonstration: boolean
  readonly creditable: boolean
  readonly issuedOn: Day
  /** What is posted from this day on is decided by it. Absent: from the beginning. */
  readonly inForceOn?: Day
  /** In force for accounts of this city alone. Absent: for all. */
  readonly city?: CityId
  readonly bestBefore: Day
  /** One for all travel: otherwise two modes could be played against each other. */
  readonly baselineMgPerKm: Figure
  readonly evidencePerMille: Readonly<Record<Trust, Setting>>
  /** Over all acts. */
  readonly caps: {
    readonly manualDayGrams: Setting
    readonly manualMonthGrams: Setting
    /** Files alone, in packs that tell them from live tracks. */
    readonly importDayGrams?: Setting
    /** What the device alone vouches for: files and live tracks together. */
    readonly deviceDayGrams?: Setting
    /** Everything that is not a provider's. */
    readonly openDayGrams?: Setting
  }
  readonly reward: {
    readonly pointsPerGram: Setting
    readonly pointsPerYuan: Setting
    /** By the week and the year of the act. */
    readonly weekCapPoints: Setting
    readonly yearCapPoints: Setting
    /** Acts that no provider reports, over any seven days of posting: nothing is gained by dating back. */
    readonly openWeekPoints?: Setting
    /** The same over an account's first seven days, in which what was logged before signing in arrives at once. */
    readonly openFirstWeekPoints?: Setting
  }
  readonly maxAgeDays: Setting
  readonly maxFutureMinutes: Setting
  /** Longest trip that one claim may cover. */
  readonly maxTripHours: Setting
  /** Of a trip without an end: no longer than what typically takes so many hours. */
  readonly maxHoursWithoutEnd?: Setting
  /** A track's peak may exceed the limit of the mean speed by this share: downhill is not a car. */
  readonly peakSpeedPerMille: Setting
  /** What the numbers of one file can be. Absent in packs that took them as they came. */
  readonly tracks?: {
    readonly minPoints: Setting
    readonly maxPointsPerMinute: Setting
    readonly maxMinutesPerPoint: Setting
    readonly maxMeanOverPeakPerMille: Setting
  }
  /** What a track's motion can be. Absent in packs before version 3 of SD-demo. */
  readonly motion?: {
    readonly reachMetres: Setting
    readonly driftReachMetres: Setting
    readonly wanderPerMille: Setting
    readonly vehicleRoundsPerMille: Setting
    readonly hopsPerMille: Setting
    readonly repeatsPerMille: Setting
    readonly evenPerMille: Setting
    readonly strayMetres: Setting
    readonly strayPerMyriad: Setting
    readonly jitterCentimetres: Setting
    readonly roundPerMille: Setting
    readonly replayPerMille: Setting
    readonly replayUnprovenPerMille: Setting
    readonly replayTogetherPerMille: Setting
    readonly replayShared: Setting
    readonly replayFewShared: Setting
    readonly replayFewPerMille: Setting
  }
  /** When two claims are one act, so that better evidence takes the place of less. Absent in packs that rejected whatever came second. */
  readonly sameAct?: {
    /** Travel codes that are taken for each other. */
    readonly families: readonly (readonly string[])[]
    readonly sharedPerMille: Setting
    readonly lengthPerMille: Setting
    readonly collisionPerMille: Setting
    readonly momentMinutes: Setting
  }
  /** For people, never for points. */
  readonly comparisons: { readonly petrolLitre: Figure; readonly treeYear: Figure }
  readonly gridFactors: readonly (Figure & { readonly nameZh: string; readonly nameEn: string })[]
  readonly methodologies: readonly Methodology[]
}

/** In the order in which they came into force; the first one always was. */
export type Packs = readonly [Pack, ...Pack[]]

export function methodologyOf(pack: Pack, code: string): Methodology | undefined {
  return pack.methodologies.find((methodology) => methodology.code === code)
}
