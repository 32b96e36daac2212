/**
 * Sample public bikes of Weifang: a tenth of what the city's plan says was added in 2021 (measure wf-m-bike-2021: 200 stations, 8000 docks,
 * 5000 bikes), so 20 stations, 800 docks, 500 bikes. Simulated, as a function of station and time alone.
 *
 * Stations come in pairs of one size: near homes and near work. What leaves one in the morning stands at the other, the rest is being ridden,
 * so that never more bikes stand in docks than there are.
 */
import type { CityId } from '../../src/domain/base/city.ts'
import type { Place } from '../../src/domain/base/place.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { type DayCourse, dayCourse, lastReport } from './day-course.ts'
import { sampleAddress, samplePlace } from './sample-place.ts'
import { driftOf, shareOf, smoothStep } from './share.ts'

/** The cities whose plans speak of public bikes, with the measure. */
const MEASURES: Partial<Record<CityId, string>> = { weifang: 'wf-m-bike-2021' }

export const SAMPLE_BIKES = 500
const STATIONS = 20
/** Per pair; 40 on average, as in the plan. */
const CAPACITIES = [24, 32, 40, 48, 56]
/** How much of its docks a station gives away in the morning: near homes, and the same near work, the other way round. */
const SWINGS = [0.2, 0.5, 0.3, 0.6, 0.4]
const RADIUS_METRES = 4500
/** Of the workday's. */
const WEEKEND_SHARE = 0.4
/** At night nearly all stand: 492 of the 500. */
const STANDING_SHARE = 0.615
const RIDDEN_AT_PEAK = 0.09
const RIDDEN_BY_DAY = 0.03
const DRIFT = 0.08
/** What a station's own ups and downs last. */
const DRIFT_HOURS = 0.5

export interface BikeStation extends Place {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly addressZh: string
  readonly addressEn: string
  readonly measure: string
  readonly capacity: number
  readonly index: number
}

/** They add up to the capacity. */
interface BikeStatus {
  readonly bikes: number
  readonly bikesDisabled: number
  readonly docks: number
  readonly docksDisabled: number
  readonly isOpen: boolean
  readonly reportedAt: Instant
}

export function hasBikes(city: CityId): boolean {
  return MEASURES[city] !== undefined
}

export function bikeStations(city: CityId): BikeStation[] {
  const measure = MEASURES[city]
  if (measure === undefined) return []
  return Array.from({ length: STATIONS }, (_, index) => {
    // Seven has no divisor in common with twenty: neighbours in the list do not stand side by side.
    const seed = {
      series: 'bike',
      index: (index * 7) % STATIONS,
      count: STATIONS,
      radiusMetres: RADIUS_METRES,
    }
    const place = samplePlace(city, seed)
    const number = index + 1
    return {
      id: `${city}-bike-${String(number).padStart(2, '0')}`,
      nameZh: `示例 ${number} 号站`,
      nameEn: `Sample station ${number}`,
      ...sampleAddress(city, place),
      ...place,
      measure,
      capacity: CAPACITIES[pairOf(index) % CAPACITIES.length] as number,
      index,
    }
  })
}

/** What the station told when it last reported, at or before `tick`. One station a day, in turn, is shut and empty. */
export function bikeStatus({ id, index, capacity }: BikeStation, tick: Instant): BikeStatus {
  const today = dayCourse(tick)
  if ((today.dayNumber * 7) % STATIONS === index)
    return {
      bikes: 0,
      bikesDisabled: 0,
      docks: 0,
      docksDisabled: capacity,
      isOpen: false,
      reportedAt: today.dayStart,
    }
  const reportedAt = Math.max(today.dayStart, lastReport(tick, pairOf(index)))
  const course = dayCourse(reportedAt)
  const standing = Math.floor(capacity * filledShare(index, course))
  const broken = (what: string, most: number) =>
    Math.floor(shareOf(`${id} ${what} ${course.dayNumber}`) * (most + 1))
  const bikesDisabled = Math.min(standing, broken('bikes', 2))
  const docksDisabled = Math.min(capacity - standing, broken('docks', 1))
  return {
    bikes: standing - bikesDisabled,
    bikesDisabled,
    docks: capacity - standing - docksDisabled,
    docksDisabled,
    isOpen: true,
    reportedAt,
  }
}

const pairOf = (index: number) => index >> 1

/** Of a pair, what one has above the common share the other has below it: cut off at full and empty, the sum is never more. */
function filledShare(index: number, course: DayCourse): number {
  const pair = pairOf(index)
  const swing = SWINGS[pair % SWINGS.length] as number
  const at = (course.dayNumber * 24 + course.hours) / DRIFT_HOURS
  const tilt = swing * homeWave(course) + DRIFT * driftOf(`pair ${pair}`, at)
  const share = STANDING_SHARE - riddenShare(course.hours) + (index % 2 === 0 ? tilt : -tilt)
  return Math.min(1, Math.max(0, share))
}

/** 1 at night, when bikes stand near homes; −1 in working hours, less far down at weekends. */
function homeWave({ hours, isWorkday }: DayCourse): number {
  const away = smoothStep(hours, { from: 6.5, to: 9 }) - smoothStep(hours, { from: 16.5, to: 20 })
  return 1 - 2 * away * (isWorkday ? 1 : WEEKEND_SHARE)
}

/** Of all docks' worth of bikes, those under way: most at eight in the morning and at six. */
function riddenShare(hours: number): number {
  const peak = (at: number) =>
    smoothStep(hours, { from: at - 1.5, to: at }) - smoothStep(hours, { from: at, to: at + 1.5 })
  const byDay = smoothStep(hours, { from: 5.5, to: 7 }) - smoothStep(hours, { from: 20, to: 23 })
  return RIDDEN_AT_PEAK * (peak(8) + peak(18)) + RIDDEN_BY_DAY * byDay
}
