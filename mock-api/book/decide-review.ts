/** A person's verdict on an activity in review or appealed: a record of its own that corrects what the first one posted. */

import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { moveTo } from '../../src/domain/ledger/earnings.ts'
import { judge, needsToJudge } from '../../src/domain/ledger/judge.ts'
import { findActivity, type PostedActivity } from '../../src/domain/ledger/ledger.ts'
import { allNeeds, type Needs, NO_NEEDS } from '../../src/domain/ledger/needs.ts'
import { claimIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Outcome } from '../../src/domain/ledger/record.ts'
import { idsOf, type Rivals } from '../../src/domain/ledger/rivals.ts'
import type { Assessment, Verdict } from '../../src/domain/methodology/assess.ts'
import { timesOf } from '../../src/domain/methodology/corrected-times.ts'
import type { Pack, Packs } from '../../src/domain/methodology/pack.ts'
import { packInForce, packOf } from '../../src/domain/methodology/which-pack.ts'
import type { Deps } from '../base/deps.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readLastStep, readRecordOf } from '../storage/records.ts'
import { readReviews } from '../storage/reviews.ts'
import { lookUp } from '../storage/state.ts'
import { keepTracks } from '../verify/tracks.ts'
import { changeAccount } from './append.ts'
import { BookError } from './errors.ts'
import { factsIn } from './idle-acts.ts'
import { draft, type Writing } from './writing.ts'

export interface ReviewVerdict {
  /** `decline` leaves what was counted before as it is, which for an activity in review is nothing. */
  readonly decision: 'grant' | 'decline'
  /** What counts from now on; when granting, absent means what the act came to, within the limits as they stand. */
  readonly rewardGrams?: number
  readonly points?: number
  readonly note?: string
}

export interface Decided {
  readonly outcome: Outcome
  readonly rewardGrams: number
  readonly points: number
}

export async function decideReview(deps: Deps, accountId: AccountId, about: Deciding): Promise<Decided> {
  const made = await changeAccount(deps, accountId, async (writing) => {
    const drafted = await draftDecision(deps, writing, about)
    if (!drafted) throw new BookError('nothing_waits')
    return drafted
  })
  if (made.kept) await keepTracks(deps, accountId, { id: about.activityId, claim: made.kept })
  return made.decided
}

interface Deciding {
  readonly activityId: ActivityId
  readonly verdict: ReviewVerdict
  /** The office's record by which it is decided. */
  readonly act?: string
}

interface DraftedDecision {
  readonly decided: Decided
  /** Where the act stands from now on: its track is to be kept for it once this is appended. */
  readonly kept?: ActivityClaim
}

/** Undefined: nothing waits for a decision there, or not any more. */
export async function draftDecision(
  deps: Deps,
  writing: Writing,
  about: Deciding,
): Promise<DraftedDecision | undefined> {
  const { activityId, verdict } = about
  const { accountId } = writing.account
  const review = (await readReviews(deps.db, accountId, [activityId])).get(activityId)
  const record = await readRecordOf(deps.db, accountId, activityId)
  const first = assessmentIn(record)
  const claim = await claimOf(deps.db, record)
  if (review?.state !== 'pending' || !record || !first || !claim) return undefined
  const waiting = { activityId, claim, first }
  await lookUp(deps.db, writing, needsOf(deps, writing, waiting))
  const before = await countedBefore(deps, writing, { activityId, first })
  const { assessment: anew, rivals } = judgedAnew(deps, writing, waiting)
  const granted = before.outcome === 'review' ? anew : first
  const isMerged = verdict.decision === 'grant' && rivals.stronger?.relation === 'same'
  const decided = isMerged ? MERGED : verdictOn(before, granted, verdict)
  const { outcome, rewardGrams, points } = decided
  const giveWay = verdict.decision === 'grant' && !isMerged ? rivals : NOBODY
  const assessment: Assessment = { ...first, verdict: outcome as Verdict, rewardGrams, points }
  const act = before.isHeld || before.grams + before.points > 0 ? undefined : factsIn(record)
  draft(writing, {
    by: 'operator',
    act: about.act,
    // Of two operators at once, the second derives the same id and finds it done.
    id: `${stepPrefix(activityId)}${review.openedAt}`,
    kind: 'review.decide',
    outcome,
    transfers: moveTo(writing.ledger, [before, ...giveWay.supersedes, ...giveWay.displaces], {
      grams: rewardGrams,
      points,
      now: writing.at,
    }),
    detail: {
      about: activityId,
      reasons: isMerged ? [{ code: 'merged' }] : first.reasons,
      assessment,
      ...(act ? { act } : {}),
      ...idsOf(giveWay),
      ...(verdict.note === undefined ? {} : { note: verdict.note }),
    },
  })
  return { decided, ...(outcome === 'rejected' ? {} : { kept: claim }) }
}

/** Better evidence of the same act counts by now: granted or not, it counts once. */
const MERGED: Decided = { outcome: 'rejected', rewardGrams: 0, points: 0 }
const NOBODY: Rivals = { supersedes: [], displaces: [] }

/** As it was told last: a provider may have corrected its report while it waited. */
async function claimOf(db: Queryable, record: RecordRow | undefined): Promise<ActivityClaim | undefined> {
  if (!record) return undefined
  const corrected = await readLastStep(db, record.accountId, `activity.correct:${record.commandId}:`)
  return claimIn(openDetail(corrected?.detail)) ?? claimIn(openDetail(record.detail))
}

function stepPrefix(activityId: ActivityId): string {
  return `review.decide:${activityId}:`
}

function assessmentIn(record: RecordRow | undefined): Assessment | undefined {
  return openDetail(record?.detail)?.assessment
}

/** The act that waits: as it was claimed, and as it was assessed then. */
interface Waiting {
  readonly activityId: ActivityId
  readonly claim: ActivityClaim
  readonly first: Assessment
}

interface Counted extends Pick<PostedActivity, 'outcome' | 'grams' | 'points' | 'lot'> {
  /** The account's state has the act. */
  readonly isHeld?: boolean
}

/**
 * What the activity counts by now. The ledger knows it for two months; of an older one, or of one timed by a clock that was off by more,
 * the last verdict tells: it cannot have been withdrawn since, because only what the ledger knows can be.
 */
async function countedBefore(
  deps: Deps,
  { account, ledger }: Writing,
  { activityId, first }: { activityId: ActivityId; first: Assessment },
): Promise<Counted> {
  const known = findActivity(ledger, activityId)
  if (known) return { ...known, isHeld: true }
  const last = assessmentIn(await readLastStep(deps.db, account.accountId, stepPrefix(activityId))) ?? first
  const isPosted = last.verdict === 'accepted' || last.verdict === 'adjusted'
  return { outcome: last.verdict, grams: isPosted ? last.rewardGrams : 0, points: isPosted ? last.points : 0 }
}

/** The act where it stands, and what it is assessed anew upon. */
function needsOf({ packs }: Deps, { account, at }: Writing, { activityId, claim, first }: Waiting): Needs {
  return allNeeds([
    { ...NO_NEEDS, acts: [activityId] },
    needsToJudge(claim, timesOf(claim, first).startedAt, packFor(packs, account.city, first, at)),
  ])
}

function packFor(packs: Packs, city: CityId, { packId, packVersion }: Assessment, at: Instant): Pack {
  return packOf(packId, packVersion, packs) ?? packInForce(city, at, packs)
}

/** What waited for a review used up no limit meanwhile: by the pack of its day it counts as far as the limits allow by now. */
function judgedAnew(
  { packs }: Deps,
  { account, ledger, at }: Writing,
  { activityId, claim, first }: Waiting,
) {
  return judge(claim, ledger, {
    standing: findActivity(ledger, activityId),
    pack: packFor(packs, account.city, first, at),
    now: at,
    // By the clock as it was corrected then.
    shiftMs: (first.startedAt ?? claim.startedAt) - claim.startedAt,
    isReviewed: true,
  })
}

function verdictOn(before: Counted, granted: Assessment, verdict: ReviewVerdict): Decided {
  if (verdict.decision === 'decline') {
    const outcome = before.outcome === 'review' ? 'rejected' : (before.outcome as Outcome)
    return { outcome, rewardGrams: before.grams, points: before.points }
  }
  return {
    outcome: 'accepted',
    rewardGrams: verdict.rewardGrams ?? granted.rewardGrams,
    points: verdict.points ?? granted.points,
  }
}
