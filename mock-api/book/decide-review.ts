/** A person's verdict on an activity in review or appealed: a record of its own that corrects what the first one posted. */
import { earn, takeBack } from '../../src/domain/decide.ts'
import type { AccountId, ActivityId } from '../../src/domain/ids.ts'
import { findActivity, type PostedActivity } from '../../src/domain/ledger.ts'
import type { Assessment, Verdict } from '../../src/domain/methodology/assess.ts'
import type { Outcome, RecordDetail } from '../../src/domain/record.ts'
import type { Transfer } from '../../src/domain/transfer.ts'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import { readRecordOf } from '../storage/records.ts'
import { readReview } from '../storage/reviews.ts'
import { changeAccount } from './append.ts'
import { draft, type Writing } from './writing.ts'

export interface ReviewVerdict {
  /** `decline` leaves what was counted before as it is, which for an activity in review is nothing. */
  readonly decision: 'grant' | 'decline'
  /** What counts from now on; when granting, absent means what the first assessment came to. */
  readonly rewardGrams?: number
  readonly points?: number
  readonly note?: string
}

export interface Decided {
  readonly outcome: Outcome
  readonly rewardGrams: number
  readonly points: number
}

export async function decideReview(
  deps: Deps,
  accountId: AccountId,
  about: { activityId: ActivityId; verdict: ReviewVerdict },
): Promise<Decided> {
  const { activityId, verdict } = about
  return changeAccount(deps, accountId, async (writing) => {
    const review = await readReview(deps.db, accountId, activityId)
    const activity = findActivity(writing.ledger, activityId)
    const first = await readFirstAssessment(deps, accountId, activityId)
    if (review?.state !== 'pending' || !activity || !first) throw new ProblemError('not_found')
    const decided = verdictOn(activity, first, verdict)
    const { outcome, rewardGrams, points } = decided
    const assessment: Assessment = { ...first, verdict: outcome as Verdict, rewardGrams, points }
    await draft(
      writing,
      {
        // Of two operators at once, the second derives the same id and finds it done.
        id: `review.decide:${activityId}:${review.openedAt}`,
        kind: 'review.decide',
        outcome,
        transfers: corrections(writing, activity, decided),
        detail: {
          about: activityId,
          reasons: first.reasons,
          assessment,
          ...(verdict.note === undefined ? {} : { note: verdict.note }),
        },
      },
      deps.randomBytes,
    )
    return decided
  })
}

async function readFirstAssessment(
  deps: Deps,
  accountId: AccountId,
  activityId: ActivityId,
): Promise<Assessment | undefined> {
  const record = await readRecordOf(deps.db, accountId, activityId)
  if (!record?.detail) return undefined
  return (JSON.parse(record.detail) as RecordDetail).assessment
}

function verdictOn(activity: PostedActivity, first: Assessment, verdict: ReviewVerdict): Decided {
  if (verdict.decision === 'decline') {
    const outcome = activity.outcome === 'review' ? 'rejected' : (activity.outcome as Outcome)
    return { outcome, rewardGrams: activity.grams, points: activity.points }
  }
  return {
    outcome: 'accepted',
    rewardGrams: verdict.rewardGrams ?? first.rewardGrams,
    points: verdict.points ?? first.points,
  }
}

/** The difference to what counts already: more is earned today, less is taken back as a withdrawal would. */
function corrections({ ledger, at }: Writing, activity: PostedActivity, decided: Decided): Transfer[] {
  const grams = decided.rewardGrams - activity.grams
  const points = decided.points - activity.points
  return [
    ...earn(ledger, { grams: Math.max(0, grams), points: Math.max(0, points), now: at }),
    ...takeBack(ledger, { grams: Math.max(0, -grams), points: Math.max(0, -points) }),
  ]
}
