/** The decision on an act. It is never refused for its numbers: it is recorded, and its assessment says so. */
import { CLOCK_DOUBT_MAX_MS, type MadeAt, madeAt } from '../base/clock.ts'
import type { Reason } from '../base/reason.ts'
import { addDays, dayOf, MINUTE_MS, startOfDay } from '../base/time.ts'
import type { CommandOf } from '../ledger/command.ts'
import { type Decision, exchangeOf, type World } from '../ledger/decision.ts'
import { decisionBy, judge, needsToJudge } from '../ledger/judge.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import { allNeeds, type Needs } from '../ledger/needs.ts'
import type { Foreknown } from './kind.ts'

export function decideActivity(
  command: CommandOf<'activity.record'>,
  ledger: Ledger,
  world: World,
): Decision {
  const { pack, now } = world
  const made = madeAt(command, exchangeOf(world))
  const isTimed = isTimedByClock(command)
  const findings = [...(isTimed ? clockFindings(made.doubtMs) : []), ...(world.findings ?? [])]
  const shiftMs = isTimed ? shiftFor(command, made, world) : 0
  return decisionBy(judge(command.body, ledger, { pack, now, shiftMs, findings }), ledger, { now })
}

/** By its own time, and by the corrected one: which of them holds, the decision says. */
export function needsOfActivity(
  command: CommandOf<'activity.record'>,
  { now, pack, exchange }: Foreknown,
): Needs {
  const { body } = command
  const { shiftMs } = madeAt(command, { ...(exchange ?? { sentAt: now }), now })
  const times = isTimedByClock(command) ? [0, shiftMs] : [0]
  const needs = times.map((each) => needsToJudge(body, body.startedAt + each, pack))
  return { ...allNeeds(needs), idle: needs[0]?.idle ?? 0 }
}

/** A file's times come from its receiver. */
function isTimedByClock({ body }: CommandOf<'activity.record'>): boolean {
  return body.evidence.trust === 'manual' || body.evidence.trust === 'gps'
}

/**
 * Older builds give no reading, and took the times from a clock that they had corrected by the last exchange: they are moved only where they
 * could not be true otherwise.
 */
function shiftFor({ body, clock }: CommandOf<'activity.record'>, { shiftMs }: MadeAt, world: World): number {
  if (clock !== undefined) return shiftMs
  const { now, pack } = world
  const isAhead = (body.endedAt ?? body.startedAt) > now + pack.maxFutureMinutes.value * MINUTE_MS
  const isOld = body.startedAt < startOfDay(addDays(dayOf(now), -pack.maxAgeDays.value))
  return (isAhead && shiftMs < 0) || (isOld && shiftMs > 0) ? shiftMs : 0
}

/** Which day an act belongs to is for a person to say when its clock leaves more than a day open. */
function clockFindings(doubtMs: number): Reason[] {
  if (doubtMs <= CLOCK_DOUBT_MAX_MS) return []
  return [{ code: 'clock_implausible', numbers: { given: Math.round(doubtMs / MINUTE_MS) } }]
}
