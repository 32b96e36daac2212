/** What waits at the review desk, by case: all acts of one account with one cause. However many they are, they take one row of a page. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { DOWN, type Queryable, UP } from './db.ts'
import { REVIEW_COLUMNS, type ReviewRow } from './reviews.ts'

export interface CaseKey {
  readonly accountId: AccountId
  readonly cause: string
}

export interface CaseRow extends CaseKey {
  /** Where it stands in the order that was asked for. */
  readonly place: number
  /** Of the act that has waited longest. */
  readonly openedAt: number
  readonly acts: number
  readonly city: string
}

/** Where a page of cases begins: after this one. */
type CasePlace = Pick<CaseRow, 'place' | 'accountId' | 'cause'>

/** One number each, so that every order has a place of one shape. `waiting`: appeals first, then whoever has waited longest. */
const CASE_ORDERS = {
  waiting: 'rank * 10000000000000 + min(opened_at)',
  opened: 'min(opened_at)',
  acts: 'count(*)',
} as const

/** Over all accounts. Without cities, city, cause and words: of all. */
export async function readCases(
  db: Queryable,
  { after, cities = [], cause, city, find = '', order = 'waiting', isDown = false, limit }: CasesWanted,
): Promise<CaseRow[]> {
  const place = CASE_ORDERS[order]
  const { beyond, way } = isDown ? DOWN : UP
  return await db.query<CaseRow>(
    `select ${place} as place, account_id as "accountId", cause, city, min(opened_at) as "openedAt", count(*) as acts
       from (select r.account_id, r.cause, r.opened_at, lower(coalesce(r.appeal, '')) as words, coalesce(a.city, '') as city,
                    case when r.cause = 'appealed' then 0 else 1 end as rank
               from reviews r /* all accounts */ left join accounts a on a.account_id = r.account_id
              where r.state = 'pending' and ($5::text is null or r.cause = $5) and ($7::text is null or a.city = $7)
                and (cardinality($6::text[]) = 0 or a.city = any($6::text[]))) as open
      group by rank, account_id, cause, city
     having ($1::bigint is null or (${place}, account_id::text, cause) ${beyond} ($1, $2::text, $3::text))
        and ($8::text = '' or starts_with(account_id::text, $8) or bool_or(strpos(words, $8) > 0))
      order by ${place} ${way}, account_id::text ${way}, cause ${way} limit $4`,
    [
      ...[after?.place ?? null, after?.accountId ?? '', after?.cause ?? '', limit],
      ...[cause ?? null, cities, city ?? null, find],
    ],
  )
}

interface CasesWanted {
  readonly after?: CasePlace | undefined
  readonly cities?: readonly string[] | undefined
  readonly cause?: string | undefined
  readonly city?: string | undefined
  /** In small letters: how the account begins, or what an appeal says. */
  readonly find?: string
  readonly order?: keyof typeof CASE_ORDERS
  readonly isDown?: boolean
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
