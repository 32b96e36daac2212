/** Returned vouchers whose piece of stock has to go back to its offer: written with the record, done beside it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface StockReturn {
  /** The holder's. */
  readonly accountId: AccountId
  readonly voucherId: string
  readonly offerId: string | null
}

/** In the transaction of the record that returns the voucher. */
export async function insertReturn(tx: Queryable, row: StockReturn, at: Instant): Promise<void> {
  await tx.query(
    `insert into stock_returns (account_id, voucher_id, offer_id, state, returned_at) values ($1, $2, $3, 'open', $4)
     on conflict (account_id, voucher_id) do nothing`,
    [row.accountId, row.voucherId, row.offerId, at],
  )
}

export async function closeReturn(db: Queryable, accountId: string, voucherId: string): Promise<void> {
  await db.query(`update stock_returns set state = 'done' where account_id = $1 and voucher_id = $2`, [
    accountId,
    voucherId,
  ])
}

export async function isReturnOpen(db: Queryable, accountId: string, voucherId: string): Promise<boolean> {
  const rows = await db.query(
    `select voucher_id from stock_returns where account_id = $1 and voucher_id = $2 and state = 'open'`,
    [accountId, voucherId],
  )
  return rows.length > 0
}

/** What a crash interrupted; over all accounts, so that only the sweeper asks. */
export async function readOpenReturns(db: Queryable, before: Instant, limit: number): Promise<StockReturn[]> {
  return await db.query<StockReturn>(
    `select account_id as "accountId", voucher_id as "voucherId", offer_id as "offerId"
       from stock_returns /* all accounts */ where state = 'open' and returned_at < $1 order by returned_at limit $2`,
    [before, limit],
  )
}
