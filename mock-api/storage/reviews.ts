/** Activities that a person has to look at, and settlements whose merchant's record is still to come. Both lie beside their account. */
import type { AccountId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'
import type { Queryable } from './db.ts'

/** An appeal after a decision opens it again. */
export async function openReview(
  tx: Queryable,
  accountId: string,
  activityId: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into reviews (account_id, activity_id, state, opened_at) values ($1, $2, 'pending', $3)
     on conflict (account_id, activity_id) do update set state = 'pending', opened_at = excluded.opened_at, decided_at = null`,
    [accountId, activityId, at],
  )
}

export async function closeReview(
  tx: Queryable,
  review: {
    accountId: string
    activityId: string
    state: 'decided' | 'withdrawn'
    note?: string
    at: Instant
  },
): Promise<void> {
  await tx.query(
    `update reviews set state = $3, decided_at = $4, note = $5 where account_id = $1 and activity_id = $2 and state = 'pending'`,
    [review.accountId, review.activityId, review.state, review.at, review.note ?? null],
  )
}

export interface ReviewRow {
  readonly accountId: AccountId
  readonly activityId: string
  readonly state: 'pending' | 'decided' | 'withdrawn'
  readonly openedAt: number
}

export async function readReview(
  db: Queryable,
  accountId: string,
  activityId: string,
): Promise<ReviewRow | undefined> {
  const rows = await db.query<ReviewRow>(
    `select account_id as "accountId", activity_id as "activityId", state, opened_at as "openedAt"
       from reviews where account_id = $1 and activity_id = $2`,
    [accountId, activityId],
  )
  return rows[0]
}

/** Over all accounts: an operator's page. */
export async function readPendingReviews(db: Queryable, limit: number): Promise<ReviewRow[]> {
  return await db.query<ReviewRow>(
    `select account_id as "accountId", activity_id as "activityId", state, opened_at as "openedAt"
       from reviews /* all accounts */ where state = 'pending' order by opened_at, account_id, activity_id limit $1`,
    [limit],
  )
}

export async function dropReviews(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from reviews where account_id = $1', [accountId])
}
