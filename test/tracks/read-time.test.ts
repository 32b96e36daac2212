import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMoment } from '../../src/tracks/read-time.ts'

const at = Date.UTC(2026, 9, 23, 9, 10, 0)
const read = (text: string) => readMoment(text)?.at

describe('a moment in a track file', () => {
  it.each([
    ...['2026-10-23T09:10:00Z', '2026-10-23t09:10:00z', ' 2026-10-23T09:10Z\n', '2026-10-23 09:10:00 UTC'],
    ...['2026-10-23T09:10:00.000Z', '2026-10-23T09:10:00,0Z', '20261023T091000Z', '2026/10/23 09:10:00Z'],
    ...[
      '2026-10-23T17:10:00+08:00',
      '2026-10-23T17:10:00+08',
      '2026-10-23T17:10:00 +0800',
      '2026-10-23T04:10\u221205',
    ],
    ...[
      '2026-10-23T17:10:00+8',
      '2026-10-23T17:10:00+800',
      '2026-10-23 17:10:00 UTC+08:00',
      '2026-10-23T09:10:00 Z',
    ],
    ...['2026-10-23T09:10:00+00:00', '2026-10-23T24:00:00+14:50', '2026-10-23T09:09:60Z'],
    ...[
      '2026-10-23T09:10:00.000000+00:00Z',
      '2026-10-23 17:10:00 +0800 CST',
      '2026-10-23T17:10:00+0800 (CST)',
    ],
    ...['2026-10-23T04:10:00–05:00', '2026年10月23日 17:10:00+08:00', '2026-10-23, 17:10+08:00'],
    ...['2026-10-23T9:10:0Z', '2026-10-23T17:10:0.0+08:00'],
  ])('%s is read', (text) => {
    expect(read(text)).toBe(at)
  })

  it.each([
    ...['', 'Friday', '2026-10-23', '09:10:00', '1792746600', '2026-10-23T09Z', '2026-10-23T09:10:00 PM'],
    ...['2026-02-30T09:10:00Z', '2026-02-29T09:10:00Z', '2026-00-10T09:10:00Z', '2026-13-01T09:10:00Z'],
    ...[
      '2026-10-23T25:10:00Z',
      '2026-10-23T24:10:00Z',
      '2026-10-23T09:61:00Z',
      '2026-10-23T09:10:00+25:00',
      '2026-10-23T09:10:00Z+08',
      '2026-10-23T17:10:00+08:00Z',
      '2026-10-23 17:10:00 CST',
      '2026-10-23T09:10.5Z',
      '2026-10-23T9100Z',
    ],
  ])('%s is none, and is not rolled over', (text) => {
    expect(readMoment(text)).toBeUndefined()
  })

  it('29 February is a day in a leap year', () => {
    expect(read('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29))
  })

  it('without a zone it is Shandong’s, and said to be', () => {
    expect(readMoment('2026-10-23T17:10:00')).toEqual({ at, isLocal: true })
    expect(readMoment('2026-10-23T09:10:00Z')).toEqual({ at, isLocal: false })
  })

  it('any moment that a program writes comes back, and any text has an answer', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(read(date.toISOString())).toBe(date.getTime())
        },
      ),
    )
    fc.assert(
      fc.property(fc.string(), (text) => readMoment(text) === undefined || Number.isFinite(read(text))),
    )
  })
})
