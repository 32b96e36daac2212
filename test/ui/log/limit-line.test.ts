import { expect, test } from 'vitest'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { limitsLeft } from '../../../src/domain/methodology/limits-left.ts'
import { SD_DEMO_V1, SD_DEMO_V2 } from '../../../src/domain/methodology/packs/index.ts'
import { limitLines } from '../../../src/views/log/limit-line.ts'
import { MemoryUsage, type Preset } from '../../support/usage.ts'

const day = '2026-11-20'
const lines = (code: string, name: string, preset: Preset = {}) =>
  limitLines(
    limitsLeft(code, 'manual', {
      usage: new MemoryUsage(preset),
      pack: SD_DEMO_V1,
      day,
      now: startOfDay(day),
    }),
    {
      code,
      name,
      when: 'today',
      language: 'zh-CN',
    },
  ).map(({ text }) => text.replaceAll('\u00a0', ' '))

test('the limit that binds first is said before it bites', () => {
  expect(lines('walk', '步行', { dayQuantity: 6900 })).toEqual(['今天步行还可计 3.1 km'])
  expect(lines('bike', '骑行', { dayGrams: { manual: 80 } })).toEqual(['今天自己填的还可计 420 g'])
  expect(lines('clean-plate', '光盘')).toEqual(['今天光盘还可计 3 餐'])
})

test('what is used up is said to be', () => {
  expect(lines('walk', '步行', { dayQuantity: 10_000 })).toContain('今天步行已计满，再记计 0 克')
  expect(lines('bike', '骑行', { dayGrams: { manual: 500 } })).toContain('今天自己填的已计满，再记计 0 克')
})

test('points are only news when they are about to stop', () => {
  expect(lines('bike', '骑行', { weekPoints: 19_400 }).at(-1)).toBe('这周还可得 600 分，减碳量照计')
})

test('what no provider reports is told how far its week still goes, and files how far their day', () => {
  const linesOf = (preset: Preset) =>
    limitLines(
      limitsLeft('bike', 'import', {
        usage: new MemoryUsage(preset),
        pack: SD_DEMO_V2,
        day,
        now: startOfDay(day),
      }),
      { code: 'bike', name: '骑行', when: 'today', language: 'zh-CN' },
    ).map(({ text }) => text.replaceAll('\u00a0', ' '))
  expect(linesOf({})).toEqual(['今天导入的轨迹还可计 1 kg'])
  expect(linesOf({ dayGrams: { import: 700, gps: 300 } })).toEqual(['今天导入的轨迹已计满，再记计 0 克'])
  expect(linesOf({ postedPoints: 9500 })).toContain('开户后前七天还可得 500 分，减碳量照计')
  expect(linesOf({ postedPoints: 6900, isFirstWeek: false })).toContain('这七天还可得 100 分，减碳量照计')
})
