/** Who accepted a voucher first, on the holder's side, and whether the merchant's own record followed. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface SettlementRow {
  /** The holder's. */
  readonly accountId: AccountId
  readonly voucherId: string
  /** Null when it came back with an older journal, which does not name the shop. */
  readonly merchantAccountId: AccountId | null
  readonly commandId: string | null
  readonly commandText: string | null
  readonly settledAt: number
  /** `awaited`: it came back with the holder's journal, and the shop's own record is not seen yet. Absent: claimed. */
  readonly state?: 'claimed' | 'posted' | 'awaited'
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", merchant_account_id as "merchantAccountId",
  command_id as "commandId", command_text as "commandText", settled_at as "settledAt"`

export async function readSettlement(
  db: Queryable,
  accountId: string,
  voucherId: string,
): Promise<SettlementRow | undefined> {
  const rows = await db.query<SettlementRow>(
    `select ${COLUMNS} from settlements where account_id = $1 and voucher_id = $2`,
    [accountId, voucherId],
  )
  return rows[0]
}

/** In the transaction of the holder's record: both are there, or neither. */
export async function insertSettlement(tx: Queryable, row: SettlementRow): Promise<void> {
  await tx.query(
    `insert into settlements (account_id, voucher_id, merchant_account_id, command_id, command_text, state, settled_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      row.accountId,
      row.voucherId,
      row.merchantAccountId,
      row.commandId,
      row.commandText,
      row.state ?? 'claimed',
      row.settledAt,
    ],
  )
}

export async function markPosted(db: Queryable, accountId: string, voucherId: string): Promise<void> {
  await db.query(
    `update settlements set state = 'posted', command_text = null where account_id = $1 and voucher_id = $2`,
    [accountId, voucherId],
  )
}

/** The shop's record is there: by now it is known who was paid. */
export async function nameSettlement(
  db: Queryable,
  named: { accountId: string; voucherId: string; merchantAccountId: string; commandId: string },
): Promise<void> {
  await db.query(
    `update settlements set merchant_account_id = $3, command_id = $4, state = 'posted'
      where account_id = $1 and voucher_id = $2 and state = 'awaited' and (command_id is null or command_id = $4)`,
    [named.accountId, named.voucherId, named.merchantAccountId, named.commandId],
  )
}

/** Those of one account whose shop was not seen yet. */
export async function readAwaitedSettlements(db: Queryable, accountId: string): Promise<SettlementRow[]> {
  return await db.query<SettlementRow>(
    `select ${COLUMNS} from settlements where account_id = $1 and state = 'awaited'`,
    [accountId],
  )
}

/** What a crash interrupted; over all accounts, so that only the sweeper asks. */
export async function readStaleSettlements(
  db: Queryable,
  before: Instant,
  limit: number,
): Promise<SettlementRow[]> {
  return await db.query<SettlementRow>(
    `select ${COLUMNS} from settlements /* all accounts */ where state = 'claimed' and settled_at < $1 order by settled_at limit $2`,
    [before, limit],
  )
}

export interface AuditedSettlement extends SettlementRow {
  readonly state: 'claimed' | 'posted' | 'awaited'
}

/** For the audit, in order of voucher and holder. */
export async function readSettlementsAfter(
  db: Queryable,
  after: Pick<SettlementRow, 'voucherId' | 'accountId'>,
  limit: number,
): Promise<AuditedSettlement[]> {
  return await db.query<AuditedSettlement>(
    `select ${COLUMNS}, state from settlements /* all accounts */
      where (voucher_id, account_id::text) > ($1, $2) order by voucher_id, account_id::text limit $3`,
    [after.voucherId, after.accountId, limit],
  )
}
