import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import WhyThisNumber from '../../../src/components/activity/WhyThisNumber.vue'
import type { ActivityClaim } from '../../../src/domain/evidence/activity.ts'
import { assess } from '../../../src/domain/methodology/assess.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { language } from '../../../src/text/language.ts'
import { claim, NOON } from '../../support/builders.ts'
import { MemoryUsage } from '../../support/usage.ts'

beforeEach(() => {
  language.value = 'zh-CN'
})

function words(given: Partial<ActivityClaim>): string {
  const asked = claim(given)
  const assessment = assess(asked, { usage: new MemoryUsage(), pack: SD_DEMO_V1, now: NOON })
  const page = mount(WhyThisNumber, { props: { assessment, trust: asked.evidence.trust, pack: SD_DEMO_V1 } })
  return page.text().replaceAll('\u00a0', ' ')
}

test('the formula with its numbers, its range and its sources', () => {
  const text = words({ quantity: { value: 8900, unit: 'metre' } })
  for (const piece of ['8.9 km', '(79 − 8.7) g', '57%', '50%', '178 g', '175 g 到 200 g', 'DB11/T 3043-2024'])
    expect(text).toContain(piece)
  expect(text).toContain('不是官方因子')
})

test('a bus says what is known against it', () => {
  expect(words({ code: 'bus', quantity: { value: 6000, unit: 'metre' } })).toContain('要知道')
})

test('a cap in grams stands beside what the formula gives', () => {
  const text = words({ quantity: { value: 38_000, unit: 'metre' }, startedAt: NOON - 3 * 3600_000 })
  expect(text).toContain('按算式是 761 g，按上限计 500 g')
})

test('a zero by rule has its reason instead of a formula', () => {
  const text = words({ code: 'ev' })
  expect(text).toContain('按规则计 0 克')
  expect(text).not.toContain('向下取整')
})

test('in English too', () => {
  language.value = 'en'
  expect(words({})).toContain('Why this number')
})
