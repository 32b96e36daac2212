/** Routes from a provider's handle to an account, the codes by which a provider learns a handle, and whose each of its subjects is. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

/** Why a provider's word for a handle does not count. */
export type LinkRefusal = 'subject_linked' | 'subject_resting'

export interface LinkRow {
  readonly linkKey: string
  readonly providerId: string
  /** Null once the account is deleted. */
  readonly accountId: AccountId | null
  readonly consentId: string
  readonly endedAt: Instant | null
  readonly confirmedAt: Instant | null
  readonly subjectKey: string | null
  readonly refusal: LinkRefusal | null
}

const COLUMNS = `link_key as "linkKey", provider_id as "providerId", account_id as "accountId", consent_id as "consentId",
  ended_at as "endedAt", confirmed_at as "confirmedAt", subject_key as "subjectKey", refusal`

export async function readLinks(db: Queryable, linkKeys: readonly string[]): Promise<LinkRow[]> {
  if (linkKeys.length === 0) return []
  return await db.query<LinkRow>(`select ${COLUMNS} from links where link_key = any($1::uuid[])`, [linkKeys])
}

/** Again: nothing changes. */
export async function insertLink(
  db: Queryable,
  row: Pick<LinkRow, 'linkKey' | 'providerId' | 'accountId' | 'consentId'>,
): Promise<void> {
  await db.query(
    `insert into links (link_key, provider_id, account_id, consent_id) values ($1, $2, $3, $4)
     on conflict (link_key) do nothing`,
    [row.linkKey, row.providerId, row.accountId, row.consentId],
  )
}

/** The provider is told the handle that ended; `isDeleted`: the route forgets whose it was. Answers the provider's subject, which is free by it. */
export async function endLink(
  db: Queryable,
  link: Pick<LinkRow, 'linkKey' | 'consentId'> & {
    accountId: AccountId
    at: Instant
    handle: string
    isDeleted: boolean
  },
): Promise<string | null> {
  const rows = await db.query<{ subjectKey: string | null }>(
    `update links set notice = case when ended_at is null then $5 else notice end, ended_at = coalesce(ended_at, $4),
            account_id = case when $6 then null else account_id end
      where link_key = $1 and account_id = $2 and consent_id = $3 returning subject_key as "subjectKey"`,
    [link.linkKey, link.accountId, link.consentId, link.at, link.handle, link.isDeleted],
  )
  return rows[0]?.subjectKey ?? null
}

export async function confirmLink(
  db: Queryable,
  link: { linkKey: string; subjectKey: string; at: Instant },
): Promise<void> {
  await db.query(
    `update links set confirmed_at = coalesce(confirmed_at, $3), subject_key = $2, refusal = null,
            notice = case when ended_at is null then null else notice end
      where link_key = $1`,
    [link.linkKey, link.subjectKey, link.at],
  )
}

export async function refuseLink(db: Queryable, linkKey: string, refusal: LinkRefusal): Promise<void> {
  await db.query('update links set refusal = $2 where link_key = $1 and confirmed_at is null', [
    linkKey,
    refusal,
  ])
}

/** The provider reports by a handle that it has not confirmed, or whose confirmation a backup has lost: it is asked to. */
export async function askToConfirm(
  db: Queryable,
  { linkKey, handle }: { linkKey: string; handle: string },
): Promise<void> {
  await db.query(
    'update links set notice = $2 where link_key = $1 and confirmed_at is null and ended_at is null and notice is null',
    [linkKey, handle],
  )
}

export interface Notice {
  readonly linkKey: string
  readonly handle: string
  /** Null: the provider has still to confirm it. */
  readonly endedAt: Instant | null
}

/** What one provider has still to be told; over all its routes, so that only its feed asks. */
export async function readNotices(db: Queryable, providerId: string, limit: number): Promise<Notice[]> {
  return await db.query<Notice>(
    `select link_key as "linkKey", notice as handle, ended_at as "endedAt" from links /* all links */
      where provider_id = $1 and notice is not null order by ended_at, link_key limit $2`,
    [providerId, limit],
  )
}

/** `isEnd`: of the end alone; what was asked before is not asked any more by it. */
export async function dropNotice(
  db: Queryable,
  told: { linkKey: string; providerId: string; isEnd: boolean },
): Promise<void> {
  await db.query(
    'update links set notice = null where link_key = $1 and provider_id = $2 and (ended_at is not null) = $3',
    [told.linkKey, told.providerId, told.isEnd],
  )
}

interface LinkCodeRow {
  readonly codeKey: string
  readonly providerId: string
  readonly accountId: AccountId
  readonly consentId: string
  readonly challenge: string | null
  readonly expiresAt: Instant
}

/** False: this very code is out for somebody else. */
export async function insertLinkCode(db: Queryable, row: LinkCodeRow): Promise<boolean> {
  const rows = await db.query(
    `insert into link_codes (code_key, provider_id, account_id, consent_id, challenge, expires_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (code_key) do nothing returning code_key`,
    [row.codeKey, row.providerId, row.accountId, row.consentId, row.challenge, row.expiresAt],
  )
  return rows.length > 0
}

/** Once: whoever comes second gets nothing. */
export async function takeLinkCode(db: Queryable, codeKey: string): Promise<LinkCodeRow | undefined> {
  const rows = await db.query<LinkCodeRow>(
    `delete from link_codes where code_key = $1 returning code_key as "codeKey", provider_id as "providerId",
       account_id as "accountId", consent_id as "consentId", challenge, expires_at as "expiresAt"`,
    [codeKey],
  )
  return rows[0]
}

/** Looked for over all, and dropped one by one. */
export async function dropOldLinkCodes(db: Queryable, before: Instant, limit: number): Promise<void> {
  const old = await db.query<{ codeKey: string }>(
    'select code_key as "codeKey" from link_codes /* all codes */ where expires_at < $1 order by expires_at limit $2',
    [before, limit],
  )
  for (const { codeKey } of old) await db.query('delete from link_codes where code_key = $1', [codeKey])
}

export interface SubjectRow {
  readonly subjectKey: string
  readonly linkKey: string
  readonly accountId: AccountId
  readonly endedAt: Instant | null
}

export async function readSubject(db: Queryable, subjectKey: string): Promise<SubjectRow | undefined> {
  const rows = await db.query<SubjectRow>(
    `select subject_key as "subjectKey", link_key as "linkKey", account_id as "accountId", ended_at as "endedAt"
       from subjects where subject_key = $1`,
    [subjectKey],
  )
  return rows[0]
}

/** Free, or still as it was read: then it is this account's. False: somebody else was first. */
export async function claimSubject(
  db: Queryable,
  wish: { subjectKey: string; linkKey: string; accountId: AccountId; before?: SubjectRow | undefined },
): Promise<boolean> {
  const rows = await db.query(
    `insert into subjects (subject_key, link_key, account_id) values ($1, $2, $3)
     on conflict (subject_key) do update set link_key = excluded.link_key, account_id = excluded.account_id, ended_at = null
       where subjects.link_key = $4
     returning subject_key`,
    [wish.subjectKey, wish.linkKey, wish.accountId, wish.before?.linkKey ?? wish.linkKey],
  )
  return rows.length > 0
}

export async function endSubject(
  db: Queryable,
  subject: { subjectKey: string; linkKey: string; at: Instant },
): Promise<void> {
  await db.query(
    'update subjects set ended_at = $3 where subject_key = $1 and link_key = $2 and ended_at is null',
    [subject.subjectKey, subject.linkKey, subject.at],
  )
}
