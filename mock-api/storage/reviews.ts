/** Activities that a person has to look at, beside their account. The person's words go with the account; the operator's stand in the record. */
import type { AccountId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'
import type { Queryable } from './db.ts'

/** An appeal after a decision opens it again. */
export async function openReview(
  tx: Queryable,
  review: { accountId: string; activityId: string; appeal?: string; at: Instant },
): Promise<void> {
  await tx.query(
    `insert into reviews (account_id, activity_id, state, opened_at, appeal) values ($1, $2, 'pending', $3, $4)
     on conflict (account_id, activity_id) do update
       set state = 'pending', opened_at = excluded.opened_at, appeal = excluded.appeal, decided_at = null`,
    [review.accountId, review.activityId, review.at, review.appeal ?? null],
  )
}

export async function closeReview(
  tx: Queryable,
  review: { accountId: string; activityId: string; state: 'decided' | 'withdrawn'; at: Instant },
): Promise<void> {
  await tx.query(
    `update reviews set state = $3, decided_at = $4 where account_id = $1 and activity_id = $2 and state = 'pending'`,
    [review.accountId, review.activityId, review.state, review.at],
  )
}

export interface ReviewRow {
  readonly accountId: AccountId
  readonly activityId: string
  readonly state: 'pending' | 'decided' | 'withdrawn'
  readonly openedAt: number
  readonly appeal: string | null
}

export async function readReview(
  db: Queryable,
  accountId: string,
  activityId: string,
): Promise<ReviewRow | undefined> {
  const rows = await db.query<ReviewRow>(
    `select account_id as "accountId", activity_id as "activityId", state, opened_at as "openedAt", appeal
       from reviews where account_id = $1 and activity_id = $2`,
    [accountId, activityId],
  )
  return rows[0]
}

/** Over all accounts: an operator's page. */
export async function readPendingReviews(db: Queryable, limit: number): Promise<ReviewRow[]> {
  return await db.query<ReviewRow>(
    `select account_id as "accountId", activity_id as "activityId", state, opened_at as "openedAt", appeal
       from reviews /* all accounts */ where state = 'pending' order by opened_at, account_id, activity_id limit $1`,
    [limit],
  )
}

export async function dropReviews(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from reviews where account_id = $1', [accountId])
}
