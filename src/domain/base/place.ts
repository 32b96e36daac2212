/** Places on the earth in WGS-84 degrees, as receivers give them: how far one is from another, and in which direction. */

export interface Place {
  readonly lat: number
  readonly lon: number
}

/** Clockwise from north. */
export const COMPASS_POINTS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const

export type CompassPoint = (typeof COMPASS_POINTS)[number]

/** Mean earth radius, IUGG: a sphere of it is within 0.3 % of the ellipsoid on any distance here. */
export const EARTH_RADIUS_METRES = 6_371_009
const RADIANS_PER_DEGREE = Math.PI / 180

/** Great circle, by the haversine formula, which keeps its digits for places a few metres apart. `radiansPerUnit`: of lat and lon. */
export function metresBetween(from: Place, to: Place, radiansPerUnit = RADIANS_PER_DEGREE): number {
  const northing = Math.sin(((to.lat - from.lat) * radiansPerUnit) / 2) ** 2
  const easting = Math.sin(((to.lon - from.lon) * radiansPerUnit) / 2) ** 2
  const haversine =
    northing + Math.cos(from.lat * radiansPerUnit) * Math.cos(to.lat * radiansPerUnit) * easting
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

/** The direction in which one sets out, in degrees clockwise from north, 0 ≤ degrees < 360. From a place to itself: 0. */
export function bearingBetween(from: Place, to: Place): number {
  const [fromLat, toLat] = [from.lat * RADIANS_PER_DEGREE, to.lat * RADIANS_PER_DEGREE]
  const turn = (to.lon - from.lon) * RADIANS_PER_DEGREE
  const east = Math.sin(turn) * Math.cos(toLat)
  const north = Math.cos(fromLat) * Math.sin(toLat) - Math.sin(fromLat) * Math.cos(toLat) * Math.cos(turn)
  const degrees = Math.atan2(east, north) / RADIANS_PER_DEGREE
  return (degrees + 360) % 360
}

/** The nearest of eight directions: 22.5° to either side of each. */
export function compassPointOf(degrees: number): CompassPoint {
  return COMPASS_POINTS[Math.round(degrees / 45) % 8] as CompassPoint
}

/** Where one arrives that many metres away in that direction, on the flat: good to a metre over ten kilometres. */
export function placeAt(from: Place, way: { metres: number; bearing: number }): Place {
  const angle = way.bearing * RADIANS_PER_DEGREE
  const perMetre = 1 / (EARTH_RADIUS_METRES * RADIANS_PER_DEGREE)
  return {
    lat: from.lat + way.metres * Math.cos(angle) * perMetre,
    lon: from.lon + (way.metres * Math.sin(angle) * perMetre) / Math.cos(from.lat * RADIANS_PER_DEGREE),
  }
}
