/** What the stations page works out without a screen: order, filters, the picture's geometry, the ways into map apps, and the age of the counts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Station } from '../../../src/contract/stations.ts'
import { placeAt } from '../../../src/domain/base/place.ts'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { language } from '../../../src/text/language.ts'
import { mapLinks, platformOf } from '../../../src/views/city/stations/map-links.ts'
import {
  nearestPoint,
  pointOf,
  RADII_METRES,
  radiusFor,
  ringPercent,
} from '../../../src/views/city/stations/plot-geometry.ts'
import {
  filtersOf,
  markNumber,
  passes,
  rowsOf,
  walkMinutes,
} from '../../../src/views/city/stations/station-list.ts'
import { countParts, countWords } from '../../../src/views/city/stations/station-words.ts'
import { updatedText } from '../../../src/views/city/stations/updated-text.ts'

const centre = { lat: 36.707, lon: 119.162 }
const NOON = startOfDay('2026-11-20') + 12 * 3600_000

function bike(id: string, more: Partial<Extract<Station, { kind: 'bike' }>> = {}): Station {
  const base = {
    nameZh: id,
    nameEn: id,
    addressZh: '',
    addressEn: '',
    measure: 'wf-m-bike-2021',
    sample: true,
  }
  return {
    ...base,
    id,
    kind: 'bike',
    ...centre,
    isOpen: true,
    reportedAt: NOON,
    bikes: 5,
    docks: 3,
    capacity: 9,
    ...more,
  }
}

function plugs(kind: 'charging' | 'energy', more: object = {}): Station {
  const connectors = [
    { type: 'ac', powerKw: 7, total: 4, free: 2 },
    { type: 'dc', powerKw: 120, total: 6, free: 0 },
  ]
  return { ...bike('plug'), kind, connectors, services: ['charging', 'hydrogen'], ...more } as Station
}

const away = (metres: number, bearing: number) => placeAt(centre, { metres, bearing })

describe('the list', () => {
  const near = bike('near', away(300, 90))
  const far = bike('far', away(2500, 180))
  const loved = bike('loved', away(4000, 0))

  it('has favourites first, then the nearest, with the direction as one would point', () => {
    const view = { kind: 'bike', filter: 'all', from: centre, favourites: ['loved'] } as const
    const rows = rowsOf([far, near, loved, plugs('charging')], view)
    expect(rows.map(({ station, point, isFavourite }) => [station.id, point, isFavourite])).toEqual([
      ['loved', 'n', true],
      ['near', 'e', false],
      ['far', 's', false],
    ])
    expect(Math.round(rows[1]?.metres ?? 0)).toBe(300)
  })

  it('measures from where one says: from the far one, that one is nearest', () => {
    const rows = rowsOf([near, far], { kind: 'bike', filter: 'all', from: far, favourites: [] })
    expect(rows[0]).toMatchObject({ station: { id: 'far' }, metres: 0 })
  })

  it.each([
    [bike('some'), { all: true, take: true, return: true }],
    [bike('no bikes', { bikes: 0 }), { all: true, take: false, return: true }],
    [bike('full', { docks: 0 }), { all: true, take: true, return: false }],
    [bike('shut', { isOpen: false }), { all: true, take: false, return: false }],
    [plugs('charging'), { all: true, free: true, fast: false }],
    [plugs('energy'), { all: true, free: true, hydrogen: true, swapping: false }],
    [plugs('energy', { isOpen: false }), { all: true, free: false, hydrogen: false }],
  ])('filters what serves the purpose: %o', (station, expected) => {
    const filters = Object.keys(expected) as (keyof typeof expected)[]
    expect(Object.fromEntries(filters.map((each) => [each, passes(station, each)]))).toEqual(expected)
  })

  it('offers only services that somebody there has', () => {
    expect(filtersOf([plugs('energy')], 'energy')).toEqual(['all', 'free', 'hydrogen'])
    expect(filtersOf([], 'bike')).toEqual(['all', 'take', 'return'])
  })

  it('marks what one looks for: bikes, docks when returning, free plugs; nothing where it is shut', () => {
    expect(markNumber(bike('some'), 'take')).toBe(5)
    expect(markNumber(bike('some'), 'return')).toBe(3)
    expect(markNumber(plugs('charging'), 'all')).toBe(2)
    expect(markNumber(bike('shut', { isOpen: false }), 'all')).toBe(0)
  })

  it('says a zero in words, not as a number to be overlooked, and counts what is broken', () => {
    language.value = 'zh-CN'
    expect(countWords(bike('some'))).toEqual(['5 辆可借', '3 位可还'])
    expect(countWords(bike('none', { bikes: 0, docks: 0 }))).toEqual(['没车可借', '没位可还'])
    expect(countWords(plugs('charging'))).toEqual(['空枪 2 / 10', '最快 120 千瓦'])
    expect(countWords(plugs('energy'))).toEqual(['空枪 2 / 10', '加氢'])
    expect(countParts(bike('some'))).toEqual({ filled: 5, hollow: 3, off: 1 })
  })

  it('five hundred metres are nine minutes on foot, and no way takes none', () => {
    expect(walkMinutes(500)).toBe(9)
    expect(walkMinutes(5)).toBe(1)
  })
})

describe('the picture', () => {
  it('has north up, east right, and one scale both ways', () => {
    const view = { middle: centre, radius: 1000 }
    const reach = ringPercent(0.5)
    const at = (bearing: number) => pointOf(away(500, bearing), view)
    expect(at(0)).toMatchObject({ x: expect.closeTo(50, 1), y: expect.closeTo(50 - reach, 1) })
    expect(at(90)).toMatchObject({ x: expect.closeTo(50 + reach, 1), y: expect.closeTo(50, 1) })
    expect(at(180)).toMatchObject({ x: expect.closeTo(50, 1), y: expect.closeTo(50 + reach, 1) })
    expect(at(270)).toMatchObject({ x: expect.closeTo(50 - reach, 1), y: expect.closeTo(50, 1) })
  })

  it('holds what is within its radius inside its edge, and nothing else', () => {
    const anywhere = fc.record({
      metres: fc.integer({ min: 0, max: 60_000 }),
      bearing: fc.integer({ min: 0, max: 359 }),
    })
    fc.assert(
      fc.property(anywhere, fc.constantFrom(...RADII_METRES), ({ metres, bearing }, radius) => {
        fc.pre(Math.abs(metres - radius) > 0.01 * radius)
        const point = pointOf(away(metres, bearing), { middle: centre, radius })
        expect(point !== undefined).toBe(metres < radius)
        if (point) expect(Math.hypot(point.x - 50, point.y - 50)).toBeLessThanOrEqual(50)
      }),
    )
  })

  it('begins with the eight nearest, or all where there are fewer', () => {
    expect(radiusFor([400, 100, 90_000])).toBe(50_000)
    expect(radiusFor([100, 200, 300, 400, 450, 460, 470, 480, 9000])).toBe(500)
    expect(radiusFor([])).toBe(500)
  })

  it('a tap takes the nearest mark within reach, and none far from all', () => {
    const marks = [
      { id: 'a', x: 20, y: 20 },
      { id: 'b', x: 30, y: 20 },
    ]
    expect(nearestPoint(marks, { x: 26, y: 22 }, 12)?.id).toBe('b')
    expect(nearestPoint(marks, { x: 80, y: 80 }, 12)).toBeUndefined()
  })
})

describe('the way into a map app', () => {
  const to = { ...centre, name: '示例 1 号站 & 更多' }
  const url = (platform: 'android' | 'apple' | 'other', app: string) =>
    mapLinks(to, platform).find((link) => link.app === app)?.href ?? ''

  it('tells Amap and Baidu that these are WGS-84, each in its own order of coordinates', () => {
    const amap = new URL(url('other', 'amap'))
    expect(amap.searchParams.get('position')).toBe('119.16200,36.70700')
    expect(amap.searchParams.get('coordinate')).toBe('wgs84')
    expect(amap.searchParams.get('name')).toBe(to.name)
    const baidu = new URL(url('other', 'baidu'))
    expect(baidu.searchParams.get('location')).toBe('36.70700,119.16200')
    expect(baidu.searchParams.get('coord_type')).toBe('wgs84')
    expect(baidu.searchParams.get('title')).toBe(to.name)
  })

  it('offers the phone’s own map where there is one: geo: on Android, Apple’s on Apple’s', () => {
    expect(url('android', 'device')).toMatch(/^geo:36\.70700,119\.16200\?q=36\.70700,119\.16200\(%E7/)
    expect(new URL(url('apple', 'apple')).searchParams.get('ll')).toBe('36.70700,119.16200')
    expect(mapLinks(to, 'other').map(({ app }) => app)).toEqual(['amap', 'baidu'])
    expect(mapLinks(to, 'apple').map(({ app }) => app)).toEqual(['apple', 'amap', 'baidu'])
    expect(platformOf({ userAgent: 'Mozilla/5.0 (Linux; Android 15; HUAWEI)' })).toBe('android')
    expect(platformOf({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' })).toBe('apple')
    expect(platformOf({ userAgent: 'Mozilla/5.0 (Windows NT 10.0)' })).toBe('other')
  })
})

describe('how old the counts are', () => {
  const at = NOON - 77 * 60_000
  const told = (now: number, more: { isOnline?: boolean; hasProblem?: boolean } = {}) =>
    updatedText(at, { now, isOnline: true, hasProblem: false, ...more })

  it('is told in minutes for an hour, then by the clock; a clock that runs behind is no negative age', () => {
    language.value = 'zh-CN'
    expect(told(at + 59_000)).toBe('刚刚更新')
    expect(told(at - 59_000)).toBe('刚刚更新')
    expect(told(at + 3 * 60_000)).toBe('3 分钟前更新')
    expect(told(at + 61 * 60_000)).toBe('10:43 更新')
  })

  it('without a way to the backend it says which, and of when the data are; the day too when it is not today’s', () => {
    expect(told(NOON, { isOnline: false })).toBe('断网，显示 10:43 的数据')
    expect(told(NOON, { hasProblem: true })).toBe('连不上服务器，显示 10:43 的数据')
    expect(told(NOON + 86_400_000, { isOnline: false })).toBe('断网，显示 昨天 10:43 的数据')
  })
})
