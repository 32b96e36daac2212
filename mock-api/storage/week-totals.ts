/** What accounts of a city did in a week that is over: counted once over all accounts, from then on read here. No account stands in it. */
import type { CityId } from '../../src/domain/base/city.ts'
import { DAY_MS, type Day, type Instant } from '../../src/domain/base/time.ts'
import { type Queryable, valuesList } from './db.ts'

export interface WeekTotal {
  /** Its Monday. */
  readonly week: Day
  readonly city: CityId
  /** Accounts with an act that counts. */
  readonly people: number
  readonly acts: number
  readonly grams: number
  readonly points: number
  readonly vouchers: number
}

const WEEK_MS = 7 * DAY_MS

export async function readWeekTotals(db: Queryable, from: Day): Promise<WeekTotal[]> {
  return await db.query<WeekTotal>(
    `select week, city, people, acts, grams, points, vouchers from week_totals
      where week >= $1 order by week desc, city`,
    [from],
  )
}

/** Two at once count the same: what is posted is never posted earlier. */
export async function writeWeekTotals(
  db: Queryable,
  totals: readonly WeekTotal[],
  at: Instant,
): Promise<void> {
  if (totals.length === 0) return
  await db.query(
    `insert into week_totals (week, city, people, acts, grams, points, vouchers, counted_at)
     values ${valuesList(totals.length, 8)} on conflict (week, city) do nothing`,
    totals.flatMap(({ week, city, people, acts, grams, points, vouchers }) => [
      ...[week, city, people, acts, grams, points, vouchers],
      at,
    ]),
  )
}

interface CountedWeek extends Omit<WeekTotal, 'week'> {
  /** Weeks after `from`. */
  readonly place: number
}

/**
 * By when it was posted and where the account is at home now. What counts of an act is what its records, with all corrections of the week,
 * have brought from the system's side.
 */
export async function countWeeks(db: Queryable, from: Instant, until: Instant): Promise<CountedWeek[]> {
  return await db.query<CountedWeek>(
    `select place, city, count(distinct account_id) filter (where is_act) as people,
            count(*) filter (where is_act) as acts,
            coalesce(sum(grams), 0)::bigint as grams, coalesce(sum(points), 0)::bigint as points,
            count(*) filter (where kind = 'voucher.redeem') as vouchers
       from (
         select (r.posted_at - $1::bigint) / $3::bigint as place, a.city, a.account_id, r.kind,
                r.kind in ('activity.record', 'activity.report') as is_act, moved.grams, moved.points
           from (select account_id, posted_at, body::jsonb as body, body::jsonb ->> 'kind' as kind
                   from records /* all accounts */
                  where posted_at >= $1 and posted_at < $2 and outcome in ('accepted', 'adjusted', 'rejected')) as r
           join accounts a on a.account_id = r.account_id and a.kind = 'citizen'
          cross join lateral (
            select sum(case when t ->> 'asset' = 'grams' then sign else 0 end * (t ->> 'amount')::bigint) as grams,
                   sum(case when t ->> 'asset' = 'points' and r.kind <> 'lot.expire' then sign else 0 end * (t ->> 'amount')::bigint) as points
              from (select t, case when t ->> 'debit' = 'issuance' then 1 when t ->> 'credit' = 'issuance' then -1 else 0 end as sign
                      from jsonb_array_elements(r.body -> 'transfers') as t) as signed) as moved
          where r.kind not in ('activity.record', 'activity.report') or r.body ->> 'outcome' <> 'rejected') as counted
      group by place, city`,
    [from, until, WEEK_MS],
  )
}
