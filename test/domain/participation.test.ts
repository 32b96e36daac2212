/** Taking part: a question answered, an event attended, a word to the city. Points without grams, each once. */
import { describe, expect, it } from 'vitest'
import { addDays, DAY_MS, dayOf } from '../../src/domain/base/time.ts'
import type { CommandBodies } from '../../src/domain/ledger/command.ts'
import { emptyLedger, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import {
  CHECK_IN_CODE_MAX,
  CHECK_IN_LATE_DAYS,
  type Occurrence,
  plainCode,
  WRONG_CODES_A_DAY,
} from '../../src/domain/taking-part/occurrence.ts'
import { QUIZ_POINTS } from '../../src/domain/taking-part/quiz.ts'
import { OPEN_VOICES_MAX, type VOICE_STATES } from '../../src/domain/taking-part/voice.ts'
import { ACCOUNT, ask, command, NOON, world } from '../support/builders.ts'

const available = (ledger: Ledger) => balanceOf(ledger.balances, 'points', 'available')
const codesOf = ({ reasons }: { reasons: readonly { code: string }[] }) => reasons.map(({ code }) => code)

describe('a question of the quiz', () => {
  const answered = (choice: number, questionId = 'wf-q-1') => command('quiz.answer', { questionId, choice })

  it('gives points and no grams for a right first answer', () => {
    const ledger = emptyLedger()
    expect(ask(ledger, answered(0)).outcome).toBe('accepted')
    expect(available(ledger)).toBe(QUIZ_POINTS)
    expect(balanceOf(ledger.balances, 'grams', 'available')).toBe(0)
    expect(ledger.answered).toEqual({ 'wf-q-1': QUIZ_POINTS })
  })

  it('counts once: the first answer stands, also a wrong one', () => {
    const ledger = emptyLedger()
    expect(ask(ledger, answered(2))).toMatchObject({ outcome: 'accepted', transfers: [] })
    expect(codesOf(ask(ledger, answered(0)))).toEqual(['question_answered'])
    expect(available(ledger)).toBe(0)
    expect(ledger.answered).toEqual({ 'wf-q-1': 0 })
    ask(ledger, answered(0, 'wf-q-2'))
    expect(available(ledger)).toBe(QUIZ_POINTS)
  })

  it('earns nothing when nobody ever asked it', () => {
    const ledger = emptyLedger()
    const decision = ask(ledger, answered(0, 'made-up'), world({ isQuestion: (id) => id !== 'made-up' }))
    expect(codesOf(decision)).toEqual(['question_unknown'])
    expect(ledger.answered).toBeUndefined()
  })
})

describe('a check-in', () => {
  const event: Occurrence = {
    id: 'open-day',
    eventId: 'open-day',
    city: 'weifang',
    titleZh: '开放日',
    titleEn: 'Open day',
    fromDay: dayOf(NOON),
    toDay: dayOf(NOON + DAY_MS),
    points: 30,
    hasCheckIn: true,
    sample: true,
  }
  const knows = (given: Partial<Occurrence> = {}, more = {}) =>
    world({
      occurrence: (id, code) =>
        id === event.id ? { event: { ...event, ...given }, isCode: plainCode(code) === 'GREEN7' } : undefined,
      ...more,
    })
  const visit = (body: Partial<CommandBodies['event.check-in']> = {}, at = NOON) => ({
    ...command('event.check-in', { occurrenceId: event.id, code: 'green-7 ', ...body }),
    at,
  })

  it('to what its organiser has called off is refused in its own words, and counts as no wrong code', () => {
    const ledger = emptyLedger()
    const off = knows({ withdrawn: { at: NOON - DAY_MS } })
    expect(codesOf(ask(ledger, visit(), off))).toEqual(['event_withdrawn'])
    expect(codesOf(ask(ledger, visit({ code: 'NO' }), off))).toEqual(['event_withdrawn'])
    expect(ledger.wrongCodes).toBeUndefined()
  })

  it('gives the event’s points for its code on its day, and tells what was attended', () => {
    const ledger = emptyLedger()
    const decision = ask(ledger, visit(), knows())
    expect(decision).toMatchObject({ outcome: 'accepted', event: { titleZh: '开放日' } })
    expect(available(ledger)).toBe(30)
    expect(codesOf(ask(ledger, visit(), knows()))).toEqual(['event_attended'])
  })

  it.each([
    ['a wrong code', visit({ code: 'GREEN8' }), knows(), 'event_code_wrong'],
    ['another event', visit({ occurrenceId: 'elsewhere' }), knows(), 'event_unknown'],
    ['an event without check-in', visit(), knows({ hasCheckIn: false }), 'event_unknown'],
    ['the day before', visit({}, NOON - DAY_MS), knows(), 'event_not_on'],
    ['two days after', visit({}, NOON + 2 * DAY_MS), knows({}, { now: NOON + 2 * DAY_MS }), 'event_not_on'],
  ])('is refused for %s, and may be tried again', (_what, asked, given, code) => {
    const ledger = emptyLedger()
    expect(codesOf(ask(ledger, asked, given))).toEqual([code])
    expect(ask(ledger, visit(), knows()).outcome).toBe('accepted')
  })

  it('made without a network counts when it arrives within a week, by the clock that it was made by', () => {
    const late = knows({}, { now: NOON + CHECK_IN_LATE_DAYS * DAY_MS })
    expect(ask(emptyLedger(), visit(), late).outcome).toBe('accepted')
    const tooLate = knows({}, { now: NOON + (CHECK_IN_LATE_DAYS + 2) * DAY_MS })
    expect(codesOf(ask(emptyLedger(), visit(), tooLate))).toEqual(['event_too_late'])
    const behind = knows({}, { exchange: { sentAt: NOON - 3 * DAY_MS } })
    expect(ask(emptyLedger(), visit({}, NOON - 3 * DAY_MS), behind).outcome).toBe('accepted')
    expect(dayOf(NOON + DAY_MS)).toBe(addDays(dayOf(NOON), 1))
  })

  it('takes its code in the full-width letters of a Chinese keyboard, and never makes it longer than one can be', () => {
    expect(ask(emptyLedger(), visit({ code: 'ｇｒｅｅｎ－７' }), knows()).outcome).toBe('accepted')
    expect(plainCode('㎏'.repeat(CHECK_IN_CODE_MAX))).toHaveLength(CHECK_IN_CODE_MAX)
  })

  it('made before the event began is none, whatever time it claims', () => {
    const early = knows({ fromDay: dayOf(NOON + DAY_MS) })
    expect(codesOf(ask(emptyLedger(), visit({}, NOON + DAY_MS), early))).toEqual(['event_not_on'])
  })

  it('cannot be guessed: after some wrong codes a day the right one has to wait until tomorrow', () => {
    const ledger = emptyLedger()
    for (let i = 0; i < WRONG_CODES_A_DAY; i++)
      expect(codesOf(ask(ledger, visit({ code: `WRONG${i}` }), knows()))).toEqual(['event_code_wrong'])
    expect(codesOf(ask(ledger, visit(), knows()))).toEqual(['event_code_tries'])
    expect(ledger.attended).toBeUndefined()
    const tomorrow = knows({}, { now: NOON + DAY_MS })
    expect(ask(ledger, visit(), tomorrow).outcome).toBe('accepted')
  })

  it('is believed by a phone that cannot check it, without promising points', () => {
    const ledger = emptyLedger()
    expect(ask(ledger, visit({ code: 'whatever' }))).toMatchObject({ outcome: 'accepted', transfers: [] })
    expect(available(ledger)).toBe(0)
  })
})

describe('a word to the city', () => {
  const said = () => command('feedback.send', { city: 'weifang', topic: 'idea', text: '多种树' })
  const answer = (ledger: Ledger, about: string, voiceState: (typeof VOICE_STATES)[number]) =>
    post(
      ledger,
      {
        v: 1,
        account: ACCOUNT,
        seq: ledger.seq + 1,
        at: NOON,
        kind: 'voice.answer',
        id: `voice.answer:${about}:${ledger.seq}`,
        outcome: 'accepted',
        transfers: [],
      },
      { about, voiceState },
    )

  it('is taken in without points, and waits until it has a final answer', () => {
    const ledger = emptyLedger()
    const feedback = said()
    expect(ask(ledger, feedback)).toMatchObject({ outcome: 'accepted', transfers: [] })
    answer(ledger, feedback.id, 'in_progress')
    expect(Object.keys(ledger.openVoices ?? {})).toEqual([feedback.id])
    answer(ledger, feedback.id, 'answered')
    expect(ledger.openVoices).toEqual({})
  })

  it('has to wait while too many of the person’s are unanswered', () => {
    const ledger = emptyLedger()
    const first = said()
    ask(ledger, first)
    for (let i = 1; i < OPEN_VOICES_MAX; i++) ask(ledger, said())
    expect(codesOf(ask(ledger, said()))).toEqual(['too_many_voices'])
    answer(ledger, first.id, 'declined')
    expect(ask(ledger, said()).outcome).toBe('accepted')
  })
})
