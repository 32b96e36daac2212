/** The days of an account's state, as texts, and on which of them a track or a file is. Written only in the transaction of an append, or a deletion. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Day } from '../../src/domain/base/time.ts'
import { type Queryable, valuesList } from './db.ts'

export interface DayTexts {
  /** Of the same moment as the texts. Undefined: there is no such account. */
  readonly nextSeq: number | undefined
  /** A day without acts is absent. */
  readonly texts: ReadonlyMap<Day, string>
}

export interface DigestRow {
  readonly digest: string
  readonly day: Day
}

type Joined = { readonly nextSeq: number } & (
  | { readonly day: Day; readonly acts: string }
  | { readonly day: null }
)

/** Those days, and all on which one of the digests is. One statement, so that what it reads is of one moment. */
export async function readDays(
  db: Queryable,
  accountId: AccountId,
  wanted: { days: readonly Day[]; digests: readonly string[] },
): Promise<DayTexts> {
  const { days, digests } = wanted
  const rows =
    digests.length === 0
      ? await db.query<Joined>(
          `select a.next_seq as "nextSeq", d.day, d.acts from accounts a
             left join day_acts d on d.account_id = $1 and d.day = any($2::text[]) where a.account_id = $1`,
          [accountId, days],
        )
      : await db.query<Joined>(
          `select a.next_seq as "nextSeq", d.day, d.acts from accounts a
             left join day_acts d on d.account_id = $1 and (d.day = any($2::text[]) or d.day in (
               select t.day from day_digests t where t.account_id = $1 and t.digest = any($3::text[])))
            where a.account_id = $1`,
          [accountId, days, digests],
        )
  return textsIn(rows)
}

export async function readAllDays(db: Queryable, accountId: AccountId): Promise<DayTexts> {
  const rows = await db.query<Joined>(
    `select a.next_seq as "nextSeq", d.day, d.acts from accounts a
       left join day_acts d on d.account_id = $1 where a.account_id = $1`,
    [accountId],
  )
  return textsIn(rows)
}

function textsIn(rows: readonly Joined[]): DayTexts {
  const there = rows.flatMap((row) => (row.day === null ? [] : [[row.day, row.acts] as const]))
  return { nextSeq: rows[0]?.nextSeq, texts: new Map(there) }
}

/** For the audit. */
export async function readDigests(db: Queryable, accountId: AccountId): Promise<DigestRow[]> {
  return await db.query<DigestRow>('select digest, day from day_digests where account_id = $1', [accountId])
}

const DAYS_A_STATEMENT = 500
const DIGESTS_A_STATEMENT = 5000

export async function putDays(
  tx: Queryable,
  accountId: AccountId,
  days: readonly (readonly [Day, string])[],
): Promise<void> {
  for (let from = 0; from < days.length; from += DAYS_A_STATEMENT) {
    const some = days.slice(from, from + DAYS_A_STATEMENT)
    await tx.query(
      `insert into day_acts (account_id, day, acts) values ${valuesList(some.length, 3)}
       on conflict (account_id, day) do update set acts = excluded.acts`,
      some.flatMap(([day, acts]) => [accountId, day, acts]),
    )
  }
}

export async function dropDays(tx: Queryable, accountId: AccountId, days: readonly Day[]): Promise<void> {
  if (days.length === 0) return
  await tx.query('delete from day_acts where account_id = $1 and day = any($2::text[])', [accountId, days])
}

export async function putDigests(
  tx: Queryable,
  accountId: AccountId,
  rows: readonly DigestRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += DIGESTS_A_STATEMENT) {
    const some = rows.slice(from, from + DIGESTS_A_STATEMENT)
    await tx.query(
      `insert into day_digests (account_id, digest, day) values ${valuesList(some.length, 3)}`,
      some.flatMap(({ digest, day }) => [accountId, digest, day]),
    )
  }
}

export async function dropDigests(
  tx: Queryable,
  accountId: AccountId,
  rows: readonly DigestRow[],
): Promise<void> {
  for (const { digest, day } of rows)
    await tx.query('delete from day_digests where account_id = $1 and digest = $2 and day = $3', [
      accountId,
      digest,
      day,
    ])
}

/** What the fold has forgotten, once a day. Digests are of days only that have acts. */
export async function dropDaysOutside(
  tx: Queryable,
  accountId: AccountId,
  kept: { first: Day; last: Day },
): Promise<void> {
  const range = [accountId, kept.first, kept.last]
  await tx.query('delete from day_acts where account_id = $1 and (day < $2 or day > $3)', range)
  await tx.query('delete from day_digests where account_id = $1 and (day < $2 or day > $3)', range)
}

/** Accounts that a process of the version before deleted, which knows nothing of these tables. */
export async function readLeftBehind(db: Queryable): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    `select distinct d.account_id as "accountId" from day_acts d /* all accounts */
       join accounts a on a.account_id = d.account_id where a.deleted_at is not null`,
  )
  return rows.map(({ accountId }) => accountId)
}

export async function dropAllDays(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from day_acts where account_id = $1', [accountId])
  await tx.query('delete from day_digests where account_id = $1', [accountId])
}
