/** The row of an account: its head, its balances, its state. Written by the compare-and-set of an append, by a deletion, and beside both what is no record. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { AccountKind } from '../../src/domain/ledger/actor.ts'
import { GENESIS_HASH } from '../../src/proof/chain.ts'
import type { Queryable } from './db.ts'

export interface AccountRow {
  readonly accountId: AccountId
  readonly kind: AccountKind
  readonly merchantId: MerchantId | null
  readonly city: CityId
  readonly phoneKey: string | null
  readonly nextSeq: number
  readonly fence: number
  readonly headHash: string
  readonly available: number
  readonly held: number
  readonly nextDueAt: number | null
  readonly deletedAt: number | null
  /** Up to which record the news were read, on any phone. */
  readonly seenSeq: number
}

/** With what decisions read, and a pull does not. */
export interface AccountWithState extends AccountRow {
  /** See state.ts; null once the account is deleted. */
  readonly state: string | null
}

const COLUMNS = `account_id as "accountId", kind, merchant_id as "merchantId", city, phone_key as "phoneKey",
  next_seq as "nextSeq", fence, head_hash as "headHash", available, held, next_due_at as "nextDueAt", deleted_at as "deletedAt",
  coalesce(seen_seq, 0) as "seenSeq"`

export async function readAccount(db: Queryable, accountId: AccountId): Promise<AccountRow | undefined> {
  const rows = await db.query<AccountRow>(`select ${COLUMNS} from accounts where account_id = $1`, [
    accountId,
  ])
  return rows[0]
}

/** When its row was made: after a restored backup that lacked it, that is later than the records which its phone brings back. */
export async function readOpenedAt(db: Queryable, accountId: AccountId): Promise<Instant | undefined> {
  const rows = await db.query<{ at: Instant }>('select opened_at as at from accounts where account_id = $1', [
    accountId,
  ])
  return rows[0]?.at
}

export async function readAccountWithState(
  db: Queryable,
  accountId: AccountId,
): Promise<AccountWithState | undefined> {
  const rows = await db.query<AccountWithState>(
    `select ${COLUMNS}, state from accounts where account_id = $1`,
    [accountId],
  )
  return rows[0]
}

/** Several at once, for what is given to many. */
export async function readAccountsWithState(
  db: Queryable,
  accountIds: readonly AccountId[],
): Promise<AccountWithState[]> {
  return await db.query<AccountWithState>(
    `select ${COLUMNS}, state from accounts where account_id = any($1::uuid[])`,
    [accountIds],
  )
}

interface NewAccount {
  readonly accountId: string
  readonly kind: AccountKind
  readonly merchantId: string | null
  readonly city: CityId
  /** Null: of a branch, or of whatever else no phone opens. */
  readonly phoneKey: string | null
  readonly state: string
  readonly at: Instant
}

/** Whether this call opened it; again is nothing. */
export async function insertAccount(db: Queryable, account: NewAccount): Promise<boolean> {
  const { accountId, kind, merchantId, city, phoneKey, state, at } = account
  const rows = await db.query(
    `insert into accounts (account_id, kind, merchant_id, city, phone_key, next_seq, fence, head_hash, available, held, state, opened_at)
     values ($1, $2, $3, $4, $5, 1, 0, $6, 0, 0, $7, $8)
     on conflict (account_id) do nothing returning account_id`,
    [accountId, kind, merchantId, city, phoneKey, GENESIS_HASH, state, at],
  )
  return rows.length > 0
}

interface Advance {
  readonly accountId: AccountId
  readonly expectedSeq: number
  readonly expectedFence: number
  readonly records: number
  readonly available: number
  readonly held: number
  readonly headHash: string
  readonly state: string
  readonly nextDueAt: Instant | null
}

/**
 * The compare-and-set that every append begins with. Where somebody else was first it fails (`isLostRace`), and with it all that was sent behind
 * it in the same message: whoever appends waits for no answer in between.
 */
export async function advanceAccount(tx: Queryable, step: Advance): Promise<void> {
  await tx.query(
    `with advanced as (
       update accounts
          set next_seq = next_seq + $4, available = available + $5, held = held + $6, head_hash = $7, state = $8, next_due_at = $9
        where account_id = $1 and next_seq = $2 and fence = $3 and deleted_at is null
        returning next_seq)
     select 1 / count(*) as advanced from advanced`,
    [
      step.accountId,
      step.expectedSeq,
      step.expectedFence,
      step.records,
      step.available,
      step.held,
      step.headHash,
      step.state,
      step.nextDueAt,
    ],
  )
}

/** The person's home city: nothing of the journal changes by it. */
export async function moveAccount(db: Queryable, accountId: AccountId, city: CityId): Promise<void> {
  await db.query(
    'update accounts set city = $2 where account_id = $1 and city <> $2 and deleted_at is null',
    [accountId, city],
  )
}

/** A branch's account has no phone; it had one before there were tills. */
export async function dropPhoneOf(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query('update accounts set phone_key = null where account_id = $1', [accountId])
}

/**
 * The news were read up to that record, or to the last one that there is: a maximum, so that it is nothing in which order phones tell it.
 * Returns what holds then.
 */
export async function raiseSeen(
  db: Queryable,
  { accountId, seenSeq }: Pick<AccountRow, 'accountId' | 'seenSeq'>,
  told: number,
): Promise<number> {
  const rows = await db.query<{ seenSeq: number }>(
    `update accounts set seen_seq = least($2::bigint, next_seq - 1)
      where account_id = $1 and coalesce(seen_seq, 0) < least($2::bigint, next_seq - 1) and deleted_at is null
      returning seen_seq as "seenSeq"`,
    [accountId, told],
  )
  return rows[0]?.seenSeq ?? seenSeq
}

/** Makes every append that was decided before now fail its compare-and-set. */
export async function fenceAccount(db: Queryable, accountId: string): Promise<void> {
  await db.query('update accounts set fence = fence + 1 where account_id = $1', [accountId])
}

/**
 * Accounts on which something is due; over all accounts, so that only the sweeper asks. `heardSince`: only those of which a device was heard
 * since then, or that are younger.
 */
export async function readDueAccounts(
  db: Queryable,
  due: { now: Instant; limit: number; heardSince: Instant | undefined },
): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    `select a.account_id as "accountId" from accounts a /* all accounts */
      where a.next_due_at is not null and a.next_due_at <= $1 and ($3::bigint is null or a.opened_at > $3 or exists (
        select 1 from heard_after_restore h where h.account_id = a.account_id and h.restored_at >= $3))
      order by a.next_due_at limit $2`,
    [due.now, due.limit, due.heardSince ?? null],
  )
  return rows.map((row) => row.accountId)
}

/** The first statement of a deletion. False: it was deleted before, or has gone on since it was read. */
export async function markDeleted(
  tx: Queryable,
  { accountId, nextSeq }: Pick<AccountRow, 'accountId' | 'nextSeq'>,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update accounts set deleted_at = $2, state = null, next_due_at = null, phone_key = null, fence = fence + 1, seen_seq = null
      where account_id = $1 and next_seq = $3 and deleted_at is null returning account_id`,
    [accountId, at, nextSeq],
  )
  return rows.length > 0
}

/** Nothing but that it is deleted, of an account that a restored backup does not know. */
export async function insertDeleted(db: Queryable, accountId: AccountId, at: Instant): Promise<void> {
  await db.query(
    `insert into accounts (account_id, kind, city, next_seq, fence, head_hash, available, held, opened_at, deleted_at)
     values ($1, 'citizen', '', 1, 0, $2, 0, 0, $3, $3) on conflict (account_id) do nothing`,
    [accountId, GENESIS_HASH, at],
  )
}

/** Deleted accounts, in order of id; '' begins. */
export async function readDeletedAfter(db: Queryable, after: string, limit: number): Promise<AccountRow[]> {
  return await db.query<AccountRow>(
    `select ${COLUMNS} from accounts /* all accounts */
      where deleted_at is not null and account_id::text > $1 order by account_id::text limit $2`,
    [after, limit],
  )
}

/** For the audit, in order of id; '' begins. */
export async function readAccountsAfter(
  db: Queryable,
  after: string,
  limit: number,
): Promise<AccountWithState[]> {
  return await db.query<AccountWithState>(
    `select ${COLUMNS}, state from accounts /* all accounts */ where account_id::text > $1 order by account_id::text limit $2`,
    [after, limit],
  )
}
