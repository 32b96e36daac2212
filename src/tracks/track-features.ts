// From togeojson's first feature to points. The document was rebuilt to hold one track with one segment, so that is all.
import type { TrackPoint } from '../domain/evidence/track-metrics.ts'

/** What is read of a feature. The library's types lean on the `geojson` package, which is not installed. */
interface LineFeature {
  readonly geometry: { readonly coordinates: readonly (readonly number[])[] }
  readonly properties: { readonly coordinateProperties?: { readonly times?: readonly string[] } }
}

export function pointsFrom(features: Iterable<unknown>): { points: TrackPoint[]; unreadable: number } {
  const points: TrackPoint[] = []
  let unreadable = 0
  for (const feature of features) {
    const { geometry, properties } = feature as LineFeature
    geometry.coordinates.forEach(([lon, lat], i) => {
      const at = instantOf(properties.coordinateProperties?.times?.[i] ?? '')
      if (lat === undefined || lon === undefined || Number.isNaN(at)) unreadable++
      else points.push({ lat, lon, at })
    })
    break
  }
  return { points, unreadable }
}

/** Both formats ask for UTC; without a zone `Date.parse` would take the phone's, and the digest would depend on it. */
function instantOf(text: string): number {
  const stamp = text.trim()
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(stamp)) return Number.NaN
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(stamp) ? stamp : `${stamp}Z`)
}
