/** What people say they did, and what the form makes of it: what is beyond doubt, when it was, and what is refused with its reason. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readSentence, type SaidAct, SENTENCE_MAX } from '../../src/content/act-sentence.ts'
import { readField } from '../../src/domain/base/read-amount.ts'
import { DAY_MS, HOUR_MS, startOfDay, zonedTime } from '../../src/domain/base/time.ts'
import { SD_DEMO_V2 } from '../../src/domain/methodology/packs/index.ts'

/** A Thursday, half past five in the afternoon. */
const NOW = startOfDay('2026-11-26') + 17.5 * HOUR_MS
const read = (text: string, now = NOW): SaidAct => readSentence(text, { now, pack: SD_DEMO_V2 })

/** `bus 3 stop 5路 @11-25T17:30 !future > 坐地铁5站` */
function inShort({ code, amount, minutes, line, at, doubts, rest }: SaidAct): string {
  return [
    code ?? '?',
    amount && `${amount.value} ${amount.unit}`,
    minutes !== undefined && `${minutes} min`,
    line,
    at !== null && `@${zonedTime(at).slice(5, 16)}`,
    ...doubts.map((doubt) => `!${doubt}`),
    rest && `> ${rest}`,
  ]
    .filter(Boolean)
    .join(' ')
}

const SAID: readonly (readonly [string, string])[] = [
  ['今天坐5路3站', 'bus 3 stop 5路'],
  ['昨天骑车3公里半', 'bike 3.5 km @11-25T17:30'],
  ['早上走路20分钟', 'walk 20 minute @11-26T08:00'],
  ['地铁6站', 'metro 6 stop'],
  ['坐公交去上班 2.5km', 'bus 2.5 km'],
  ['拼车十二公里', 'nev-ride 12 km !newEnergy'],
  ['rode 3 km this morning', 'bike 3 km @11-26T08:00'],
  ['bus 3 stops yesterday', 'bus 3 stop @11-25T17:30'],
  ['走到车站再坐地铁5站', 'walk > 坐地铁5站'],
  ['昨天走路去车站，再坐地铁5站', 'walk @11-25T17:30 > 昨天 坐地铁5站'],
  ['１２站地铁', 'metro 12 stop'],
  ['骑单车三公里', 'bike 3 km'],
  ['骑车3公里半小时', 'bike 3 km 30 min'],
  ['骑车三公里半个小时', 'bike 3 km 30 min'],
  ['骑车半小时3公里', 'bike 3 km 30 min'],
  ['骑车3公里半路下雨', 'bike 3 km'],
  ['骑车1 200米', 'bike !number'],
  ['昨天18:30 骑车 5 公里', 'bike 5 km @11-25T18:30'],
  ['骑了一公里半', 'bike 1.5 km'],
  ['走了两里地', 'walk 1 km'],
  ['走 800 米', 'walk 0.8 km'],
  ['走了一公里500米', 'walk 1.5 km'],
  ['骑共享单车半小时', 'bike 30 minute'],
  ['骑车3公里，20分钟', 'bike 3 km 20 min'],
  ['骑电动车6里路', 'ebike 3 km'],
  ['坐公交车一千二百米', 'bus 1.2 km'],
  ['K52路坐了四站', 'bus 4 stop K52路'],
  ['坐一路公交三站路', 'bus 3 stop 一路'],
  ['前天晚上8点半坐地铁1号线十二站', 'metro 12 stop 1号线 @11-24T20:30'],
  ['周三坐公交3站', 'bus 3 stop @11-25T17:30'],
  ['周五坐公交3站', 'bus 3 stop @11-20T17:30'],
  ['上周五骑车三公里', 'bike 3 km @11-20T17:30'],
  ['上周三骑车三公里', 'bike 3 km @11-18T17:30'],
  ['本周一早上走路两公里', 'walk 2 km @11-23T08:00'],
  ['两周前骑车3公里', 'bike 3 km @11-12T17:30'],
  ['一个星期前坐公交5站', 'bus 5 stop @11-19T17:30'],
  ['两小时前坐公交3站', 'bus 3 stop @11-26T15:30'],
  ['一个半小时前走了20分钟', 'walk 20 minute @11-26T16:00'],
  ['biked 3 km 40 minutes ago', 'bike 3 km @11-26T16:50'],
  ['a week ago I walked 2 km', 'walk 2 km @11-19T17:30'],
  ['on Nov 20 I biked 3 km', 'bike 3 km @11-20T17:30'],
  ['24th of November, metro 4 stops', 'metro 4 stop @11-24T17:30'],
  ['bus 3 stops on March 3rd', 'bus 3 stop @03-03T17:30'],
  ['I may 3 times use my own bag', 'own-bag 3 count'],
  ['上个月3号骑车5公里', 'bike 5 km !time'],
  ['去年11月20日骑车3公里', 'bike 3 km !time'],
  ['上个星期骑车3公里', 'bike 3 km !time'],
  ['前几天坐地铁4站，再走1公里', 'metro 4 stop !time > 前几天 走1公里'],
  ['last month biked 5 km', 'bike 5 km !time'],
  ['the other day, bus 3 stops', 'bus 3 stop !time'],
  ['从上月台走了800米', 'walk 0.8 km'],
  ['三天前步行2公里', 'walk 2 km @11-23T17:30'],
  ['11月20日骑行4公里', 'bike 4 km @11-20T17:30'],
  ['25号坐地铁4站', 'metro 4 stop @11-25T17:30'],
  ['昨晚打车5公里', 'nev-ride 5 km @11-25T20:00 !newEnergy'],
  ['7:40 坐公交 4 站', 'bus 4 stop @11-26T07:40'],
  ['下午三点骑车2公里', 'bike 2 km @11-26T15:00'],
  ['三点五公里骑车', 'bike 3.5 km'],
  ['开电动车10公里', 'ev 10 km'],
  ['中午光盘', 'clean-plate @11-26T12:00'],
  ['光盘2餐', 'clean-plate 2 count'],
  ['今天自带购物袋2次', 'own-bag 2 count'],
  ['种了3棵树', 'tree 3 count'],
  ['垃圾分类', 'waste-sorting'],
  ['昨天没开车', 'car-free-day @11-25T17:30'],
  ['外卖没要餐具', 'no-cutlery'],
  ['坐公交2元3站', 'bus 3 stop'],
  ['今天20度，骑车3公里', 'bike 3 km'],
  ['walked 2 miles last night', 'walk 3.219 km @11-25T20:00'],
  ['took the metro 5 stops and then walked 1 km', 'metro 5 stop > walked 1 km'],
  ['cycled half an hour to work', 'bike 30 minute'],
  ['line 5 bus, three stops', 'bus 3 stop line5'],
  ['biked 1,240 m last Friday', 'bike 1.24 km @11-20T17:30'],
  ['subway six stops at 8:30 am', 'metro 6 stop @11-26T08:30'],
  ['walked a mile the day before yesterday', 'walk 1.609 km @11-24T17:30'],
  ['taxi 5km on Monday', 'nev-ride 5 km @11-23T17:30 !newEnergy'],
  ['e-bike 4 kilometres', 'ebike 4 km'],
  ['two trees planted', 'tree 2 count'],
  ['騎車3公里', 'bike 3 km'],
  ['騎自行車3公里', 'bike 3 km'],
  ['昨天坐公車5站', 'bus 5 stop @11-25T17:30'],
  ['搭捷運4站', 'metro 4 stop'],
  ['骑车——3公里', 'bike 3 km'],
  ['2025年11月20日骑车3公里', 'bike 3 km @11-20T17:30'],
  ['2026/11/20骑车3公里', 'bike 3 km @11-20T17:30'],
]

/** Refused, asked, or not mistaken for something else. */
const TRAPS: readonly (readonly [string, string])[] = [
  ['', '? !kind'],
  ['哈哈哈', '? !kind'],
  ['3公里', '? 3 km !kind'],
  ['坐公交5路', 'bus 5路'],
  ['坐5路公交5公里', 'bus 5 km 5路'],
  ['从三里屯走路回家', 'walk'],
  ['七里河骑车回来', 'bike'],
  ['五里堡走路2公里', 'walk 2 km'],
  ['骑车里程12公里', 'bike 12 km'],
  ['第三站下车，坐公交5站', 'bus 5 stop'],
  ['走人民路去坐公交3站', 'bus 3 stop'],
  ['在地铁站等人', '? !kind'],
  ['有一点累，走路2公里', 'walk 2 km'],
  ['骑车12', 'bike !number'],
  ['走了8000步', 'walk !steps'],
  ['走了一万步', 'walk !steps'],
  ['骑车3站', 'bike !unit'],
  ['坐公交两三站', 'bus !range'],
  ['骑车3-5公里', 'bike !range'],
  ['走路三到五公里', 'walk !range'],
  ['坐公交3站又5站', 'bus !several'],
  ['骑车来回6公里', 'bike 6 km !roundTrip'],
  ['明天坐公交3站', 'bus 3 stop !future'],
  ['下周三骑车3公里', 'bike 3 km !future'],
  ['晚上9点骑车3公里', 'bike 3 km !future'],
  ['没坐公交', '? !negated'],
  ['今天没骑车', '? !negated'],
  ['did not take the bus', '? !negated'],
  ['开车20公里', '? 20 km !car'],
  ['drove 20 km', '? 20 km !car'],
  ['坐车12公里', '? 12 km !which'],
  ['省了3度电', 'power-saving !meter'],
  ['旧衣服5公斤', '? !provider'],
  ['a business trip', '? !kind'],
  ['2月30日骑车3公里', 'bike 3 km !time'],
  ['13月1日骑车3公里', 'bike 3 km !time'],
  ['2026-02-29 bus 3 stops', 'bus 3 stop !time'],
  ['on Feb 30 I biked 3 km', 'bike 3 km !time'],
  ['25点骑车3公里', 'bike 3 km !time'],
  ['at 25:10 biked 3 km', 'bike 3 km !time'],
  ['星期八骑车3公里', 'bike 3 km !time'],
  ['明年骑车3公里', 'bike 3 km !time'],
  ['275760年9月13日骑车3公里', 'bike 3 km !time'],
  ['坐99号公交3站', 'bus 3 stop'],
  ['骑车-3公里', 'bike !number'],
  ['骑车−3公里', 'bike !number'],
  ['骑车1e309公里', 'bike !number'],
]

describe('a sentence', () => {
  it.each(SAID)('%s is %s', (text, expected) => expect(inShort(read(text))).toBe(expected))
})

describe('a sentence with a trap', () => {
  it.each(TRAPS)('%s is %s', (text, expected) => expect(inShort(read(text))).toBe(expected))
})

test('who is asked which ride it was may choose', () => {
  expect(read('坐车12公里').choices).toEqual(['bus', 'metro', 'nev-ride'])
  expect(read('3站').choices).toEqual(['bus', 'metro'])
  expect(read('3公里')).toMatchObject({ choices: ['walk', 'bike', 'bus'], amount: { unit: 'km', value: 3 } })
})

test('a year that is said is that year', () => {
  expect(read('2025年11月20日骑车3公里').day).toBe('2025-11-20')
  expect(read('25年11月20日骑车3公里').day).toBe('2025-11-20')
  expect(read('2027年1月2日骑车3公里')).toMatchObject({ at: null, day: null, doubts: ['future'] })
})

test('before eight, this morning has not been later than now', () => {
  const early = startOfDay('2026-11-26') + 7 * HOUR_MS
  expect(read('早上走路20分钟', early).at).toBeNull()
  expect(read('早上走路20分钟', early).doubts).toEqual([])
})

test('the calendar is Shandong’s: just after midnight, yesterday is the day that has just ended', () => {
  const night = startOfDay('2026-11-26') + 600_000
  expect(read('昨天坐公交3站', night).day).toBe('2026-11-25')
})

describe('whatever is typed', () => {
  const words = SAID.flatMap(([text]) => [...text])
  const any = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((chars) => chars.join('')),
  )

  test('nothing throws, no amount is below zero, and no time is to come', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 4000 * DAY_MS }), (text, now) => {
        const { amount, at } = read(text, now)
        if (amount) expect(amount.value).toBeGreaterThan(0)
        if (at !== null) expect(at).toBeLessThanOrEqual(now)
      }),
    )
  })

  test('what is longer than a sentence is cut, not chewed on', () => {
    const long = '骑车3公里再'.repeat(20_000)
    const before = performance.now()
    expect(read(long).rest.length).toBeLessThanOrEqual(SENTENCE_MAX)
    expect(performance.now() - before).toBeLessThan(500)
  })
})

/** 1204 as it is written out. */
function inHan(value: number): string {
  if (value === 0) return '零'
  const digits = String(value).padStart(4, '0')
  const places = [...digits].map((digit, at) =>
    digit === '0' ? '零' : '零一二三四五六七八九'[Number(digit)] + (['千', '百', '十', ''][at] ?? ''),
  )
  const joined = places
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
  return joined.replace(/^一十/, '十')
}

test('every number from 0 to 9999 is read as it is written out', () => {
  const rule = { unit: 'stop', decimals: 0, min: 0, max: 9999 } as const
  for (let value = 0; value <= 9999; value++) {
    const reading = readField(`${inHan(value)}站`, rule)
    if (reading.kind !== 'number' || reading.value !== value) throw new Error(`${value}: ${inHan(value)}`)
  }
})

describe('a sentence made of what it is to say', () => {
  const RIDES = {
    bus: ['坐公交', 'bus'],
    metro: ['坐地铁', 'metro'],
    bike: ['骑车', 'cycled'],
    walk: ['走路', 'walked'],
    ebike: ['骑电动车', 'e-bike'],
  } as const
  const DAYS = [
    ['今天', 'today'],
    ['昨天', 'yesterday'],
    ['前天', 'the day before yesterday'],
  ] as const
  const UNITS = { km: ['公里', 'km'], stop: ['站', 'stops'], minute: ['分钟', 'minutes'] } as const
  const act = fc.record({
    code: fc.constantFrom(...(Object.keys(RIDES) as (keyof typeof RIDES)[])),
    unit: fc.constantFrom('km', 'stop', 'minute'),
    value: fc.integer({ min: 1, max: 300 }),
    ago: fc.constantFrom(0, 1, 2),
    language: fc.constantFrom(0, 1),
    isHan: fc.boolean(),
  })

  test('says just that', () => {
    fc.assert(
      fc.property(act, ({ code, unit, value, ago, language, isHan }) => {
        fc.pre(unit !== 'stop' || code === 'bus' || code === 'metro')
        const number = isHan && language === 0 ? inHan(value) : String(value)
        const words = [DAYS[ago]?.[language], RIDES[code][language], number, UNITS[unit][language]]
        const said = read(words.join(language === 0 ? '' : ' '))
        expect(said).toMatchObject({ code, amount: { unit, value }, doubts: [], rest: '' })
        expect(said.at).toBe(ago === 0 ? null : NOW - ago * DAY_MS)
      }),
    )
  })
})
