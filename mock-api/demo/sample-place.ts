/** Where sample stations stand: spread evenly around a point inside each city's built-up area, the same at every start. Nobody's real station. */
import { cityById } from '../../src/content/registry.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import {
  bearingBetween,
  type CompassPoint,
  compassPointOf,
  metresBetween,
  type Place,
  placeAt,
} from '../../src/domain/base/place.ts'
import { shareOf } from './share.ts'

/** Turning on by this angle, as a sunflower sets its seeds, fills a circle evenly with any number of points. */
const GOLDEN_ANGLE = 180 * (3 - Math.sqrt(5))
/** About a metre. */
const GRID = 1e5

/** `index` of `count`, within so many metres of the centre. Two series differ, so that a charger does not stand in a bike dock. */
export function samplePlace(
  city: CityId,
  seed: { series: string; index: number; count: number; radiusMetres: number },
): Place {
  const { series, index, count, radiusMetres } = seed
  const jitter = shareOf(`${city} ${series} ${index}`) - 0.5
  const metres = radiusMetres * Math.sqrt((index + 0.5 + 0.4 * jitter) / count)
  const bearing = 360 * shareOf(`${city} ${series}`) + GOLDEN_ANGLE * index + 20 * jitter
  const { lat, lon } = placeAt(cityById(city).centre, { metres, bearing })
  return { lat: Math.round(lat * GRID) / GRID, lon: Math.round(lon * GRID) / GRID }
}

const ZH: Record<CompassPoint, string> = {
  n: '北',
  ne: '东北',
  e: '东',
  se: '东南',
  s: '南',
  sw: '西南',
  w: '西',
  nw: '西北',
}
const EN: Record<CompassPoint, string> = {
  n: 'north',
  ne: 'north-east',
  e: 'east',
  se: 'south-east',
  s: 'south',
  sw: 'south-west',
  w: 'west',
  nw: 'north-west',
}

/** Says where it is without naming a street: a sample must not claim a real address. */
export function sampleAddress(city: CityId, place: Place): { addressZh: string; addressEn: string } {
  const { centre } = cityById(city)
  const km = (metresBetween(centre, place) / 1000).toFixed(1)
  const point = compassPointOf(bearingBetween(centre, place))
  return {
    addressZh: `示例位置：市中心${ZH[point]}约 ${km} 公里`,
    addressEn: `Sample location: about ${km} km ${EN[point]} of the centre`,
  }
}
