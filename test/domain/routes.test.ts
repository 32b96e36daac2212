/** Trips with a name: how they are named, ordered, joined with those of a file, and what is no route. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  moved,
  named,
  ROUTE_NAME_MAX,
  routeName,
  routesIn,
  without,
} from '../../src/domain/evidence/route-names.ts'
import { joined, type NamedRoute, ROUTES_MAX } from '../../src/domain/evidence/routes.ts'

const bus = (stops: number) =>
  ({ code: 'bus', quantity: { value: stops * 800, unit: 'metre' }, stops }) as const
const route = (name: string, stops: number): NamedRoute => ({ name, ...bus(stops) })

describe('a name', () => {
  test.each([
    [' 家→单位 ', '家→单位'],
    ['家\t→\n单位', '家 → 单位'],
    ['\u202e家\u200b', '家'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['', undefined],
    [' \u200b ', undefined],
    ['单'.repeat(ROUTE_NAME_MAX + 1), undefined],
  ])('%j is kept as %j', (typed, kept) => expect(routeName(typed)).toBe(kept))
})

describe('routes', () => {
  test('the same trip named again keeps its place, another is the last', () => {
    const two = named(named([], bus(3), '家→单位') ?? [], bus(5), '家→超市') ?? []
    expect(two.map(({ name }) => name)).toEqual(['家→单位', '家→超市'])
    expect(named(two, bus(3), '上班')?.map(({ name }) => name)).toEqual(['上班', '家→超市'])
  })

  test('what else stands in the act is not kept', () => {
    const act = { ...bus(3), note: '', at: 5, city: 'jinan' }
    expect(named([], act, '上班')).toEqual([route('上班', 3)])
  })

  test('more than can be read through are not taken', () => {
    const full = Array.from({ length: ROUTES_MAX }, (_, at) => route(`${at}`, at + 1))
    expect(named(full, bus(99), '再来')).toBeUndefined()
    expect(named(full, bus(1), '改名')).toHaveLength(ROUTES_MAX)
  })

  test('one moves by one place, and at the ends not at all', () => {
    const three = [route('a', 1), route('b', 2), route('c', 3)]
    const names = (routes: readonly NamedRoute[]) => routes.map(({ name }) => name).join('')
    expect(names(moved(three, 1, -1))).toBe('bac')
    expect(names(moved(three, 1, 1))).toBe('acb')
    expect(names(moved(three, 0, -1))).toBe('abc')
    expect(names(moved(three, 2, 1))).toBe('abc')
    expect(names(without(three, route('whatever', 2)))).toBe('ac')
  })

  test('of a file come those that the phone lacks, behind its own', () => {
    const own = [route('上班', 3)]
    expect(joined(own, [route('别的名字', 3), route('超市', 5)])).toEqual([...own, route('超市', 5)])
  })
})

describe('from a file that anybody may have written', () => {
  test.each([
    undefined,
    'routes',
    {},
    [null],
    [{ name: '家', code: 'bus; drop' }],
    [{ name: '\u202e家', code: 'bus' }],
    [{ name: ' 家', code: 'bus' }],
    [{ name: '单'.repeat(21), code: 'bus' }],
    [{ name: '家', code: 'bus', quantity: { value: -5, unit: 'metre' } }],
    [{ name: '家', code: 'bus', quantity: { value: 5, unit: 'parsec' } }],
    [{ name: '家', code: 'bus', stops: 2.5 }],
    [{ name: '家', code: 'bus', note: 5 }],
  ])('%j is none', (value) => expect(routesIn(value)).toEqual([]))

  test('what was written is read as it was', () => {
    const routes = [
      route('上班', 3),
      { name: '去河边', code: 'walk', quantity: { value: 900, unit: 'metre' }, note: '河东' } as const,
    ]
    const file = routes.map((one) => ({ ...one, colour: 'green' }))
    expect(routesIn([...file, ...file])).toEqual(routes)
  })

  test('never throws, and never gives more than the most', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(routesIn(value).length).toBeLessThanOrEqual(ROUTES_MAX)
      }),
    )
  })
})
