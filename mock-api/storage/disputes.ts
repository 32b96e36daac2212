/** What holders say against the use of a voucher: by the voucher, until it is decided and, once upheld, given back. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { DisputeVerdict } from '../../src/domain/offers/dispute.ts'
import type { Queryable } from './db.ts'

export interface DisputeRow {
  /** The holder's. */
  readonly accountId: AccountId
  readonly voucherId: string
  readonly branchId: AccountId
  /** The command by which the branch accepted. */
  readonly acceptanceId: string
  readonly note: string
  readonly state: 'open' | DisputeVerdict
  /** `due`: the branch's journal does not say yet that it gives back; `gone`: its account is deleted, and the sponsor's says it. */
  readonly refund: 'due' | 'done' | 'gone' | null
  readonly openedAt: Instant
  readonly decidedAt: Instant | null
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", branch_id as "branchId", acceptance_id as "acceptanceId", note, state,
  refund, opened_at as "openedAt", decided_at as "decidedAt"`

export type DisputeKey = Pick<DisputeRow, 'accountId' | 'voucherId'>

/** In the transaction of its record. */
export async function openDispute(
  tx: Queryable,
  row: Omit<DisputeRow, 'state' | 'refund' | 'decidedAt'>,
): Promise<void> {
  await tx.query(
    `insert into disputes (account_id, voucher_id, branch_id, acceptance_id, note, state, opened_at)
     values ($1, $2, $3, $4, $5, 'open', $6) on conflict (account_id, voucher_id) do nothing`,
    [row.accountId, row.voucherId, row.branchId, row.acceptanceId, row.note, row.openedAt],
  )
}

export async function readDispute(
  db: Queryable,
  { accountId, voucherId }: DisputeKey,
): Promise<DisputeRow | undefined> {
  const rows = await db.query<DisputeRow>(
    `select ${COLUMNS} from disputes where account_id = $1 and voucher_id = $2`,
    [accountId, voucherId],
  )
  return rows[0]
}

/** For the desk, the oldest first. */
export async function readOpenDisputes(
  db: Queryable,
  after: readonly [number, string, string] | undefined,
  limit: number,
): Promise<DisputeRow[]> {
  const [openedAt, accountId, voucherId] = after ?? [-1, '', '']
  return await db.query<DisputeRow>(
    `select ${COLUMNS} from disputes /* all accounts */
      where state = 'open' and (opened_at, account_id::text, voucher_id) > ($1, $2, $3)
      order by opened_at, account_id::text, voucher_id limit $4`,
    [openedAt, accountId, voucherId, limit],
  )
}

/** In the transaction of its decision's record. */
export async function closeDispute(
  tx: Queryable,
  { accountId, voucherId }: DisputeKey,
  { verdict, at }: { verdict: DisputeVerdict; at: Instant },
): Promise<void> {
  await tx.query(
    `update disputes set state = $3, refund = $4, decided_at = $5 where account_id = $1 and voucher_id = $2 and state = 'open'`,
    [accountId, voucherId, verdict, verdict === 'upheld' ? 'due' : null, at],
  )
}

export async function finishDispute(
  db: Queryable,
  { accountId, voucherId }: DisputeKey,
  refund: 'done' | 'gone',
): Promise<void> {
  await db.query(
    `update disputes set refund = $3 where account_id = $1 and voucher_id = $2 and refund = 'due'`,
    [accountId, voucherId, refund],
  )
}

/** What a crash left between a decision and the shop's journal; over all accounts, so that only the sweeper asks. */
export async function readDueRefunds(db: Queryable, limit: number): Promise<DisputeRow[]> {
  return await db.query<DisputeRow>(
    `select ${COLUMNS} from disputes /* all accounts */ where refund = 'due' order by decided_at limit $1`,
    [limit],
  )
}

/** Of an account that is gone: its words go with it. */
export async function dropDisputes(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from disputes where account_id = $1', [accountId])
}
