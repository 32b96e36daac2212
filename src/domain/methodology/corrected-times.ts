/** An act's times by the backend's clock: a phone's clock that was off is corrected before anything is judged, counted or shown by it. */
import type { ActivityClaim } from '../activity.ts'
import { DAY_MS } from '../time.ts'
import type { Assessment } from './assess.ts'
import { methodologyOf, type Pack } from './pack.ts'

/**
 * The claim as it would stand if the clock had been right. What covers whole days moves by whole spans of them.
 */
export function shiftClaim(claim: ActivityClaim, shiftMs: number, pack: Pack): ActivityClaim {
  const methodology = methodologyOf(pack, claim.code)
  const days = methodology?.kind === 'fixed' ? methodology.daysPerAct : undefined
  const shift = days === undefined ? shiftMs : Math.round(shiftMs / (days * DAY_MS)) * days * DAY_MS
  if (shift === 0) return claim
  const { startedAt, endedAt } = claim
  return {
    ...claim,
    startedAt: startedAt + shift,
    ...(endedAt === undefined ? {} : { endedAt: endedAt + shift }),
  }
}

export type ActTimes = Pick<ActivityClaim, 'startedAt' | 'endedAt'>

/** When it happened: as assessed, where a clock was corrected; else as the person said. */
export function timesOf(
  { startedAt, endedAt }: ActTimes,
  assessment: Pick<Assessment, 'startedAt' | 'endedAt'> | undefined,
): ActTimes {
  if (assessment?.startedAt !== undefined) {
    const { startedAt: from, endedAt: to } = assessment
    return { startedAt: from, ...(to === undefined ? {} : { endedAt: to }) }
  }
  return { startedAt, ...(endedAt === undefined ? {} : { endedAt }) }
}
