/** How far and in which direction, against distances and directions that are known from elsewhere. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bearingBetween,
  COMPASS_POINTS,
  compassPointOf,
  EARTH_RADIUS_METRES,
  metresBetween,
  placeAt,
} from '../../src/domain/base/place.ts'

const weifang = { lat: 36.707, lon: 119.162 }
const somewhere = fc.record({
  lat: fc.double({ min: -80, max: 80, noNaN: true }),
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
})

describe('distance', () => {
  it('a degree of a great circle is 1/360 of the way around, along a meridian and along the equator', () => {
    const degree = (2 * Math.PI * EARTH_RADIUS_METRES) / 360
    expect(metresBetween({ lat: 36, lon: 119 }, { lat: 37, lon: 119 })).toBeCloseTo(degree, 3)
    expect(metresBetween({ lat: 0, lon: 10 }, { lat: 0, lon: 11 })).toBeCloseTo(degree, 3)
    expect(Math.round(degree)).toBe(111_195)
  })

  it('London to Paris is the 344 km of the tables, to half a per cent', () => {
    const metres = metresBetween({ lat: 51.5074, lon: -0.1278 }, { lat: 48.8566, lon: 2.3522 })
    expect(Math.abs(metres / 343_560 - 1)).toBeLessThan(0.005)
  })

  it('is the same both ways, nothing from a place to itself, and half the earth to the other side', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (a, b) => {
        expect(metresBetween(a, b)).toBeCloseTo(metresBetween(b, a), 4)
        expect(metresBetween(a, a)).toBe(0)
        expect(metresBetween(a, b)).toBeLessThanOrEqual(Math.PI * EARTH_RADIUS_METRES)
      }),
    )
    const opposite = metresBetween({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })
    expect(opposite).toBeCloseTo(Math.PI * EARTH_RADIUS_METRES, 0)
  })

  it('keeps a metre apart from nothing', () => {
    const oneMetre = 1 / 111_195
    expect(metresBetween(weifang, { ...weifang, lat: weifang.lat + oneMetre })).toBeCloseTo(1, 3)
  })
})

describe('direction', () => {
  it('is 0, 90, 180 and 270 to the four sides of the equator, and never 360', () => {
    const here = { lat: 0, lon: 119 }
    expect(bearingBetween(here, { lat: 1, lon: 119 })).toBe(0)
    expect(bearingBetween(here, { lat: 0, lon: 120 })).toBeCloseTo(90, 9)
    expect(bearingBetween(here, { lat: -1, lon: 119 })).toBe(180)
    expect(bearingBetween(here, { lat: 0, lon: 118 })).toBeCloseTo(270, 9)
    expect(bearingBetween(here, here)).toBe(0)
    fc.assert(
      fc.property(somewhere, somewhere, (a, b) => {
        expect(bearingBetween(a, b)).toBeGreaterThanOrEqual(0)
        expect(bearingBetween(a, b)).toBeLessThan(360)
      }),
    )
  })

  it('London to Paris sets out to the south-east', () => {
    const degrees = bearingBetween({ lat: 51.5074, lon: -0.1278 }, { lat: 48.8566, lon: 2.3522 })
    expect(Math.round(degrees)).toBe(148)
    expect(compassPointOf(degrees)).toBe('se')
  })

  it.each([
    [0, 'n'],
    [22.4, 'n'],
    [22.6, 'ne'],
    [90, 'e'],
    [112.4, 'e'],
    [112.6, 'se'],
    [180, 's'],
    [225, 'sw'],
    [270, 'w'],
    [315, 'nw'],
    [337.4, 'nw'],
    [337.6, 'n'],
    [359.9, 'n'],
  ] as const)('%d degrees is called %s', (degrees, point) => {
    expect(compassPointOf(degrees)).toBe(point)
  })
})

it('whoever goes that far in that direction is that far away in that direction', () => {
  const ways = fc.record({
    metres: fc.integer({ min: 50, max: 15_000 }),
    bearing: fc.constantFrom(...COMPASS_POINTS.keys()).map((index) => index * 45),
  })
  fc.assert(
    fc.property(ways, (way) => {
      const there = placeAt(weifang, way)
      expect(Math.abs(metresBetween(weifang, there) - way.metres)).toBeLessThan(20)
      expect(compassPointOf(bearingBetween(weifang, there))).toBe(COMPASS_POINTS[way.bearing / 45])
    }),
  )
})
