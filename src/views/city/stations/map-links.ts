/**
 * A place handed over to a map app. Stations are in WGS-84, mainland maps draw in GCJ-02 (Baidu in its own): those that take a parameter for it
 * are told, so that they convert. Only the station's place goes along.
 */
import type { Place } from '../../../domain/base/place.ts'

type MapApp = 'device' | 'apple' | 'amap' | 'baidu'
type Platform = 'android' | 'apple' | 'other'

interface MapLink {
  readonly app: MapApp
  readonly href: string
}

const SOURCE = 'greentrace'

/** What the device can open: `geo:` is Android's, Apple's map is on Apple's devices; the other two have pages of their own everywhere. */
export function mapLinks(to: Place & { readonly name: string }, platform: Platform): MapLink[] {
  const lat = degrees(to.lat)
  const lon = degrees(to.lon)
  const name = encodeURIComponent(to.name)
  const own: MapLink[] = [
    ...(platform === 'android'
      ? [{ app: 'device', href: `geo:${lat},${lon}?q=${lat},${lon}(${name})` } as const]
      : []),
    ...(platform === 'apple'
      ? [{ app: 'apple', href: `https://maps.apple.com/?ll=${lat},${lon}&q=${name}` } as const]
      : []),
  ]
  return [
    ...own,
    {
      app: 'amap',
      href: `https://uri.amap.com/marker?position=${lon},${lat}&name=${name}&coordinate=wgs84&src=${SOURCE}&callnative=1`,
    },
    {
      app: 'baidu',
      href: `https://api.map.baidu.com/marker?location=${lat},${lon}&title=${name}&content=${name}&coord_type=wgs84&output=html&src=webapp.${SOURCE}.stations`,
    },
  ]
}

/** About a metre. */
export function degrees(value: number): string {
  return value.toFixed(5)
}

export function platformOf({ userAgent }: { userAgent: string }): Platform {
  if (/Android/.test(userAgent)) return 'android'
  return /iPhone|iPad|iPod|Macintosh/.test(userAgent) ? 'apple' : 'other'
}
