/**
 * Which vouchers a merchant's tills must not accept. Written beside the record that ends one, in its account's rows; from there told to the list of
 * the merchant, which lies by another key.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

interface VoucherEnd {
  readonly accountId: AccountId
  readonly voucherId: string
  readonly recordId: string
}

/** In the transaction of the record that ends it. */
export async function insertVoucherEnd(tx: Queryable, row: VoucherEnd, at: Instant): Promise<void> {
  await tx.query(
    `insert into voucher_ends (account_id, voucher_id, record_id, ended_at) values ($1, $2, $3, $4)
     on conflict (account_id, voucher_id) do nothing`,
    [row.accountId, row.voucherId, row.recordId, at],
  )
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", record_id as "recordId"`

export async function readVoucherEnds(db: Queryable, accountId: AccountId): Promise<VoucherEnd[]> {
  return await db.query<VoucherEnd>(`select ${COLUMNS} from voucher_ends where account_id = $1`, [accountId])
}

/** Accounts of which a crash left something untold; over all, so that only the sweeper asks. */
export async function readUntoldAccounts(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    `select distinct account_id as "accountId" from voucher_ends /* all accounts */ where ended_at < $1 limit $2`,
    [before, limit],
  )
  return rows.map(({ accountId }) => accountId)
}

export async function dropVoucherEnds(
  db: Queryable,
  accountId: AccountId,
  voucherIds: readonly string[],
): Promise<void> {
  await db.query('delete from voucher_ends where account_id = $1 and voucher_id = any($2::text[])', [
    accountId,
    voucherIds,
  ])
}

interface EndedVoucher {
  readonly merchantId: string
  readonly voucherId: string
  readonly expiresAt: Instant
  /** The branch that accepted it; null: cancelled or returned. */
  readonly acceptedBy: AccountId | null
}

function merchantKey(merchantId: string): string {
  return keyOf('merchant', merchantId)
}

/** One that was cancelled and then accepted after all is named by the branch that did. */
export async function insertEnded(db: Queryable, ended: EndedVoucher): Promise<void> {
  const { merchantId, voucherId, expiresAt, acceptedBy } = ended
  await db.query(
    `insert into ended_vouchers (merchant_key, voucher_id, expires_at, accepted_by) values ($1, $2, $3, $4)
     on conflict (merchant_key, voucher_id) do update
       set accepted_by = coalesce(excluded.accepted_by, ended_vouchers.accepted_by)`,
    [merchantKey(merchantId), voucherId, expiresAt, acceptedBy],
  )
}

/** As one branch has to know them: what it accepted itself, its journal says. In order, so that the same list is the same text. */
export async function readEnded(
  db: Queryable,
  { merchantId, accountId, now }: { merchantId: string; accountId: AccountId; now: Instant },
): Promise<string[]> {
  const rows = await db.query<{ voucherId: string }>(
    `select voucher_id as "voucherId" from ended_vouchers
      where merchant_key = $1 and expires_at > $2 and (accepted_by is null or accepted_by <> $3) order by voucher_id`,
    [merchantKey(merchantId), now, accountId],
  )
  return rows.map(({ voucherId }) => voucherId)
}

/** An expired one says so itself. Looked for over all, and dropped by key. */
export async function dropExpiredEnds(db: Queryable, now: Instant, limit: number): Promise<void> {
  const expired = await db.query<{ merchantKey: string; voucherId: string }>(
    `select merchant_key as "merchantKey", voucher_id as "voucherId"
       from ended_vouchers /* all merchants */ where expires_at <= $1 limit $2`,
    [now, limit],
  )
  for (const row of expired)
    await db.query('delete from ended_vouchers where merchant_key = $1 and voucher_id = $2', [
      row.merchantKey,
      row.voucherId,
    ])
}
