/** The review desk. It exists only where OPS_TOKEN is set, and says nothing to those who do not have it. */
import * as v from 'valibot'
import { textOf } from '../../src/contract/plain-text.ts'
import { type CityId, isCityId } from '../../src/domain/base/city.ts'
import { type AccountId, type ActivityId, isUuid } from '../../src/domain/base/ids.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { actInOffice } from '../book/act-in-office.ts'
import { readLiving } from '../book/append.ts'
import type { Decided } from '../book/decide-review.ts'
import { decideReviewAct } from '../desk/review-acts.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam } from '../http/session.ts'
import { readAccount } from '../storage/accounts.ts'
import { readRecordOf } from '../storage/records.ts'
import { type ReviewRow, readPendingReviews, readReviews } from '../storage/reviews.ts'

/** What an operator looks through in one sitting; the rest follows when these are decided, or page by page as cases. */
const REVIEWS_MAX = 100
export const NOTE_MAX = 500
/** The pack's open day cap bounds what one act can be worth; ten times it is surely a slip of the keyboard. */
const GRANT_MAX = 60_000

const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(GRANT_MAX))

export const reviewVerdictSchema = v.strictObject({
  decision: v.picklist(['grant', 'decline']),
  rewardGrams: v.exactOptional(amount),
  points: v.exactOptional(amount),
  note: v.exactOptional(textOf(NOTE_MAX)),
})

export const decidedSchema = v.strictObject({
  outcome: v.picklist(['accepted', 'adjusted', 'rejected', 'review', 'refused']),
  rewardGrams: v.number(),
  points: v.number(),
})

export const pendingReviewSchema = v.strictObject({
  accountId: v.string(),
  activityId: v.string(),
  openedAt: v.number(),
  /** The person's words, when it was appealed. */
  appeal: v.exactOptional(v.string()),
  /** Announced with the appeal, and whether its bytes have come: see `voices/:accountId/photos/:digest`. */
  photoDigest: v.exactOptional(v.string()),
  hasPhoto: v.exactOptional(v.boolean()),
  /** The first record's detail: command and assessment. */
  detail: v.exactOptional(v.looseObject({})),
})

/** The shape of before there were cases, see cases.ts. */
export const pendingReviewsSchema = v.strictObject({ reviews: v.array(pendingReviewSchema) })

type PendingReviews = v.InferOutput<typeof pendingReviewsSchema>

export async function listReviews(c: HttpContext, deps: Deps): Promise<PendingReviews> {
  await requireRole(c, deps, 'reviewer')
  const rows = await readPendingReviews(deps.db, REVIEWS_MAX)
  const reviews: PendingReviews['reviews'] = []
  for (const row of rows) reviews.push(await pendingOf(deps, row))
  return { reviews }
}

export async function pendingOf(
  deps: Deps,
  { accountId, activityId, openedAt, appeal, photoDigest, hasPhoto }: ReviewRow,
): Promise<PendingReviews['reviews'][number]> {
  const record = await readRecordOf(deps.db, accountId, activityId)
  const detail = openDetail(record?.detail)
  return {
    accountId,
    activityId,
    openedAt,
    ...(appeal === null ? {} : { appeal }),
    ...(photoDigest === null ? {} : { photoDigest, hasPhoto }),
    ...(detail ? { detail: { ...detail } } : {}),
  }
}

export async function decideReviewRoute(c: HttpContext, deps: Deps): Promise<Decided> {
  const accountId = accountParam(c)
  const city = await cityOf(deps, { accountId })
  const operator = await requireRole(c, deps, 'reviewer', city)
  const activityId = (c.req.param('activityId') ?? '') as ActivityId
  if (!isUuid(activityId)) throw new ProblemError('not_found')
  const verdict = await readJson(c, reviewVerdictSchema, BODY_BYTES_MAX)
  await readLiving(deps.db, accountId)
  const review = (await readReviews(deps.db, accountId, [activityId])).get(activityId)
  if (review?.state !== 'pending') throw new ProblemError('not_found')
  const subject = `review ${accountId} ${activityId}`
  const payload = { accountId, activityId, verdict }
  const decided = await actInOffice(deps, operator, { act: decideReviewAct, ...city, subject, payload })
  if (!decided) throw new ProblemError('not_found')
  return decided
}

/** Where the account is at home: by this its reviewers are told. Of an account that nobody knows, no city. */
export async function cityOf(
  deps: Deps,
  { accountId }: { accountId: AccountId },
): Promise<{ city?: CityId }> {
  const city = (await readAccount(deps.db, accountId))?.city
  return city !== undefined && isCityId(city) ? { city } : {}
}
