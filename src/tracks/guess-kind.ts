// A first guess of how someone travelled, to preselect a tile. The person decides; the rules of the pack check.
import { metricsFor, type TrackMeasure } from '../domain/evidence/track-metrics.ts'
import type { ModeGuess, TravelMode } from '../domain/evidence/travel-mode.ts'
import type { Sport } from './sport.ts'

/** A brisk walk is 6 to 7 km/h; the demonstration pack credits walking up to 8. A run is above it and counts as nothing here. */
const WALK_SPEED_MAX = 8_000
/** A commuter's sprint; the pack credits cycling up to 30 km/h. A bus keeps to it only in a jam, an e-bike may pass it. */
const BIKE_SPEED_MAX = 30_000
/** A road bicycle downhill; a device that was set to cycling is believed until then. */
const RIDER_SPEED_MAX = 50_000
/** No runner is faster for long. Above it, what the device was set to was forgotten in a bus. */
const RUN_SPEED_MAX = 20_000

/** What each guess may be on average, for the gaps to be bridged: of vehicles, what a receiver believes at all. */
export const FASTEST_MEAN: Readonly<Record<TravelMode, number>> = {
  walk: WALK_SPEED_MAX,
  bike: BIKE_SPEED_MAX,
  vehicle: 200_000,
}

/** The file's word where the top speed fits it; else the pace, and not the mean: with all its stops a bus is no faster on average than a bicycle. */
export function guessKind(mode: ModeGuess, measured: TrackMeasure, sport?: Sport): TravelMode {
  const { maxSpeedMetresPerHour, recordedMetres, recordedSeconds } = measured
  // Nothing but gaps: the mean is all there is.
  const { distanceMetres, movingSeconds } = metricsFor(measured, FASTEST_MEAN.vehicle)
  const seconds = recordedSeconds || movingSeconds
  const mean = seconds > 0 ? ((recordedSeconds ? recordedMetres : distanceMetres) / seconds) * 3600 : 0
  const speed = maxSpeedMetresPerHour > 0 ? maxSpeedMetresPerHour : mean
  if ((sport === 'walk' || sport === 'run') && speed <= RUN_SPEED_MAX) return 'walk'
  if (sport === 'bike' && speed <= RIDER_SPEED_MAX) return 'bike'
  if (sport === 'vehicle') return 'vehicle'
  return mode.kind
}
