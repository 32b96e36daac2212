/** When this database was put back from a backup, and who has been heard of since. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export async function insertRestore(db: Queryable, at: Instant): Promise<void> {
  await db.query('insert into restores (restored_at) values ($1) on conflict (restored_at) do nothing', [at])
}

export async function readLastRestore(db: Queryable): Promise<Instant | undefined> {
  const rows = await db.query<{ at: number }>(
    'select restored_at as at from restores order by restored_at desc limit 1',
  )
  return rows[0]?.at
}

export async function insertHeard(db: Queryable, accountId: AccountId, restoredAt: Instant): Promise<void> {
  await db.query(
    `insert into heard_after_restore (account_id, restored_at) values ($1, $2)
     on conflict (account_id) do update set restored_at = excluded.restored_at`,
    [accountId, restoredAt],
  )
}

/** Whether a device of the account has synced since, or nothing of it can have been lost: it was opened later. */
export async function isHeard(db: Queryable, accountId: AccountId, restoredAt: Instant): Promise<boolean> {
  const rows = await db.query(
    `select account_id from heard_after_restore where account_id = $1 and restored_at >= $2
     union all select account_id from accounts where account_id = $1 and opened_at > $2 limit 1`,
    [accountId, restoredAt],
  )
  return rows.length > 0
}

/** Of an account that is gone. */
export async function dropHeard(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from heard_after_restore where account_id = $1', [accountId])
}
