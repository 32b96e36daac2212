import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import { motionOf } from '../../src/domain/evidence/track-motion.ts'
import { importTrack } from '../../src/tracks/import-track.ts'
import { bikeRide, fitOf, gpxOf, record, tcxOf } from '../support/tracks.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function essenceOf(content: string | Uint8Array<ArrayBuffer>) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const result = await importTrack({ name: 'x', bytes: bytes.buffer as ArrayBuffer }, sha256)
  // The word for a sport, which only some formats have, may change the guess: not what was measured.
  return result.status === 'ok'
    ? result.trips.map(({ digest, file, measured }) => ({ digest, file, measured }))
    : result
}

async function tripsIn(text: string) {
  const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer
  const result = await importTrack({ name: 'x', bytes }, sha256)
  return result.status === 'ok' ? result.trips : []
}

/** As a receiver holds them: semicircles and whole seconds, any order, several in one second. */
const stored = (degrees: number) => Math.round((degrees * 2 ** 31) / 180) * (180 / 2 ** 31)
const pointIn = (lat: readonly [number, number], lon: readonly [number, number]) =>
  fc.record({
    lat: fc.double({ min: lat[0], max: lat[1], noNaN: true }).map(stored),
    lon: fc.double({ min: lon[0], max: lon[1], noNaN: true }).map(stored),
    at: fc.integer({ min: 0, max: 600 }).map((second) => Date.UTC(2026, 4, 1) + second * 1000),
  })
const ride = fc.array(pointIn([35, 38], [115, 122]), { minLength: 2, maxLength: 40 })
/** Within two kilometres: fixes that go together, and have a motion. */
const nearRide = fc.array(pointIn([36, 36.02], [117, 117.02]), { minLength: 5, maxLength: 40 })
const always = (same: (points: TrackPoint[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(ride, same), { numRuns: 50 })

describe('the same ride is the same', () => {
  it('as GPX with seven or with all decimals, as TCX and as FIT', () =>
    always(async (points) => {
      const first = await essenceOf(gpxOf(points))
      for (const decimals of [7, 15]) {
        expect(await essenceOf(gpxOf(points, { decimals, name: 'other' }))).toEqual(first)
        expect(await essenceOf(tcxOf(points, decimals))).toEqual(first)
      }
      expect(await essenceOf(fitOf(points))).toEqual(first)
    }))

  it('in one segment or in many: one digest, and hardly another length', async () => {
    const points = record(bikeRide)
    const [whole] = await tripsIn(gpxOf(points))
    for (const segments of [2, 5, 40, points.length]) {
      const [trip, ...others] = await tripsIn(gpxOf(points, { segments }))
      expect(others).toEqual([])
      expect(trip?.digest).toBe(whole?.digest)
      // What smoothing does at an end, and no more; the most where each second is a segment of its own.
      expect(Math.abs(trip!.metrics.distanceMetres / whole!.metrics.distanceMetres - 1)).toBeLessThan(0.02)
      expect(Math.abs(trip!.metrics.movingSeconds / whole!.metrics.movingSeconds - 1)).toBeLessThan(0.05)
    }
  })

  it('with its points written backwards, or twice', () =>
    always(async (points) => {
      const first = await essenceOf(gpxOf(points))
      expect(await essenceOf(gpxOf([...points].reverse()))).toEqual(first)
      expect(await essenceOf(gpxOf([...points, ...points], { segments: 2 }))).toEqual(first)
    }))

  // Figures are rounded to whole ones: a hair of a centimetre is one of them somewhere.
  it('and moves alike, whatever its decimals and its order in the file', () => {
    const toSeven = (degrees: number) => Number(degrees.toFixed(7))
    fc.assert(
      fc.property(nearRide, (points) => {
        const motion = motionOf([points])
        const written = points.map(({ lat, lon, at }) => ({ lat: toSeven(lat), lon: toSeven(lon), at }))
        expect(motionOf([written])).toEqual(motion)
        expect(motionOf([[...points].reverse()])).toEqual(motion)
      }),
      { numRuns: 100 },
    )
  })
})
