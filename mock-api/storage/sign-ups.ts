/** Who signed up for a day of planting, beside their account: what its holder has still to be told, and the person of the day. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface SignUpRow {
  readonly accountId: AccountId
  readonly joinId: string
  readonly dayId: string
  readonly providerId: string
  readonly handle: string
  readonly isGivenBack: boolean
  readonly isOver: boolean
  /** Up to which revision of the day the person was told. */
  readonly toldRevision: number
  /** The command's id: of the sign-up, or of its end. Null: the holder has been told. */
  readonly noticeId: string | null
  readonly changedAt: Instant
}

const COLUMNS = `account_id as "accountId", join_id as "joinId", day_id as "dayId", provider_id as "providerId", handle,
  is_given_back as "isGivenBack", is_over as "isOver", told_revision as "toldRevision", notice_id as "noticeId",
  changed_at as "changedAt"`

export async function insertSignUp(
  tx: Queryable,
  row: Omit<SignUpRow, 'isGivenBack' | 'isOver' | 'noticeId'>,
): Promise<void> {
  const { accountId, joinId, dayId, providerId, handle, toldRevision, changedAt } = row
  await tx.query(
    `insert into sign_ups (account_id, join_id, day_id, provider_id, handle, is_given_back, is_over, told_revision, notice_id, changed_at)
     values ($1, $2, $3, $4, $5, false, false, $6, $2, $7) on conflict (account_id, join_id) do nothing`,
    [accountId, joinId, dayId, providerId, handle, toldRevision, changedAt],
  )
}

export async function giveBackSignUp(
  tx: Queryable,
  signUp: { accountId: AccountId; joinId: string; noticeId: string; at: Instant },
): Promise<void> {
  await tx.query(
    `update sign_ups set is_given_back = true, is_over = true, notice_id = $3, changed_at = $4
      where account_id = $1 and join_id = $2`,
    [signUp.accountId, signUp.joinId, signUp.noticeId, signUp.at],
  )
}

/** What the person was told: of a revision of the day, or that nothing more is to come. */
export async function tellSignUp(
  tx: Queryable,
  { accountId, joinId }: SignUpKey,
  told: { readonly revision: number; readonly isOver: boolean },
): Promise<void> {
  await tx.query(
    `update sign_ups set told_revision = greatest(told_revision, $3), is_over = is_over or $4
      where account_id = $1 and join_id = $2`,
    [accountId, joinId, told.revision, told.isOver],
  )
}

export async function readSignUp(
  db: Queryable,
  accountId: AccountId,
  joinId: string,
): Promise<SignUpRow | undefined> {
  const rows = await db.query<SignUpRow>(
    `select ${COLUMNS} from sign_ups where account_id = $1 and join_id = $2`,
    [accountId, joinId],
  )
  return rows[0]
}

/** Those of an account to which something is still to come. */
export async function readOpenSignUps(db: Queryable, accountId: AccountId): Promise<SignUpRow[]> {
  return await db.query<SignUpRow>(
    `select ${COLUMNS} from sign_ups where account_id = $1 and not is_over order by join_id`,
    [accountId],
  )
}

export type SignUpKey = Pick<SignUpRow, 'accountId' | 'joinId'>

/** Who has not been told of how their day stands by now; over all accounts, so that only a change of a day and the sweeper ask. */
export async function readUntoldSignUps(
  db: Queryable,
  limit: number,
): Promise<(SignUpKey & Pick<SignUpRow, 'dayId'>)[]> {
  return await db.query<SignUpKey & Pick<SignUpRow, 'dayId'>>(
    `select s.account_id as "accountId", s.join_id as "joinId", s.day_id as "dayId"
       from sign_ups s /* all accounts */ join planting_days d on d.day_id = s.day_id
      where not s.is_over and s.told_revision < d.revision
      order by s.account_id, s.join_id limit $1`,
    [limit],
  )
}

/** What one service has still to be told; over all accounts, so that only its feed asks. */
export async function readSignUpNotices(
  db: Queryable,
  providerId: string,
  limit: number,
): Promise<SignUpRow[]> {
  return await db.query<SignUpRow>(
    `select ${COLUMNS} from sign_ups /* all accounts */ where provider_id = $1 and notice_id is not null
      order by changed_at, account_id, join_id limit $2`,
    [providerId, limit],
  )
}

/** Looked for over all, since a service knows no account, and written by its account. One that has changed since is told again. */
export async function dropSignUpNotice(db: Queryable, providerId: string, noticeId: string): Promise<void> {
  const rows = await db.query<SignUpKey>(
    `select account_id as "accountId", join_id as "joinId" from sign_ups /* all accounts */
      where provider_id = $1 and notice_id = $2`,
    [providerId, noticeId],
  )
  for (const { accountId, joinId } of rows)
    await db.query(
      'update sign_ups set notice_id = null where account_id = $1 and join_id = $2 and notice_id = $3',
      [accountId, joinId, noticeId],
    )
}

export async function dropSignUps(tx: Queryable, accountId: AccountId): Promise<void> {
  await tx.query('delete from sign_ups where account_id = $1', [accountId])
}
