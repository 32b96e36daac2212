/** What the rules are worth to somebody who never leaves home: in yuan, by really deciding. Nothing is multiplied from caps. */
import { sampleEvents } from '../../mock-api/demo/sample-events.ts'
import { allQuestionIds } from '../../src/content/quiz-registry.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { addDays, DAY_MS, dayOf, type Instant } from '../../src/domain/base/time.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'
import { RIGHT_CHOICE } from '../../src/domain/taking-part/quiz.ts'
import { command, postDecision } from '../support/builders.ts'
import { forge } from '../support/forger.ts'
import type { Part } from './figures.ts'

const MONTH_DAYS = 30
const WEEK_DAYS = 7

export const forgerPart: Part = {
  name: 'forger',
  how: 'a fresh account, every kind and evidence a client can send, dated back as far as it counts, greedily by the real decide',
  needsBuild: false,
  async run(report) {
    const now = Date.now()
    const yuan = (points: number) => points / packInForce(undefined, now).reward.pointsPerYuan.value
    const days = forge(now, MONTH_DAYS)
    const sum = (from: number, to: number) => yuan(days.slice(from, to).reduce((all, each) => all + each, 0))
    const money = { unit: 'yuan', digits: 2 }
    report.row('acts: first day', sum(0, 1), money)
    report.row('acts: first week', sum(0, WEEK_DAYS), { ...money, goal: '≤ 10' })
    const later = Array.from({ length: MONTH_DAYS - 2 * WEEK_DAYS + 1 }, (_, at) =>
      sum(WEEK_DAYS + at, 2 * WEEK_DAYS + at),
    )
    report.row('acts: the best seven days after it', Math.max(...later), { ...money, goal: '≤ 7' })
    report.row('acts: first month', sum(0, MONTH_DAYS), money)
    const quiz = answerAll(await allQuestionIds(), now)
    report.row('beside them: every question of five cities, once', yuan(quiz), money)
    report.row('beside them: a week of check-ins, with the codes of all places', yuan(checkIn(now, 1)), money)
    report.row(
      'beside them: a month of check-ins, with the codes of all places',
      yuan(checkIn(now, 4)),
      money,
    )
  },
}

/** All on the first day. */
function answerAll(questionIds: readonly string[], now: Instant): number {
  const ledger = emptyLedger()
  const world = { now, pack: packInForce(undefined, now), offer: () => undefined }
  for (const questionId of questionIds) {
    const asked = command('quiz.answer', { questionId, choice: RIGHT_CHOICE }, now)
    postDecision(ledger, { command: asked, decision: decide(asked, ledger, world), at: now })
  }
  return balanceOf(ledger.balances, 'points', 'available')
}

/** The sample events of the demo; a code stands only at the place, so this is for somebody whom friends tell every one. */
function checkIn(start: Instant, weeks: number): number {
  const ledger = emptyLedger()
  for (let day = 0; day < weeks * WEEK_DAYS; day++) {
    const now = start + day * DAY_MS
    const open = CITY_IDS.flatMap((city) => sampleEvents(city, dayOf(now)))
    const found = (id: string) => {
      const event = open.find((each) => each.id === id)
      return event && { event, isCode: true }
    }
    const world = { now, pack: packInForce(undefined, now), offer: () => undefined, occurrence: found }
    for (const { id } of open.filter((event) => isToday(event, now))) {
      const asked = command('event.check-in', { occurrenceId: id, code: '' }, now)
      const decision = decide(asked, ledger, world)
      if (decision.outcome === 'accepted') postDecision(ledger, { command: asked, decision, at: now })
    }
  }
  return balanceOf(ledger.balances, 'points', 'available')
}

function isToday({ hasCheckIn, fromDay, toDay }: Occurrence, now: Instant): boolean {
  const today = dayOf(now)
  return hasCheckIn && fromDay <= today && today < addDays(toDay, 1)
}
