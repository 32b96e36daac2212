/** What a person types for a number: understood where there is no doubt, said to be unclear where there is one, never taken for something else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldRule, type FieldUnit, readField } from '../../src/domain/base/read-amount.ts'

const rule = (unit: FieldUnit, more: Partial<FieldRule> = {}): FieldRule => ({
  unit,
  decimals: unit === 'km' || unit === 'kg' || unit === 'kWh' ? 2 : 0,
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  ...more,
})
/** The number, or why there is none. */
function taken(text: string, unit: FieldUnit = 'km', more: Partial<FieldRule> = {}): number | string {
  const read = readField(text, rule(unit, more))
  return read.kind === 'number' ? read.value : read.kind === 'unclear' ? read.why : read.kind
}

describe('a number without doubt', () => {
  it.each([
    ['8.9', 8.9],
    ['８．９', 8.9],
    ['3０', 30],
    ['8。9', 8.9],
    ['8，9', 8.9],
    ['8,95', 8.95],
    ['0,500', 0.5],
    ['1，240', 1240],
    ['12,480.5', 12480.5],
    ['1,240，500', 1240500],
    ['1 240', 1240],
    ['\u00a012\u3000', 12],
    ['\u200b12\ufeff', 12],
    ['3.', 3],
    ['.5', 0.5],
    ['+5', 5],
    ['-0', 0],
    ['三', 3],
    ['两公里', 2],
    ['十五公里', 15],
    ['二十公里', 20],
    ['一百零五', 105],
    ['一百二十三公里', 123],
    ['三点五公里', 3.5],
    ['五十千米', 50],
    ['半公里', 0.5],
    ['三公里半', 3.5],
  ])('%s is %d', (text, value) => expect(taken(text)).toBe(value))
})

describe('the field’s own unit', () => {
  it.each([
    ['30公里', 'km', 30],
    ['30 公里。', 'km', 30],
    ['３０ｋｍ', 'km', 30],
    ['30 KM', 'km', 30],
    ['30㎞', 'km', 30],
    ['30千米', 'km', 30],
    ['三千米', 'km', 3],
    ['3站', 'stop', 3],
    ['3 站路', 'stop', 3],
    ['20分钟', 'minute', 20],
    ['20 min', 'minute', 20],
    ['２次', 'count', 2],
    ['12.5度', 'kWh', 12.5],
    ['12.5 kWh', 'kWh', 12.5],
    ['10 公斤', 'kg', 10],
    ['10㎏', 'kg', 10],
  ] as const)('%s in %s is %d', (text, unit, value) => {
    expect(readField(text, rule(unit))).toEqual({ kind: 'number', value, isPlain: false, isConverted: false })
  })

  it('may be a word of the kind: 3餐, where meals are counted, and nowhere else', () => {
    expect(taken('3餐', 'count', { words: ['餐'] })).toBe(3)
    expect(taken('3餐', 'count', { words: ['棵'] })).toBe('words')
    expect(taken('3 Meals', 'count', { words: ['meals'] })).toBe(3)
  })
})

describe('another unit', () => {
  it.each([
    ['30里', 'km', 15],
    ['30 华里', 'km', 15],
    ['500米', 'km', 0.5],
    ['500m', 'km', 0.5],
    ['1公里500米', 'km', 1.5],
    ['3 miles', 'km', 4.83],
    ['1小时', 'minute', 60],
    ['1小时20分', 'minute', 80],
    ['1h20min', 'minute', 80],
    ['半小时', 'minute', 30],
    ['一个半小时', 'minute', 90],
    ['两小时半', 'minute', 150],
    ['三刻钟', 'minute', 45],
    ['10斤', 'kg', 5],
    ['800克', 'kg', 0.8],
    ['500Wh', 'kWh', 0.5],
  ] as const)('%s in %s is converted to %d, and known to be so', (text, unit, value) => {
    expect(readField(text, rule(unit))).toEqual({ kind: 'number', value, isPlain: false, isConverted: true })
  })

  it.each([
    ['30站', 'km', '站'],
    ['30度', 'km', '度'],
    ['30分钟', 'km', '分钟'],
    ['8000步', 'km', '步'],
    ['30kg', 'km', 'kg'],
    ['3公里', 'stop', '公里'],
    ['3米', 'minute', '米'],
    ['5元', 'kg', '元'],
  ] as const)('%s in %s is refused by name', (text, unit, word) => {
    expect(readField(text, rule(unit))).toEqual({ kind: 'unclear', why: 'unit', word })
  })
})

describe('what is in doubt', () => {
  it.each([
    ['', 'empty'],
    [' \u3000', 'empty'],
    ['abc', 'words'],
    ['很远', 'words'],
    ['公里', 'words'],
    ['30多公里', 'words'],
    ['约30', 'words'],
    ['三四公里', 'words'],
    ['一百五', 'words'],
    ['十几', 'words'],
    ['3²', 'words'],
    ['½', 'words'],
    ['①', 'words'],
    ['1e9', 'several'],
    ['0x10', 'several'],
    ['-', 'words'],
    ['∞', 'words'],
    ['1.2.3', 'words'],
    ['3-5公里', 'several'],
    ['3、5', 'several'],
    ['3 5', 'several'],
    ['3/4', 'several'],
    ['1.240,5', 'words'],
    ['12,34,567', 'words'],
    ['500米1公里', 'several'],
    ['-2', 'negative'],
    ['－2公里', 'negative'],
    ['9'.repeat(17), 'words'],
  ])('%s is %s', (text, why) => expect(taken(text)).toBe(why))

  it('half a stop, less than one and more than the most are named', () => {
    expect(taken('1.5', 'stop')).toBe('whole')
    expect(taken('90秒', 'minute')).toBe('unit')
    expect(taken('0', 'count', { min: 1 })).toBe('low')
    expect(taken('1001', 'kg', { max: 1000 })).toBe('high')
  })
})

describe('for whatever is typed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789.,，。 -+公里米站度千百十半一二三kmh²½①') }),
  )

  it('a number is never read where no digit or numeral stands, and never one that was not asked for', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('km', 'stop', 'minute', 'count', 'kWh', 'kg'), (text, unit) => {
        const read = readField(text, rule(unit as FieldUnit, { max: 5000 }))
        if (read.kind !== 'number') return
        expect(text).toMatch(/[0-9０-９零〇一二两三四五六七八九十半]/u)
        expect(read.value).toBeGreaterThanOrEqual(0)
        expect(read.value).toBeLessThanOrEqual(5000)
      }),
    )
  })

  it('full-width digits, spaces around and the unit behind change no value', () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.constantFrom('', '公里', ' km', '千米'),
        (n, unit) => {
          const value = n / 100
          expect(taken(`${value}${unit}`)).toBe(value)
          expect(taken(wide(` ${value}${unit} `))).toBe(value)
        },
      ),
    )
  })

  it('a unit that is not the field’s never leaves the bare number', () => {
    const foreign = [
      '里',
      '米',
      'm',
      '英里',
      '站',
      '度',
      '分钟',
      '步',
      '斤',
      'kg',
      '元',
      '小时',
      '多',
      'x',
      '²',
    ]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(...foreign), (n, unit) => {
        expect(taken(`${n}${unit}`)).not.toBe(n)
      }),
    )
  })
})
