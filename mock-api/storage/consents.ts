/** Consents beside their account, each until its route is laid or ended: written in the transaction of its record, done after it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface ConsentRow {
  readonly accountId: AccountId
  readonly consentId: string
  readonly providerId: string
  readonly handle: string
  readonly endedAt: Instant | null
  readonly isRouted: boolean
  readonly changedAt: Instant
}

const COLUMNS = `account_id as "accountId", consent_id as "consentId", provider_id as "providerId", handle,
  ended_at as "endedAt", is_routed as "isRouted", changed_at as "changedAt"`

export async function insertConsent(
  tx: Queryable,
  row: Omit<ConsentRow, 'endedAt' | 'isRouted'>,
): Promise<void> {
  await tx.query(
    `insert into consents (account_id, consent_id, provider_id, handle, is_routed, changed_at)
     values ($1, $2, $3, $4, false, $5) on conflict (account_id, consent_id) do nothing`,
    [row.accountId, row.consentId, row.providerId, row.handle, row.changedAt],
  )
}

export async function endConsent(
  tx: Queryable,
  consent: { accountId: AccountId; consentId: string; at: Instant },
): Promise<void> {
  await tx.query(
    `update consents set ended_at = $3, is_routed = false, changed_at = $3
      where account_id = $1 and consent_id = $2 and ended_at is null`,
    [consent.accountId, consent.consentId, consent.at],
  )
}

/** In the transaction that deletes the account: each is told to its provider, then goes. */
export async function endAllConsents(tx: Queryable, accountId: AccountId, at: Instant): Promise<void> {
  await tx.query(
    `update consents set ended_at = coalesce(ended_at, $2), is_routed = false, changed_at = $2 where account_id = $1`,
    [accountId, at],
  )
}

export async function readConsents(db: Queryable, accountId: AccountId): Promise<ConsentRow[]> {
  return await db.query<ConsentRow>(
    `select ${COLUMNS} from consents where account_id = $1 order by changed_at, consent_id`,
    [accountId],
  )
}

export async function readUnrouted(db: Queryable, accountId: AccountId): Promise<ConsentRow[]> {
  return await db.query<ConsentRow>(
    `select ${COLUMNS} from consents where account_id = $1 and not is_routed order by changed_at, consent_id`,
    [accountId],
  )
}

/** What a crash interrupted; over all accounts, so that only the sweeper asks. */
export async function readStaleConsents(db: Queryable, before: Instant, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    `select account_id as "accountId" from consents /* all accounts */
      where not is_routed and changed_at < $1 order by changed_at limit $2`,
    [before, limit],
  )
  return [...new Set(rows.map(({ accountId }) => accountId))]
}

/** Nothing when it has changed since it was read. */
export async function noteRouted(db: Queryable, row: ConsentRow): Promise<void> {
  await db.query(
    `update consents set is_routed = true where account_id = $1 and consent_id = $2 and changed_at = $3`,
    [row.accountId, row.consentId, row.changedAt],
  )
}

export async function dropConsent(
  db: Queryable,
  { accountId, consentId }: Pick<ConsentRow, 'accountId' | 'consentId'>,
): Promise<void> {
  await db.query('delete from consents where account_id = $1 and consent_id = $2', [accountId, consentId])
}
