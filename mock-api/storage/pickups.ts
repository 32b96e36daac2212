/** Booked pick-ups beside their account: what the service that collects has still to be told. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface PickupRow {
  readonly accountId: AccountId
  readonly pickupId: string
  readonly providerId: string
  readonly handle: string
  readonly isCalledOff: boolean
  /** The command's id: of the booking, or of its end. Null: the service has been told. */
  readonly noticeId: string | null
  readonly changedAt: Instant
}

const COLUMNS = `account_id as "accountId", pickup_id as "pickupId", provider_id as "providerId", handle,
  is_called_off as "isCalledOff", notice_id as "noticeId", changed_at as "changedAt"`

export async function insertPickup(
  tx: Queryable,
  row: Omit<PickupRow, 'isCalledOff' | 'noticeId'>,
): Promise<void> {
  await tx.query(
    `insert into pickups (account_id, pickup_id, provider_id, handle, is_called_off, notice_id, changed_at)
     values ($1, $2, $3, $4, false, $2, $5) on conflict (account_id, pickup_id) do nothing`,
    [row.accountId, row.pickupId, row.providerId, row.handle, row.changedAt],
  )
}

export async function callOffPickup(
  tx: Queryable,
  pickup: { accountId: AccountId; pickupId: string; noticeId: string; at: Instant },
): Promise<void> {
  await tx.query(
    `update pickups set is_called_off = true, notice_id = $3, changed_at = $4 where account_id = $1 and pickup_id = $2`,
    [pickup.accountId, pickup.pickupId, pickup.noticeId, pickup.at],
  )
}

export async function readPickup(
  db: Queryable,
  accountId: AccountId,
  pickupId: string,
): Promise<PickupRow | undefined> {
  const rows = await db.query<PickupRow>(
    `select ${COLUMNS} from pickups where account_id = $1 and pickup_id = $2`,
    [accountId, pickupId],
  )
  return rows[0]
}

/** What one service has still to be told; over all accounts, so that only its feed asks. */
export async function readPickupNotices(
  db: Queryable,
  providerId: string,
  limit: number,
): Promise<PickupRow[]> {
  return await db.query<PickupRow>(
    `select ${COLUMNS} from pickups /* all accounts */ where provider_id = $1 and notice_id is not null
      order by changed_at, account_id, pickup_id limit $2`,
    [providerId, limit],
  )
}

/** Looked for over all, since a service knows no account, and written by its account. One that has changed since is told again. */
export async function dropPickupNotice(db: Queryable, providerId: string, noticeId: string): Promise<void> {
  const rows = await db.query<Pick<PickupRow, 'accountId' | 'pickupId'>>(
    `select account_id as "accountId", pickup_id as "pickupId" from pickups /* all accounts */
      where provider_id = $1 and notice_id = $2`,
    [providerId, noticeId],
  )
  for (const { accountId, pickupId } of rows)
    await db.query(
      'update pickups set notice_id = null where account_id = $1 and pickup_id = $2 and notice_id = $3',
      [accountId, pickupId, noticeId],
    )
}

export async function dropPickups(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from pickups where account_id = $1', [accountId])
}
