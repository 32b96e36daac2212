/** The decisions on what a citizen does beside acts: a question answered, an event attended, a word to the city. Points without grams. */
import { madeAt } from './clock.ts'
import type { CommandOf } from './command.ts'
import { type Decision, exchangeOf, refuse, type World } from './decision.ts'
import { earn } from './earnings.ts'
import { type Ledger, wrongCodesOn } from './ledger.ts'
import { CHECK_IN_LATE_DAYS, WRONG_CODES_A_DAY } from './occurrence.ts'
import { QUIZ_POINTS, RIGHT_CHOICE } from './quiz.ts'
import { addDays, dayOf } from './time.ts'
import { OPEN_VOICES_MAX } from './voice.ts'

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

/** The code is checked by the backend alone; a phone without a network believes it, and expects no points until it is. */
export function decideCheckIn(command: CommandOf<'event.check-in'>, ledger: Ledger, world: World): Decision {
  const { occurrenceId, code } = command.body
  if (ledger.attended?.[occurrenceId] !== undefined) return refuse('event_attended')
  if (!world.occurrence) return { outcome: 'accepted', reasons: [], transfers: [] }
  const found = world.occurrence(occurrenceId, code)
  if (!found?.event.hasCheckIn) return refuse('event_unknown')
  if (wrongCodesOn(ledger, dayOf(world.now)) >= WRONG_CODES_A_DAY)
    return refuse('event_code_tries', { limit: WRONG_CODES_A_DAY })
  if (!found.isCode) return refuse('event_code_wrong')
  const { fromDay, toDay, points } = found.event
  // Never later than it arrived: who knows the code beforehand has not been there yet.
  const day = dayOf(madeAt(command, exchangeOf(world)).at)
  if (day < fromDay || day > toDay) return refuse('event_not_on')
  if (dayOf(world.now) > addDays(toDay, CHECK_IN_LATE_DAYS))
    return refuse('event_too_late', { limit: CHECK_IN_LATE_DAYS })
  return {
    outcome: 'accepted',
    reasons: [],
    transfers: earn(ledger, { grams: 0, points, now: world.now }),
    event: found.event,
  }
}

/** Taken in as it is; what becomes of it is for a person to say. */
export function decideVoice(ledger: Ledger): Decision {
  if (Object.keys(ledger.openVoices ?? {}).length >= OPEN_VOICES_MAX)
    return refuse('too_many_voices', { limit: OPEN_VOICES_MAX })
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
