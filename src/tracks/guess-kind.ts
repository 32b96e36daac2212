// A first guess of how someone travelled, to preselect a tile. The person decides; the rules of the pack check.
import type { TrackMetrics } from '../domain/evidence/track-metrics.ts'

export type TrackKind = 'walk' | 'bike' | 'vehicle'

/** A brisk walk is 6 to 7 km/h; the demonstration pack credits walking up to 8. A run is above it and counts as nothing here. */
export const WALK_SPEED_MAX = 8_000
/** A commuter's sprint; the pack credits cycling up to 30 km/h. A bus keeps to it only in a jam, an e-bike may pass it. */
export const BIKE_SPEED_MAX = 30_000

/** By the top speed, not the mean: with all its stops a bus is on average no faster than a bicycle. */
export function guessKind(metrics: TrackMetrics): TrackKind {
  const { maxSpeedMetresPerHour, distanceMetres, movingSeconds } = metrics
  // Nothing but gaps: the mean is all there is.
  const mean = movingSeconds > 0 ? (distanceMetres / movingSeconds) * 3600 : 0
  const speed = maxSpeedMetresPerHour > 0 ? maxSpeedMetresPerHour : mean
  if (speed <= WALK_SPEED_MAX) return 'walk'
  return speed <= BIKE_SPEED_MAX ? 'bike' : 'vehicle'
}
