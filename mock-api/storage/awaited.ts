/** Acceptances of vouchers that a restored backend does not know: put off on the shop's side, or proven by it and awaited on the holder's. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

/** When this acceptance was first put off: now, if it never was. */
export async function notePutOff(
  db: Queryable,
  putOff: { accountId: AccountId; commandId: string; at: Instant },
): Promise<Instant> {
  const { accountId, commandId, at } = putOff
  await db.query(
    `insert into put_offs (account_id, command_id, first_at) values ($1, $2, $3)
     on conflict (account_id, command_id) do nothing`,
    [accountId, commandId, at],
  )
  const rows = await db.query<{ at: number }>(
    'select first_at as at from put_offs where account_id = $1 and command_id = $2',
    [accountId, commandId],
  )
  return rows[0]?.at ?? at
}

/** Its record is there. */
export async function dropPutOffs(
  db: Queryable,
  accountId: AccountId,
  commandIds: readonly string[],
): Promise<void> {
  await db.query('delete from put_offs where account_id = $1 and command_id = any($2::text[])', [
    accountId,
    commandIds,
  ])
}

/** Of an account that is gone. */
export async function dropAllPutOffs(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from put_offs where account_id = $1', [accountId])
}

export interface AwaitedRow {
  /** The holder's. */
  readonly accountId: AccountId
  readonly voucherId: string
  readonly merchantAccountId: AccountId
  readonly commandId: string
  readonly points: number
  readonly since: number
  /** When the shop was paid first, as far as anybody knows: stays when its words go. Null: a row of before. */
  readonly paidAt: number | null
}

const COLUMNS = `account_id as "accountId", voucher_id as "voucherId", merchant_account_id as "merchantAccountId",
  command_id as "commandId", points, since, paid_at as "paidAt"`

/** The first acceptance of a voucher stands; of the same one, the last try counts. */
export async function insertAwaited(db: Queryable, row: AwaitedRow): Promise<void> {
  await db.query(
    `insert into awaited_settlements (account_id, voucher_id, merchant_account_id, command_id, points, since, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, voucher_id) do update
       set since = excluded.since, paid_at = least(awaited_settlements.paid_at, excluded.paid_at)
       where awaited_settlements.command_id = excluded.command_id`,
    [row.accountId, row.voucherId, row.merchantAccountId, row.commandId, row.points, row.since, row.paidAt],
  )
}

export async function readAwaited(db: Queryable, accountId: AccountId): Promise<AwaitedRow[]> {
  return await db.query<AwaitedRow>(
    `select ${COLUMNS} from awaited_settlements where account_id = $1 order by voucher_id`,
    [accountId],
  )
}

/** Not where it was awaited anew since it was read. */
export async function dropAwaited(
  db: Queryable,
  { accountId, voucherId, since }: Pick<AwaitedRow, 'accountId' | 'voucherId' | 'since'>,
): Promise<void> {
  await db.query('delete from awaited_settlements where account_id = $1 and voucher_id = $2 and since = $3', [
    accountId,
    voucherId,
    since,
  ])
}

/** Over all accounts, oldest first after a place: the sweeper's and the audit's. */
export async function readAwaitedAfter(
  db: Queryable,
  after: Pick<AwaitedRow, 'since' | 'voucherId'>,
  limit: number,
): Promise<AwaitedRow[]> {
  return await db.query<AwaitedRow>(
    `select ${COLUMNS} from awaited_settlements /* all accounts */
      where (since, voucher_id) > ($1, $2) order by since, voucher_id limit $3`,
    [after.since, after.voucherId, limit],
  )
}
