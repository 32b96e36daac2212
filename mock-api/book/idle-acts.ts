/**
 * Acts that the account's state has let go because they count nothing, found by their record: what a withdrawal or an appeal of one is decided
 * upon. Read before the decision, so that `decide` stays pure.
 */

import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { factsOf, findActivity, type PostedActivity, WINDOW_DAYS } from '../../src/domain/ledger/ledger.ts'
import { isMerged } from '../../src/domain/ledger/ledger-acts.ts'
import type { ActFacts } from '../../src/domain/ledger/ledger-state.ts'
import { claimIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Assessment } from '../../src/domain/methodology/assess.ts'
import type { Queryable } from '../storage/db.ts'
import { type RecordRow, readLastStep, readRecordsOf } from '../storage/records.ts'
import { type ReviewRow, readReviews } from '../storage/reviews.ts'
import type { Writing } from './writing.ts'

export type IdleActs = ReadonlyMap<string, PostedActivity>

/** Those that the commands are about and that neither the state nor the batch itself holds. */
export async function readIdleActs(
  db: Queryable,
  { account: { accountId }, ledger, at }: Writing,
  commands: readonly Command[],
): Promise<IdleActs> {
  const wanted = commands.flatMap(({ kind, body }) =>
    kind === 'activity.withdraw' || kind === 'activity.appeal' ? [body.activityId] : [],
  )
  const missing = wanted.filter((id) => !findActivity(ledger, id))
  if (missing.length === 0) return new Map()
  const records = await readRecordsOf(db, accountId, missing)
  const reviews = await readReviews(db, accountId, missing)
  const acts = new Map<string, PostedActivity>()
  for (const record of records) {
    const act = await idleActIn(db, { record, review: reviews.get(record.commandId), at })
    if (act) acts.set(act.id, act)
  }
  return acts
}

/** What this batch drafted comes first: an act may be recorded, let go and taken back in one. */
export function findIdleAct(
  { drafts, at }: Writing,
  acts: IdleActs,
  id: ActivityId,
): PostedActivity | undefined {
  const record = drafts.find(({ row }) => row.commandId === id)?.row
  const act = record ? actIn(record, { verdict: undefined, review: undefined, at }) : acts.get(id)
  if (!act) return undefined
  const asked = drafts.filter(({ about, row }) => about === id && row.outcome !== 'refused')
  return {
    ...act,
    ...(asked.some(({ kind }) => kind === 'activity.withdraw') ? { outcome: 'withdrawn' } : {}),
    ...(asked.some(({ kind }) => kind === 'activity.appeal') ? { appealed: true } : {}),
  }
}

interface Found {
  readonly record: RecordRow
  readonly review: ReviewRow | undefined
  readonly at: Instant
}

async function idleActIn(db: Queryable, { record, review, at }: Found): Promise<PostedActivity | undefined> {
  const decided = await readLastStep(db, record.accountId, `review.decide:${record.commandId}:`)
  return actIn(record, { verdict: openDetail(decided?.detail)?.assessment, review, at })
}

/** Undefined: no act, too old to change, or one that counted and that the state has forgotten with its day. */
function actIn(
  record: RecordRow,
  known: { verdict: Assessment | undefined; review: ReviewRow | undefined; at: Instant },
): PostedActivity | undefined {
  const { verdict, review, at } = known
  const facts = factsIn(record)
  const assessment = verdict ?? openDetail(record.detail)?.assessment
  if (!facts || !assessment || record.postedAt < at - WINDOW_DAYS * DAY_MS) return undefined
  const isCounted = assessment.verdict === 'accepted' || assessment.verdict === 'adjusted'
  if (isCounted && assessment.rewardGrams + assessment.points > 0 && review?.state !== 'withdrawn')
    return undefined
  return {
    ...facts,
    outcome: isMerged(assessment)
      ? 'superseded'
      : review?.state === 'withdrawn'
        ? 'withdrawn'
        : assessment.verdict,
    grams: 0,
    points: 0,
    ...(review?.appeal == null ? {} : { appealed: true }),
  }
}

/** What the fold would keep of the act in this record. */
export function factsIn(record: RecordRow): ActFacts | undefined {
  const detail = openDetail(record.detail)
  const claim = claimIn(detail)
  if (!claim || !detail?.assessment) return undefined
  return factsOf(record.commandId as ActivityId, claim, { ...detail, assessment: detail.assessment })
}
