/** The review desk, act by act. */
import type * as v from 'valibot'
import { type pendingReviewsSchema, reviewVerdictSchema } from '../../src/contract/desk/reviews.ts'
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
import { requireCity, requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam } from '../http/session.ts'
import { readAccount } from '../storage/accounts.ts'
import { readRecordOf } from '../storage/records.ts'
import { type ReviewRow, readPendingReviews, readReviews } from '../storage/reviews.ts'

/** What an operator looks through in one sitting; the rest follows when these are decided, or page by page as cases. */
const REVIEWS_MAX = 100
type PendingReviews = v.InferOutput<typeof pendingReviewsSchema>

export async function listReviews(c: HttpContext, deps: Deps): Promise<PendingReviews> {
  const operator = await requireRole(c, deps, 'reviewer')
  // The shape of before there were cities.
  requireCity(c, deps, operator, { role: ['reviewer', 'auditor'], city: undefined })
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
