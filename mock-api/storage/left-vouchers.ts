/** Vouchers that were open when their holder's account was deleted: a till without a network may have taken one, and is still paid in time. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

interface LeftKey {
  /** Of the account that is gone. */
  readonly accountId: AccountId
  readonly voucherId: string
}

export interface LeftVoucher extends LeftKey {
  readonly merchantId: string
  /** The number that is read aloud. */
  readonly code: string
  readonly token: string
  readonly expiresAt: Instant
  /** Until then an acceptance has to have arrived. */
  readonly returnsAt: Instant
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", merchant_id as "merchantId", code, token, expires_at as "expiresAt",
  returns_at as "returnsAt"`

/** In the transaction of the deletion. */
export async function insertLeft(tx: Queryable, row: LeftVoucher): Promise<void> {
  await tx.query(
    `insert into left_vouchers (account_id, voucher_id, merchant_id, code, token, expires_at, returns_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (account_id, voucher_id) do nothing`,
    [row.accountId, row.voucherId, row.merchantId, row.code, row.token, row.expiresAt, row.returnsAt],
  )
}

export async function readLeft(
  db: Queryable,
  { accountId, voucherId }: LeftKey,
): Promise<LeftVoucher | undefined> {
  const rows = await db.query<LeftVoucher>(
    `select ${COLUMNS} from left_vouchers where account_id = $1 and voucher_id = $2`,
    [accountId, voucherId],
  )
  return rows[0]
}

export async function readLeftOf(db: Queryable, accountId: AccountId): Promise<LeftVoucher[]> {
  return await db.query<LeftVoucher>(
    `select ${COLUMNS} from left_vouchers where account_id = $1 order by voucher_id`,
    [accountId],
  )
}

/** Those for which no acceptance can arrive in time; over all accounts, so that only the sweeper asks. */
export async function readLeftBefore(db: Queryable, before: Instant, limit: number): Promise<LeftVoucher[]> {
  return await db.query<LeftVoucher>(
    `select ${COLUMNS} from left_vouchers /* all accounts */ where returns_at < $1 order by returns_at limit $2`,
    [before, limit],
  )
}

export async function dropLeft(db: Queryable, { accountId, voucherId }: LeftKey): Promise<void> {
  await db.query('delete from left_vouchers where account_id = $1 and voucher_id = $2', [
    accountId,
    voucherId,
  ])
}
