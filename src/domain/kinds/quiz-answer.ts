/** A question of the quiz answered. Points without grams. */

import type { Points } from '../base/units.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, refuse, type World } from '../ledger/decision.ts'
import { earn } from '../ledger/earnings.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import type { RecordBody } from '../ledger/record.ts'
import { QUIZ_POINTS, RIGHT_CHOICE } from '../taking-part/quiz.ts'
import { type CommandRules, noDays } from './kind.ts'

export const quizAnswer: CommandRules = {
  owner: 'anybody',
  needs: noDays,
  post(ledger, body, detail) {
    const { questionId } = askedIn('quiz.answer', detail) ?? {}
    if (questionId !== undefined) ledger.answered = { ...ledger.answered, [questionId]: earnedBy(body) }
  },
}

/** The first answer stands, right or wrong: a question guessed at until it is right would teach nothing. */
export function decideAnswer(command: CommandOf<'quiz.answer'>, ledger: Ledger, world: World): Decision {
  const { questionId, choice } = command.body
  if (world.isQuestion?.(questionId) === false) return refuse('question_unknown')
  if (ledger.answered?.[questionId] !== undefined) return refuse('question_answered')
  const points = choice === RIGHT_CHOICE ? QUIZ_POINTS : 0
  return {
    outcome: 'accepted',
    reasons: [],
    transfers: earn(ledger, { grams: 0, points, now: world.now }),
  }
}

/** Points that the record brought, a debt repaid by them included. */
function earnedBy({ transfers }: RecordBody): Points {
  return transfers
    .filter(({ asset, debit }) => asset === 'points' && debit === 'issuance')
    .reduce((sum, { amount }) => sum + amount, 0)
}
