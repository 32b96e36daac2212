/** When an act happened, by the backend's clock: a phone's clock that was off is corrected before anything is judged, counted or shown by it. */
import type { ActivityClaim } from '../evidence/activity.ts'
import type { Assessment } from './assess.ts'

type ActTimes = Pick<ActivityClaim, 'startedAt' | 'endedAt'>

/** As assessed, where a clock was corrected; else as the person said. */
export function timesOf(
  { startedAt, endedAt }: ActTimes,
  assessment: Pick<Assessment, 'startedAt'> | undefined,
): ActTimes {
  const shiftMs = (assessment?.startedAt ?? startedAt) - startedAt
  return { startedAt: startedAt + shiftMs, ...(endedAt === undefined ? {} : { endedAt: endedAt + shiftMs }) }
}
