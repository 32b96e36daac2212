/** Acts that a person has to look at, beside their account. The person's words go with the account; the operator's stand in the record. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { PhotoRef } from '../../src/domain/taking-part/voice.ts'
import type { Queryable } from './db.ts'

export interface ReviewRow {
  readonly accountId: AccountId
  readonly activityId: string
  /** `withdrawn` also of acts that nobody looked at: it tells that they were taken back when the account's state has let them go. */
  readonly state: 'pending' | 'decided' | 'withdrawn'
  /** `appealed`, or the reason why it is looked at. Reviews of one account and cause are one case (review-cases.ts). */
  readonly cause: string
  readonly openedAt: number
  readonly appeal: string | null
  readonly photoDigest: string | null
  readonly hasPhoto: boolean
}

export const REVIEW_COLUMNS = `account_id as "accountId", activity_id as "activityId", state, cause, opened_at as "openedAt", appeal,
  photo_digest as "photoDigest", photo is not null as "hasPhoto"`

/** An appeal after a decision opens it again, and leads the act out of the case that it lay in. */
export async function openReview(
  tx: Queryable,
  review: {
    accountId: string
    activityId: string
    cause: string
    appeal?: string
    photo?: PhotoRef
    at: Instant
  },
): Promise<void> {
  await tx.query(
    `insert into reviews (account_id, activity_id, state, opened_at, appeal, cause, photo_digest, photo_type)
       values ($1, $2, 'pending', $3, $4, $5, $6, $7)
     on conflict (account_id, activity_id) do update
       set state = 'pending', opened_at = excluded.opened_at, appeal = excluded.appeal, cause = excluded.cause, decided_at = null,
           photo_digest = excluded.photo_digest, photo_type = excluded.photo_type, photo = null`,
    [
      review.accountId,
      review.activityId,
      review.at,
      review.appeal ?? null,
      review.cause,
      review.photo?.digest ?? null,
      review.photo?.type ?? null,
    ],
  )
}

export async function closeReview(
  tx: Queryable,
  review: { accountId: string; activityId: string; at: Instant },
): Promise<void> {
  await tx.query(
    `update reviews set state = 'decided', decided_at = $3 where account_id = $1 and activity_id = $2 and state = 'pending'`,
    [review.accountId, review.activityId, review.at],
  )
}

/** The act was taken back, looked at or not. */
export async function noteWithdrawn(
  tx: Queryable,
  review: { accountId: string; activityId: string; at: Instant },
): Promise<void> {
  await tx.query(
    `insert into reviews (account_id, activity_id, state, opened_at, decided_at, cause) values ($1, $2, 'withdrawn', $3, $3, 'withdrawn')
     on conflict (account_id, activity_id) do update set state = 'withdrawn', decided_at = excluded.decided_at`,
    [review.accountId, review.activityId, review.at],
  )
}

export async function readReviews(
  db: Queryable,
  accountId: string,
  activityIds: readonly string[],
): Promise<Map<string, ReviewRow>> {
  const rows = await db.query<ReviewRow>(
    `select ${REVIEW_COLUMNS} from reviews where account_id = $1 and activity_id = any($2::text[])`,
    [accountId, activityIds],
  )
  return new Map(rows.map((row) => [row.activityId, row]))
}

/**
 * Over all accounts: appeals first, and of each case one act before the second of any, so that nobody fills the page. The shape of before there
 * were cases.
 */
export async function readPendingReviews(db: Queryable, limit: number): Promise<ReviewRow[]> {
  return await db.query<ReviewRow>(
    `select ${REVIEW_COLUMNS} from (
       select *, row_number() over (partition by account_id, cause order by opened_at, activity_id) as place
         from reviews /* all accounts */ where state = 'pending') as placed
      order by cause <> 'appealed', place, opened_at, account_id, activity_id limit $1`,
    [limit],
  )
}

export async function dropReviews(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from reviews where account_id = $1', [accountId])
}
