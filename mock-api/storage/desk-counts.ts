/** How much waits at the desk: counted over all accounts, of cities or of all. */
import type { Queryable } from './db.ts'

interface WaitingReviews {
  readonly appeals: number
  readonly others: number
  readonly oldestAt: number | null
}

export async function countReviews(db: Queryable, cities: readonly string[]): Promise<WaitingReviews> {
  const rows = await db.query<WaitingReviews>(
    `select count(*) filter (where r.cause = 'appealed') as appeals, count(*) filter (where r.cause <> 'appealed') as others,
            min(r.opened_at) as "oldestAt"
       from reviews r /* all accounts */ left join accounts a on a.account_id = r.account_id
      where r.state = 'pending' and (cardinality($1::text[]) = 0 or a.city = any($1::text[]))`,
    [cities],
  )
  return rows[0] ?? { appeals: 0, others: 0, oldestAt: null }
}

interface WaitingVoices {
  readonly feedback: number
  readonly nominations: number
  readonly oldestAt: number | null
}

export async function countVoices(db: Queryable, cities: readonly string[]): Promise<WaitingVoices> {
  const rows = await db.query<WaitingVoices>(
    `select count(*) filter (where kind = 'feedback.send') as feedback,
            count(*) filter (where kind = 'case.nominate') as nominations, min(sent_at) as "oldestAt"
       from voices /* all accounts */
      where state in ('received', 'in_progress') and (cardinality($1::text[]) = 0 or city = any($1::text[]))`,
    [cities],
  )
  return rows[0] ?? { feedback: 0, nominations: 0, oldestAt: null }
}
