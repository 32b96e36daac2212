/** What a name may hold, what a text may hold, and which days and times there are. */
import { describe, expect, it } from 'vitest'
import {
  isPlainName,
  isPlainText,
  plainName,
  plainText,
  showsSomething,
} from '../../src/domain/base/plain-text.ts'
import { isRealDay, isRealTime } from '../../src/domain/base/time.ts'

describe('plain text', () => {
  it('is what people write, in any script, with pictures and over several lines', () => {
    for (const text of [
      '绿色出行周',
      'Öffi-Tag №7',
      '第一行\n第二行\t末',
      '👨‍👩‍👧 家',
      '❤️‍🔥',
      'مرحبا',
      'مرحبا \u200f5 km',
      '𠮷野',
    ])
      expect(isPlainText(text), text).toBe(true)
    for (const name of ['潍坊 · 市民广场', '👩🏽‍💻 Li', 'Café “5 路”', '𠮷野', 'می'])
      expect(isPlainName(name), name).toBe(true)
  })

  it('holds no control characters and no halves of characters', () => {
    for (const fault of [
      '\u0000',
      '\u0008',
      '\u000c',
      '\u001b',
      '\u007f',
      '\u009d',
      '\udc00',
      '\u202e',
      '\u202a',
      '\u2066',
      '\ud83d',
      '\uffff',
      '\u{2ffff}',
      '\u{10fffe}',
    ])
      for (const text of [`甲${fault}乙`, fault, `${fault}甲`]) {
        expect(isPlainText(text), JSON.stringify(text)).toBe(false)
        expect(isPlainName(text), JSON.stringify(text)).toBe(false)
        expect(plainText(text)).toBe(text.replaceAll(fault, ''))
      }
  })

  it('is one line as a name, reads the way it looks, and has nothing in it that nobody sees', () => {
    for (const fault of [
      '\n',
      '\u2029',
      '\u202d',
      '\u2067',
      '\u200f',
      '\ufffc', // what dictation leaves
      '\u200b',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u3164',
      '\u2800',
      '\u{1d173}',
      '\u{e0041}',
    ]) {
      expect(isPlainName(`甲${fault}乙`), JSON.stringify(fault)).toBe(false)
      expect(plainName(`甲${fault}乙`).replace(' ', '')).toBe('甲乙')
    }
    expect(plainName(' 👨‍👩‍👧\u202e家\u200b ')).toBe('👨‍👩‍👧家')
  })
})

describe('a day and a time', () => {
  it('exist in the calendar, leap days only where they are', () => {
    for (const day of ['2028-02-29', '2026-12-31', '2000-02-29']) expect(isRealDay(day), day).toBe(true)
    for (const day of [
      '2027-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-00-10',
      '2026-13-01',
      '2026-01-00',
      '0000-01-01',
      '2026-1-1',
    ])
      expect(isRealDay(day), day).toBe(false)
  })

  it('have hours to 23, no second that only clocks of observatories count, and a zone that people live in', () => {
    for (const time of [
      '2026-12-31T23:59:59+08:00',
      '2026-11-28T00:00:00-00:00',
      '2026-11-28T09:00:00+14:00',
    ])
      expect(isRealTime(time), time).toBe(true)
    for (const time of [
      '2026-11-31T08:00:00+08:00',
      '2026-11-28T24:00:00+08:00',
      '2026-11-28T08:60:00+08:00',
      '2026-12-31T23:59:60+08:00',
      '2026-11-28T08:00:00+14:30',
      '2026-11-28T08:00:00-15:00',
      '2026-11-28T08:00:00+08:61',
      '2026-11-28T08:00:00Z',
    ])
      expect(isRealTime(time), time).toBe(false)
  })
})

describe('what can be seen', () => {
  it.each(['', ' \u3000', '\u200b\u200d', '\u2800', '\ufe0f', '\u0301', '\u2066\u2069', '\u115f\ufe00'])(
    'is nothing of %j',
    (text) => {
      expect(showsSomething(text)).toBe(false)
    },
  )

  it.each(['好', '.', '👍', '❤️', '\u200b1', 'e\u0301', '\ue000'])('is something of %j', (text) => {
    expect(showsSomething(text)).toBe(true)
  })
})
