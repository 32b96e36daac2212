/** The journal's rows: appended, read by seq, found by command id. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Outcome } from '../../src/domain/ledger/record.ts'
import { DOWN, type Queryable, UP, valuesList } from './db.ts'

export interface RecordRow {
  readonly accountId: AccountId
  readonly seq: number
  readonly commandId: string
  readonly commandDigest: string | null
  readonly outcome: Outcome
  readonly body: string
  readonly hash: string
  readonly detail: string | null
  readonly salt: string | null
  readonly availableAfter: number
  readonly heldAfter: number
  readonly postedAt: number
}

const COLUMN_COUNT = 12

export const RECORD_COLUMNS = `account_id as "accountId", seq, command_id as "commandId", command_digest as "commandDigest", outcome,
  body, hash, detail, salt, available_after as "availableAfter", held_after as "heldAfter", posted_at as "postedAt"`

/** Rows a statement: 65,535 parameters are the protocol's end. */
const ROWS_A_STATEMENT = 2000

export async function insertRecords(tx: Queryable, all: readonly RecordRow[]): Promise<void> {
  for (let from = 0; from < all.length; from += ROWS_A_STATEMENT)
    await insertSome(tx, all.slice(from, from + ROWS_A_STATEMENT))
}

async function insertSome(tx: Queryable, records: readonly RecordRow[]): Promise<void> {
  await tx.query(
    `insert into records (account_id, seq, command_id, command_digest, outcome, body, hash, detail, salt, available_after, held_after, posted_at)
     values ${valuesList(records.length, COLUMN_COUNT)}`,
    records.flatMap((each) => [
      each.accountId,
      each.seq,
      each.commandId,
      each.commandDigest,
      each.outcome,
      each.body,
      each.hash,
      each.detail,
      each.salt,
      each.availableAfter,
      each.heldAfter,
      each.postedAt,
    ]),
  )
}

export type KnownCommand = Pick<RecordRow, 'commandId' | 'commandDigest' | 'seq' | 'outcome'>

/**
 * Ids are looked up one by one, inside the statement: with `= any` and statistics of yesterday, when the account had a hundred rows, the planner
 * reads all that it has by now and filters them.
 */
export async function readKnown(
  db: Queryable,
  accountId: AccountId,
  commandIds: readonly string[],
): Promise<Map<string, KnownCommand>> {
  if (commandIds.length === 0) return new Map()
  const rows = await db.query<KnownCommand>(
    `select found.* from unnest($2::text[]) as wanted (id) cross join lateral (
       select command_id as "commandId", command_digest as "commandDigest", seq, outcome
         from records where account_id = $1 and command_id = wanted.id limit 1) as found`,
    [accountId, [...new Set(commandIds)]],
  )
  return new Map(rows.map((row) => [row.commandId, row]))
}

/** Which of these ids have a record, in whichever of the accounts. */
export async function readKnownIn(
  db: Queryable,
  accountIds: readonly AccountId[],
  commandIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(
    `select account_id || ' ' || command_id as id from records
      where account_id = any($1::uuid[]) and command_id = any($2::text[])`,
    [accountIds, commandIds],
  )
  return new Set(rows.map(({ id }) => id))
}

export async function readRecordOf(
  db: Queryable,
  accountId: AccountId,
  commandId: string,
): Promise<RecordRow | undefined> {
  const rows = await db.query<RecordRow>(
    `select ${RECORD_COLUMNS} from records where account_id = $1 and command_id = $2`,
    [accountId, commandId],
  )
  return rows[0]
}

export async function readRecordsOf(
  db: Queryable,
  accountId: AccountId,
  commandIds: readonly string[],
): Promise<RecordRow[]> {
  return await db.query<RecordRow>(
    `select found.* from unnest($2::text[]) as wanted (id) cross join lateral (
       select ${RECORD_COLUMNS} from records where account_id = $1 and command_id = wanted.id limit 1) as found`,
    [accountId, [...new Set(commandIds)]],
  )
}

/** The newest record whose id begins like this: steps that can happen more than once to the same thing. */
export async function readLastStep(
  db: Queryable,
  accountId: AccountId,
  idPrefix: string,
): Promise<RecordRow | undefined> {
  const rows = await db.query<RecordRow>(
    `select ${RECORD_COLUMNS} from records where account_id = $1 and starts_with(command_id, $2) order by seq desc limit 1`,
    [accountId, idPrefix],
  )
  return rows[0]
}

export async function readPage(
  db: Queryable,
  accountId: AccountId,
  page: { after: number; limit: number },
): Promise<RecordRow[]> {
  return await db.query<RecordRow>(
    `select ${RECORD_COLUMNS} from records where account_id = $1 and seq > $2 order by seq limit $3`,
    [accountId, page.after, page.limit],
  )
}

interface ListedRecords {
  /** Where the page begins: beyond this one. */
  readonly after: number | undefined
  readonly isDown: boolean
  readonly limit: number
  /** Of steps of one kind alone; empty: all. */
  readonly idPrefix?: string
  /** Between these, both of them as well. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** For a list of somebody’s who looks through it. */
export async function readListed(
  db: Queryable,
  accountId: AccountId,
  { after, isDown, limit, idPrefix = '', from, to }: ListedRecords,
): Promise<RecordRow[]> {
  const { beyond, way } = isDown ? DOWN : UP
  return await db.query<RecordRow>(
    `select ${RECORD_COLUMNS} from records
      where account_id = $1 and ($2::bigint is null or seq ${beyond} $2) and starts_with(command_id, $4)
        and ($5::bigint is null or seq >= $5) and ($6::bigint is null or seq <= $6) order by seq ${way} limit $3`,
    [accountId, after ?? null, limit, idPrefix, from ?? null, to ?? null],
  )
}

export async function readHash(
  db: Queryable,
  accountId: AccountId,
  seq: number,
): Promise<string | undefined> {
  const rows = await db.query<{ hash: string }>(
    'select hash from records where account_id = $1 and seq = $2',
    [accountId, seq],
  )
  return rows[0]?.hash
}

/** All that is personal goes; bodies stay, and the chain still checks. */
export async function dropDetails(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('update records set detail = null, salt = null where account_id = $1', [accountId])
}
