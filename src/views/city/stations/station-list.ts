/** Which stations are shown, in which order: of one kind, by a filter, favourites first, the nearest first. Pure. */
import type { EnergyService, Station, StationKind } from '../../../contract/stations.ts'
import {
  bearingBetween,
  type CompassPoint,
  compassPointOf,
  metresBetween,
  type Place,
} from '../../../domain/base/place.ts'

export const STATION_KINDS = ['bike', 'charging', 'energy'] as const

export type StationFilter = 'all' | 'take' | 'return' | 'free' | 'fast' | EnergyService

export interface StationRow {
  readonly station: Station
  readonly metres: number
  readonly bearing: number
  readonly point: CompassPoint
  readonly isFavourite: boolean
}

/** Charges an empty car within about the hour. */
const FAST_KW = 60
/** Streets are not straight: about a third more than the air line, at an unhurried 4.5 km/h. */
const DETOUR = 1.3
const WALK_METRES_PER_MINUTE = 75
/** Nearer than a receiver's error, a direction would be made up. */
export const HERE_METRES = 30

const SERVICE_ORDER: readonly EnergyService[] = ['swapping', 'hydrogen', 'gas', 'petrol']

export function rowsOf(
  stations: readonly Station[],
  view: { kind: StationKind; filter: StationFilter; from: Place; favourites: readonly string[] },
): StationRow[] {
  return stations
    .filter((station) => station.kind === view.kind && passes(station, view.filter))
    .map((station) => {
      const bearing = bearingBetween(view.from, station)
      return {
        station,
        metres: metresBetween(view.from, station),
        bearing,
        point: compassPointOf(bearing),
        isFavourite: view.favourites.includes(station.id),
      }
    })
    .sort((a, b) => Number(b.isFavourite) - Number(a.isFavourite) || a.metres - b.metres)
}

/** The filters that make sense for a kind: of services, only those that some station there has. */
export function filtersOf(stations: readonly Station[], kind: StationKind): StationFilter[] {
  switch (kind) {
    case 'bike':
      return ['all', 'take', 'return']
    case 'charging':
      return ['all', 'free', 'fast']
    case 'energy': {
      const offered = new Set(stations.flatMap((one) => (one.kind === 'energy' ? one.services : [])))
      return ['all', 'free', ...SERVICE_ORDER.filter((service) => offered.has(service))]
    }
  }
}

export function passes(station: Station, filter: StationFilter): boolean {
  if (filter === 'all') return true
  if (!station.isOpen) return false
  if (station.kind === 'bike')
    return filter === 'take' ? station.bikes > 0 : filter === 'return' && station.docks > 0
  if (filter === 'free') return freePlugs(station) > 0
  if (filter === 'fast') return station.connectors.some(({ powerKw, free }) => powerKw >= FAST_KW && free > 0)
  return station.kind === 'energy' && station.services.some((service) => service === filter)
}

type PluggedStation = Exclude<Station, { kind: 'bike' }>

export function freePlugs({ connectors }: PluggedStation): number {
  return connectors.reduce((sum, { free }) => sum + free, 0)
}

export function allPlugs({ connectors }: PluggedStation): number {
  return connectors.reduce((sum, { total }) => sum + total, 0)
}

/** What stands on a station's mark: bikes to take, or docks to return to when that is what one looks for; free plugs. */
export function markNumber(station: Station, filter: StationFilter): number {
  if (!station.isOpen) return 0
  if (station.kind === 'bike') return filter === 'return' ? station.docks : station.bikes
  return freePlugs(station)
}

export function walkMinutes(metres: number): number {
  return Math.max(1, Math.round((metres * DETOUR) / WALK_METRES_PER_MINUTE))
}

/** Beyond three quarters of an hour nobody asks how long it takes on foot. */
export const WALK_METRES_MAX = 2500
