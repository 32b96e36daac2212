/** What a ledger says of the limits already used, in the shape that an assessment asks for. */

import type { ActivityId } from '../base/ids.ts'
import { addDays, type Day, dayOf, type Instant, weekOfDay } from '../base/time.ts'
import type { Grams, Points } from '../base/units.ts'
import type { ActivityClaim, TrackSummary, Trust } from '../evidence/activity.ts'
import { methodologyOf, type Pack } from '../methodology/pack.ts'
import type { CountedTrip, Usage } from '../methodology/usage.ts'
import { isCounted, isFirstWeek } from './ledger-acts.ts'
import { actsAround, actsOn } from './ledger-part.ts'
import type { Ledger, PostedActivity } from './ledger-state.ts'
import { type Needs, NO_NEEDS } from './needs.ts'

/** @param without an act that stands in the ledger but is to be assessed anew */
export function usageOf(ledger: Ledger, without?: ActivityId): Usage {
  const on = (day: Day): PostedActivity[] => actsOn(ledger, day).filter(({ id }) => id !== without)
  const counted = (day: Day): PostedActivity[] => on(day).filter(isCounted)
  return {
    ofDay(code, day) {
      const same = counted(day).filter((activity) => activity.code === code)
      return { quantity: same.reduce((sum, activity) => sum + activity.quantity, 0), count: same.length }
    },
    countOfWeek(code, monday) {
      let count = 0
      for (let i = 0; i < 7; i++)
        count += counted(addDays(monday, i)).filter((activity) => activity.code === code).length
      return count
    },
    quantityOfMonth: (code, month) => ledger.monthQuantity[`${month} ${code}`] ?? 0,
    gramsOfDay(day) {
      const grams: Record<Trust, Grams> = { provider: 0, gps: 0, import: 0, manual: 0 }
      for (const activity of counted(day)) grams[activity.trust] += activity.grams
      return grams
    },
    manualGramsOfMonth: (month) => ledger.monthManualGrams[month] ?? 0,
    pointsOfWeek: (monday) => ledger.weekPoints[monday] ?? 0,
    pointsOfYear: (year) => ledger.yearPoints[year] ?? 0,
    openPointsPosted(at) {
      if (isFirstWeek(ledger, at)) return { points: ledger.firstWeekPoints ?? 0, isFirstWeek: true }
      return { points: postedInWeekTo(ledger, dayOf(at)), isFirstWeek: false }
    },
    tripsAround(at) {
      const day = dayOf(at)
      return [addDays(day, -1), day, addDays(day, 1)].flatMap((each) =>
        on(each).filter(isStanding).flatMap(asTrip),
      )
    },
    hasTrack: (track) =>
      actsAround(ledger, trackDigests(track)).some(
        (activity) => activity.id !== without && isStanding(activity) && isSameTrack(activity, track),
      ),
  }
}

/** What an assessment of such an act asks `usageOf` about, and the day under which it is filed. `startedAt`: by the right clock. */
export function usageNeeds(
  claim: Pick<ActivityClaim, 'code' | 'evidence'>,
  startedAt: Instant,
  pack: Pack,
): Needs {
  const day = dayOf(startedAt)
  const methodology = methodologyOf(pack, claim.code)
  const monday = weekOfDay(day)
  const week = methodology?.limits.weekCount ? DAYS_OF_WEEK.map((each) => addDays(monday, each)) : []
  const around = methodology?.kind === 'travel' ? [addDays(day, -1), addDays(day, 1)] : []
  const { evidence } = claim
  return {
    ...NO_NEEDS,
    days: [day, ...around, ...week],
    digests: 'digest' in evidence ? trackDigests(evidence) : [],
    idle: 1,
  }
}

const DAYS_OF_WEEK = [0, 1, 2, 3, 4, 5, 6]

function trackDigests({ digest, file }: Pick<TrackSummary, 'digest' | 'file'>): string[] {
  return file === undefined ? [digest] : [digest, file]
}

/** Whether an act stands on the track, or on a trip of that file. One that is part of another keeps its own: nobody else made that trip. */
export function isStandingTrack(ledger: Ledger, digest: string): boolean {
  return actsAround(ledger, [digest]).some(
    (act) =>
      (isStanding(act) || act.outcome === 'superseded') && (act.digest === digest || act.file === digest),
  )
}

/** Trips of one file share its digest and are several; an act of an older build is the whole file. */
function isSameTrack(
  { digest, file }: PostedActivity,
  track: Pick<TrackSummary, 'digest' | 'file'>,
): boolean {
  if (digest === undefined) return false
  return digest === track.digest || digest === track.file || file === track.digest
}

/** Any seven days, not the calendar's: nobody gains by posting on a Sunday and on the Monday after it. */
function postedInWeekTo({ postedPoints }: Ledger, day: Day): Points {
  const first = addDays(day, -6)
  const days = Object.entries(postedPoints ?? {}).filter(([each]) => each >= first && each <= day)
  return days.reduce((sum, [, points]) => sum + points, 0)
}

/** Neither rejected nor taken back: the person may claim that ride only once, also while it is in review. */
function isStanding({ outcome }: PostedActivity): boolean {
  return (
    outcome !== 'rejected' && outcome !== 'withdrawn' && outcome !== 'refused' && outcome !== 'superseded'
  )
}

function asTrip({ id, code, startedAt, endedAt, tripMetres }: PostedActivity): CountedTrip[] {
  if (tripMetres === undefined) return []
  return [{ id, code, startedAt, ...(endedAt === undefined ? {} : { endedAt }), metres: tripMetres }]
}
