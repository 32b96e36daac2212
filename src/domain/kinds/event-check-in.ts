/** An event attended. The code is checked by the backend alone. Points without grams. */
import { madeAt } from '../base/clock.ts'
import { addDays, type Day, dayOf } from '../base/time.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, exchangeOf, refuse, type World } from '../ledger/decision.ts'
import { earn } from '../ledger/earnings.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { askedIn } from '../ledger/open-record.ts'
import { CHECK_IN_LATE_DAYS, WRONG_CODES_A_DAY } from '../taking-part/occurrence.ts'
import { type CommandRules, noDays } from './kind.ts'

export const eventCheckIn: CommandRules = {
  owner: 'anybody',
  needs: noDays,
  post(ledger, body, detail) {
    const { occurrenceId } = askedIn('event.check-in', detail) ?? {}
    if (occurrenceId !== undefined) ledger.attended = { ...ledger.attended, [occurrenceId]: body.at }
  },
  postRefused(ledger, body, detail) {
    if (detail.reasons?.some(({ code }) => code === 'event_code_wrong'))
      countWrongCode(ledger, dayOf(body.at))
  },
}

/** The code is checked by the backend alone; a phone without a network believes it, and expects no points until it is. */
export function decideCheckIn(command: CommandOf<'event.check-in'>, ledger: Ledger, world: World): Decision {
  const { occurrenceId, code } = command.body
  if (ledger.attended?.[occurrenceId] !== undefined) return refuse('event_attended')
  if (!world.occurrence) return { outcome: 'accepted', reasons: [], transfers: [] }
  const found = world.occurrence(occurrenceId, code)
  if (!found?.event.hasCheckIn) return refuse('event_unknown')
  if (found.event.withdrawn) return refuse('event_withdrawn')
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

/** Check-ins on that day whose code was wrong. */
function wrongCodesOn({ wrongCodes }: Ledger, day: Day): number {
  return wrongCodes?.day === day ? wrongCodes.count : 0
}

function countWrongCode(ledger: Ledger, day: Day): void {
  ledger.wrongCodes = { day, count: wrongCodesOn(ledger, day) + 1 }
}
