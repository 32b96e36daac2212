/** Passkeys of people at the desk, their recovery codes, and the challenges that are made out for both sides of a ceremony. */
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface PasskeyRow {
  readonly credentialId: string
  readonly operatorId: OperatorId
  /** COSE, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: string
  readonly name: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
}

const COLUMNS = `credential_id as "credentialId", operator_id as "operatorId", public_key as "publicKey", counter, transports, name,
  created_at as "createdAt", used_at as "usedAt", revoked_at as "revokedAt"`

export async function readPasskey(db: Queryable, credentialId: string): Promise<PasskeyRow | undefined> {
  const rows = await db.query<PasskeyRow>(`select ${COLUMNS} from passkeys where credential_id = $1`, [
    credentialId,
  ])
  return rows[0]
}

export async function readPasskeys(db: Queryable, operatorId?: string): Promise<PasskeyRow[]> {
  return await db.query<PasskeyRow>(
    `select ${COLUMNS} from passkeys where $1::uuid is null or operator_id = $1 order by created_at, credential_id`,
    [operatorId ?? null],
  )
}

/** Said again, it is the same. */
export async function insertPasskey(
  db: Queryable,
  key: Omit<PasskeyRow, 'createdAt' | 'usedAt' | 'revokedAt'> & { readonly at: Instant },
): Promise<void> {
  await db.query(
    `insert into passkeys (credential_id, operator_id, public_key, counter, transports, name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (credential_id) do nothing`,
    [key.credentialId, key.operatorId, key.publicKey, key.counter, key.transports, key.name, key.at],
  )
}

/** False: revoked meanwhile, or its counter has gone on. Authenticators without a counter stay at 0. */
export async function notePasskeyUse(
  db: Queryable,
  credentialId: string,
  { counter, at }: { counter: number; at: Instant },
): Promise<boolean> {
  const rows = await db.query(
    `update passkeys set counter = $2, used_at = $3
      where credential_id = $1 and revoked_at is null and (counter < $2 or (counter = 0 and $2 = 0)) returning credential_id`,
    [credentialId, counter, at],
  )
  return rows.length > 0
}

export async function revokePasskey(db: Queryable, credentialId: string, at: Instant): Promise<void> {
  await db.query('update passkeys set revoked_at = $2 where credential_id = $1 and revoked_at is null', [
    credentialId,
    at,
  ])
}

/** These and no others: earlier ones open nothing any more. Said again, what was used of them stays used. */
export async function writeRecoveryCodes(
  tx: Queryable,
  operatorId: string,
  codeKeys: readonly string[],
): Promise<void> {
  await tx.query('delete from recovery_codes where operator_id = $1 and code_key <> all($2::uuid[])', [
    operatorId,
    codeKeys,
  ])
  for (const codeKey of codeKeys)
    await tx.query(
      'insert into recovery_codes (code_key, operator_id) values ($1, $2) on conflict (code_key) do nothing',
      [codeKey, operatorId],
    )
}

/** A code opens one session; presented for that one again, and first used after `since`, it is still the code. */
export async function useRecoveryCode(
  db: Queryable,
  { codeKey, tokenKey }: { codeKey: string; tokenKey: string },
  { at, since }: { at: Instant; since: Instant },
): Promise<OperatorId | undefined> {
  const rows = await db.query<{ operatorId: OperatorId }>(
    `update recovery_codes set used_at = coalesce(used_at, $3), token_key = $2
      where code_key = $1 and (used_at is null or (token_key = $2 and used_at > $4)) returning operator_id as "operatorId"`,
    [codeKey, tokenKey, at, since],
  )
  return rows[0]?.operatorId
}

export async function countRecoveryCodes(db: Queryable, operatorId: string): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*) as count from recovery_codes where operator_id = $1 and used_at is null',
    [operatorId],
  )
  return rows[0]?.count ?? 0
}

export interface ChallengeRow {
  readonly purpose: 'enrol' | 'sign-in' | 'step-up' | 'add'
  readonly operatorId: OperatorId | null
  readonly about: string | null
  readonly expiresAt: number
}

export async function insertChallenge(
  db: Queryable,
  row: ChallengeRow & { readonly challengeKey: string },
): Promise<void> {
  await db.query(
    `insert into webauthn_challenges (challenge_key, purpose, operator_id, about, expires_at) values ($1, $2, $3, $4, $5)`,
    [row.challengeKey, row.purpose, row.operatorId, row.about, row.expiresAt],
  )
}

/** Once. */
export async function takeChallenge(db: Queryable, challengeKey: string): Promise<ChallengeRow | undefined> {
  const rows = await db.query<ChallengeRow>(
    `delete from webauthn_challenges where challenge_key = $1
     returning purpose, operator_id as "operatorId", about, expires_at as "expiresAt"`,
    [challengeKey],
  )
  return rows[0]
}

export async function dropOldChallenges(db: Queryable, now: Instant, limit: number): Promise<void> {
  const old = await db.query<{ challengeKey: string }>(
    'select challenge_key as "challengeKey" from webauthn_challenges /* all challenges */ where expires_at < $1 limit $2',
    [now, limit],
  )
  for (const { challengeKey } of old)
    await db.query('delete from webauthn_challenges where challenge_key = $1', [challengeKey])
}
