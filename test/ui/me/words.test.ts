import { expect, test } from 'vitest'
import { deviceName } from '../../../src/components/account/device-name.ts'
import { readCode, readPhone } from '../../../src/components/account/sign-in-input.ts'
import { PROBLEMS } from '../../../src/contract/problem.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { SyncProblem } from '../../../src/sync/transport.ts'
import { problemOf, problemText } from '../../../src/text/app/problems.ts'
import { formatBytes } from '../../../src/views/me/bytes.ts'
import { diagnosticsText } from '../../../src/views/me/diagnostics.ts'
import { limitLines, reductionOf } from '../../../src/views/me/methodology-facts.ts'

test.each([
  ['13800138001', '13800138001'],
  ['１３８００１３８００１', '13800138001'],
  ['+86 138-0013-8001', '13800138001'],
  ['0086 13800138001', '13800138001'],
  ['8613800138001', '13800138001'],
  ['12800138001', undefined],
  ['1380013800', undefined],
  ['', undefined],
])('%s as a phone number', (typed, phone) => {
  expect(readPhone(typed)).toBe(phone)
})

test.each([
  ['444345', '444345'],
  ['４４４ ３４５', '444345'],
  ['【示例】绿迹验证码 444345，5 分钟内有效。', '444345'],
  ['44434', undefined],
  ['4443456', undefined],
])('%s as a code', (typed, code) => {
  expect(readCode(typed)).toBe(code)
})

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/138.0.0.0 Mobile Safari/537.36',
    0,
    'android',
    'Chrome · Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    5,
    'ios-safari',
    'Safari · iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15',
    5,
    'ios-safari',
    'Safari · iPad',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; LIO-AN00) Chrome/114.0 Mobile Safari/537.36 HuaweiBrowser/15',
    5,
    'huawei',
    'Huawei · Android',
  ],
  ['something else', 0, 'desktop', 'Web'],
] as const)('%s', (userAgent, maxTouchPoints, place, name) => {
  expect(deviceName({ userAgent, maxTouchPoints, place })).toBe(name)
})

test('every problem has words in both languages', () => {
  for (const code of [...Object.keys(PROBLEMS), 'offline', 'unreadable'])
    for (const language of ['zh-CN', 'en'] as const) {
      const words = problemText[language].problems[code as 'offline']
      expect(words.title.length * words.text.length, `${code} ${language}`).toBeGreaterThan(0)
    }
})

test('only a problem of the exchange keeps its code', () => {
  expect(problemOf(new SyncProblem('too_many_requests', 5000))).toEqual({
    code: 'too_many_requests',
    retryAfterMs: 5000,
  })
  expect(problemOf(new TypeError('x'))).toEqual({ code: 'internal', retryAfterMs: undefined })
  expect(problemOf(undefined).code).toBe('internal')
})

test('each methodology shows what its golden figure says', () => {
  const central = Object.fromEntries(
    SD_DEMO_V1.methodologies.map((each) => [each.code, reductionOf(each, SD_DEMO_V1, 'en')?.central]),
  )
  expect(central).toMatchObject({
    walk: '27.65\u00a0g/km',
    bike: '40.07\u00a0g/km',
    metro: '47\u00a0g/km',
    bus: '27\u00a0g/km',
    'clean-plate': '144\u00a0g each',
    ev: undefined,
  })
  const bus = SD_DEMO_V1.methodologies.find((each) => each.code === 'bus')
  expect(bus && reductionOf(bus, SD_DEMO_V1, 'en')?.range).toBe('0 – 27\u00a0g/km')
  for (const each of SD_DEMO_V1.methodologies)
    for (const line of limitLines(each, 'zh-CN')) expect(line.value, `${each.code} ${line.key}`).toMatch(/\d/)
})

test('diagnostics name no one', () => {
  const text = diagnosticsText({
    app: '1',
    userAgent: 'test',
    language: 'en',
    phase: 'faulty',
    reason: 'gap',
    seq: 3,
    lastSyncedAt: 0,
    clockOffsetMs: 0,
    outbox: { queued: 2 },
    problems: [],
    isPersisted: undefined,
    usedBytes: 12,
    hasWorker: false,
    isOnline: true,
  })
  expect(text).toContain('phase: faulty (gap)')
  expect(text).not.toContain('persisted')
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|1[3-9]\d{9}/)
})

test('sizes are rounded as phones do', () => {
  expect(formatBytes(640, 'en')).toBe('640\u00a0B')
  expect(formatBytes(3_240_000, 'en')).toBe('3.2\u00a0MB')
})
