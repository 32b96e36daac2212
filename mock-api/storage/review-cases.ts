/** What waits at the review desk, by case: all acts of one account with one cause. However many they are, they take one row of a page. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Queryable } from './db.ts'
import { REVIEW_COLUMNS, type ReviewRow } from './reviews.ts'

export interface CaseKey {
  readonly accountId: AccountId
  readonly cause: string
}

export interface CaseRow extends CaseKey {
  /** 0 for appeals, which go first; 1 for the others. */
  readonly rank: number
  /** Of the act that has waited longest. */
  readonly openedAt: number
  readonly acts: number
  readonly city: string
}

/** Where a page of cases begins: after this one. */
export type CasePlace = Pick<CaseRow, 'rank' | 'openedAt' | 'accountId' | 'cause'>

/** Over all accounts: appeals first, then whoever has waited longest. Without cities and cause: of all. */
export async function readCases(
  db: Queryable,
  { after, cities = [], cause: wanted, limit }: CasesWanted,
): Promise<CaseRow[]> {
  const { rank, openedAt, accountId, cause } = after ?? { rank: -1, openedAt: 0, accountId: '', cause: '' }
  return await db.query<CaseRow>(
    `select rank, account_id as "accountId", cause, city, min(opened_at) as "openedAt", count(*) as acts
       from (select r.account_id, r.cause, r.opened_at, coalesce(a.city, '') as city, case when r.cause = 'appealed' then 0 else 1 end as rank
               from reviews r /* all accounts */ left join accounts a on a.account_id = r.account_id
              where r.state = 'pending' and ($6::text is null or r.cause = $6)
                and (cardinality($7::text[]) = 0 or a.city = any($7::text[]))) as open
      group by rank, account_id, cause, city
     having (rank, min(opened_at), account_id::text, cause) > ($1::int, $2::bigint, $3::text, $4::text)
      order by rank, min(opened_at), account_id::text, cause limit $5`,
    [rank, openedAt, accountId, cause, limit, wanted ?? null, cities],
  )
}

interface CasesWanted {
  readonly after?: CasePlace | undefined
  readonly cities?: readonly string[] | undefined
  readonly cause?: string | undefined
  readonly limit: number
}

/** Where a page of a case's acts begins. */
export type ActPlace = Pick<ReviewRow, 'openedAt' | 'activityId'>

export async function readCaseActs(
  db: Queryable,
  { accountId, cause }: CaseKey,
  page: { after: ActPlace | undefined; limit: number },
): Promise<ReviewRow[]> {
  const { openedAt, activityId } = page.after ?? { openedAt: 0, activityId: '' }
  return await db.query<ReviewRow>(
    `select ${REVIEW_COLUMNS} from reviews where account_id = $1 and cause = $2 and state = 'pending'
        and (opened_at, activity_id) > ($3::bigint, $4::text)
      order by opened_at, activity_id limit $5`,
    [accountId, cause, openedAt, activityId, page.limit],
  )
}

export async function countCaseActs(db: Queryable, { accountId, cause }: CaseKey): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*) as count from reviews where account_id = $1 and cause = $2 and state = 'pending'`,
    [accountId, cause],
  )
  return rows[0]?.count ?? 0
}
