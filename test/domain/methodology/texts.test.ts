/** The words follow the pack and the numbers, in both languages. */
import { describe, expect, it } from 'vitest'
import { ASSESSMENT_CODES } from '../../../src/domain/base/reason.ts'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import { activityText } from '../../../src/text/activity/activities.ts'
import { assessmentReasonText } from '../../../src/text/activity/assessment-reasons.ts'

const words = (text: string) => text.replaceAll('\u00a0', ' ')
const zh = assessmentReasonText['zh-CN']
const en = assessmentReasonText.en

describe('names of activities', () => {
  it('are those of the pack, and each has an explanation', () => {
    for (const { code, nameZh, nameEn } of SD_DEMO_V1.methodologies) {
      expect((activityText['zh-CN'].names as Record<string, string>)[code]).toBe(nameZh)
      expect((activityText.en.names as Record<string, string>)[code]).toBe(nameEn)
      expect((activityText['zh-CN'].explanations as Record<string, string>)[code]).toBeTruthy()
      expect((activityText.en.explanations as Record<string, string>)[code]).toBeTruthy()
    }
  })
})

describe('sentences of reasons', () => {
  it('read plainly, with units', () => {
    expect(words(zh.ride_distance_cap({ limit: 60_000, given: 72_000 }))).toBe(
      '单次最多计 60 km，你填了 72 km',
    )
    expect(words(zh.manual_day_cap({ limit: 500, used: 120 }))).toBe(
      '没有轨迹的记录每天最多计 500 g，当天已计 120 g',
    )
    expect(words(zh.too_fast({ limit: 30_000, given: 30_002 }))).toBe(
      '速度 30.002 km/h，超过这一项的上限 30 km/h',
    )
    expect(words(en.too_short({ limit: 300, given: 299 }))).toBe('It counts from 300 m; this was 299 m')
    expect(words(en.in_future({ given: 3600 }))).toContain('days ahead')
  })

  it('name the unit of what was claimed', () => {
    expect(words(zh.month_quantity_cap({ limit: 30_000, used: 28_000 }, 'gram'))).toBe(
      '每月最多计 30 kg，当月已计 28 kg',
    )
    expect(words(zh.day_quantity_cap({ limit: 5000, used: 0, days: 7 }, 'watt_hour'))).toBe(
      '每天最多计 5 kWh，这 7 天共 35 kWh',
    )
    expect(words(en.day_quantity_cap({ limit: 3, used: 2 }, 'count'))).toBe(
      'No more than 3 a day counts; that day already had 2',
    )
  })

  it('never show a hole, whatever numbers are missing', () => {
    for (const code of ASSESSMENT_CODES) {
      for (const sentence of [zh[code](), en[code](), zh[code]({ limit: 1, used: 1, given: 1 })]) {
        expect(sentence).not.toMatch(/undefined|NaN|null/)
        expect(sentence.length).toBeGreaterThan(4)
      }
    }
  })
})
