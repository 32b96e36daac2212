/** Which warnings hold at a moment, which were taken back, and whom they concern. */
import { describe, expect, it } from 'vitest'
import { zonedTime } from '../../src/domain/base/time.ts'
import {
  type Alert,
  type AlertInfo,
  colourOf,
  concerns,
  hazardOf,
  infoIn,
  judgeAlerts,
  referencesOf,
  referenceTo,
  timeOf,
} from '../../src/domain/taking-part/alert.ts'

const SENT = '2026-11-20T17:00:00+08:00'
const FROM = '2026-11-21T00:00:00+08:00'
const UNTIL = '2026-11-22T00:00:00+08:00'
const NOON = timeOf('2026-11-21T12:00:00+08:00')

const info: AlertInfo = {
  language: 'zh-CN',
  category: ['Met'],
  event: '寒潮',
  responseType: ['Prepare'],
  urgency: 'Expected',
  severity: 'Minor',
  certainty: 'Likely',
  eventCode: [{ valueName: 'greentrace:hazard', value: 'cold' }],
  effective: FROM,
  onset: FROM,
  expires: UNTIL,
  senderName: '示例',
  headline: '演练',
  description: '演练',
  instruction: '添衣',
  parameter: [{ valueName: 'greentrace:colour', value: 'blue' }],
  area: [{ areaDesc: '潍坊市', geocode: [{ valueName: 'GB/T 2260', value: '370700' }] }],
}

function alert(identifier: string, more: Partial<Alert> = {}, block: Partial<AlertInfo> = {}): Alert {
  return {
    identifier,
    sender: 'a@example',
    sent: SENT,
    status: 'Exercise',
    msgType: 'Alert',
    scope: 'Public',
    info: [{ ...info, ...block }],
    ...more,
  }
}
const follow = (
  identifier: string,
  first: Alert,
  more: { msgType: 'Update' | 'Cancel'; sent?: string },
  block: Partial<AlertInfo> = {},
): Alert =>
  alert(identifier, { sent: '2026-11-21T06:00:00+08:00', references: referenceTo(first), ...more }, block)

const states = (alerts: readonly Alert[], now: number) =>
  judgeAlerts(alerts, now).map((each) => `${each.alert.identifier} ${each.state}`)

describe('an exercise', () => {
  it('ends no actual warning, and nothing real ends an exercise', () => {
    const real = alert('flood', { status: 'Actual' })
    const practised = alert('flood-drill')
    const judged = judgeAlerts(
      [
        real,
        practised,
        follow('drill-off', real, { msgType: 'Cancel' }),
        { ...follow('real-off', practised, { msgType: 'Cancel' }), status: 'Actual' },
        { ...follow('test-new', real, { msgType: 'Update' }), status: 'Test' },
      ],
      NOON,
    )
    const stateOf = (identifier: string) => judged.find((one) => one.alert.identifier === identifier)?.state
    expect(stateOf('flood')).toBe('valid')
    expect(stateOf('flood-drill')).toBe('valid')
  })
})

describe('a warning', () => {
  it('is coming once it is told, holds from its first moment, and is over at its last', () => {
    const one = alert('a')
    expect(states([one], timeOf(SENT))).toEqual(['a coming'])
    expect(states([one], timeOf(FROM) - 1)).toEqual(['a coming'])
    expect(states([one], timeOf(FROM))).toEqual(['a valid'])
    expect(states([one], timeOf(UNTIL) - 1)).toEqual(['a valid'])
    expect(states([one], timeOf(UNTIL))).toEqual(['a expired'])
  })

  it('is replaced by an update, in whatever order they come, and even for a phone whose clock is slow', () => {
    const first = alert('a')
    const update = follow('b', first, { msgType: 'Update' }, { severity: 'Moderate' })
    expect(states([update, first], timeOf(update.sent) - 1)).toContain('a replaced')
    for (const order of [
      [first, update],
      [update, first],
    ])
      expect(states(order, NOON)).toEqual(['b valid', 'a replaced'])
  })

  it('is cancelled by a message that is not itself shown, and stays so when a late update names it too', () => {
    const first = alert('a')
    const cancel = follow('c', first, { msgType: 'Cancel' })
    expect(states([first, cancel], NOON)).toEqual(['a cancelled'])
    const update = follow('b', first, { msgType: 'Update' })
    for (const order of [
      [first, cancel, update],
      [update, cancel, first],
    ])
      expect(states(order, NOON)).toContain('a cancelled')
  })

  it('of another sender with the same identifier is not touched', () => {
    const mine = alert('a')
    const other = alert('a', { sender: 'b@example' })
    expect(states([mine, other, follow('c', other, { msgType: 'Cancel' })], NOON).sort()).toEqual([
      'a cancelled',
      'a valid',
    ])
  })

  it('stands before a milder one, and before an older one of the same severity', () => {
    const mild = alert('mild', { sent: '2026-11-21T08:00:00+08:00' })
    const grave = alert('grave', {}, { severity: 'Extreme' })
    const newer = alert('newer', { sent: '2026-11-21T09:00:00+08:00' })
    expect(states([mild, grave, newer], NOON)).toEqual(['grave valid', 'newer valid', 'mild valid'])
  })
})

describe('what it says', () => {
  it('is read in one’s own language, or in the one that there is', () => {
    const both = alert('a', { info: [info, { ...info, language: 'en-US', event: 'cold wave' }] })
    expect(infoIn(both, 'en-US')?.event).toBe('cold wave')
    expect(infoIn(alert('a'), 'en-US')?.event).toBe('寒潮')
  })

  it('names the hazard and the colour only if it is one that the app knows', () => {
    expect([hazardOf(info), colourOf(info)]).toEqual(['cold', 'blue'])
    const odd = { ...info, eventCode: [{ valueName: 'greentrace:hazard', value: 'meteor' }] }
    expect(hazardOf(odd)).toBeUndefined()
    expect(colourOf({ ...info, parameter: [] })).toBeUndefined()
  })

  it('refers to others as sender, identifier and time', () => {
    const [a, b] = [alert('a'), alert('b')]
    expect(referencesOf({ references: `${referenceTo(a)} ${referenceTo(b)}` })).toEqual([
      { sender: 'a@example', identifier: 'a', sent: SENT },
      { sender: 'a@example', identifier: 'b', sent: SENT },
    ])
    expect(referencesOf({})).toEqual([])
  })

  it.each([
    ['370700', true],
    ['370724', true],
    ['370000', true],
    ['370100', false],
    ['371000', false],
    ['110000', false],
  ])('concerns Weifang if its area is %s: %s', (value, isOurs) => {
    const area = [{ areaDesc: '某地', geocode: [{ valueName: 'GB/T 2260', value }] }]
    expect(concerns(alert('a', {}, { area }), '370700')).toBe(isOurs)
  })

  it('concerns nobody by a code of another kind', () => {
    const area = [{ areaDesc: '某地', geocode: [{ valueName: 'SAME', value: '370700' }] }]
    expect(concerns(alert('a', {}, { area }), '370700')).toBe(false)
  })
})

it('a time is written with its zone, and read back as the same moment', () => {
  expect(zonedTime(Date.parse('2026-11-20T16:30:00Z'))).toBe('2026-11-21T00:30:00+08:00')
  expect(timeOf('2026-11-21T00:30:00+08:00')).toBe(Date.parse('2026-11-20T16:30:00Z'))
})
