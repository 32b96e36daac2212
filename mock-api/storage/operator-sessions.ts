/** Sessions at the desk, by the key of the cookie's token. */
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface OperatorSessionRow {
  readonly tokenKey: string
  readonly operatorId: OperatorId
  readonly way: 'passkey' | 'recovery' | 'sample'
  readonly createdAt: number
  readonly stepUpAt: number | null
  /** Of a recovery code's: when it was first asked with. */
  readonly usedAt: number | null
  readonly endedAt: number | null
}

export async function readOperatorSession(
  db: Queryable,
  tokenKey: string,
): Promise<OperatorSessionRow | undefined> {
  const rows = await db.query<OperatorSessionRow>(
    `select token_key as "tokenKey", operator_id as "operatorId", way, created_at as "createdAt", step_up_at as "stepUpAt",
            used_at as "usedAt", ended_at as "endedAt"
       from operator_sessions where token_key = $1`,
    [tokenKey],
  )
  return rows[0]
}

/** Said again, it is the same. */
export async function insertOperatorSession(
  db: Queryable,
  session: Omit<OperatorSessionRow, 'endedAt' | 'usedAt' | 'createdAt'> & { readonly at: Instant },
): Promise<void> {
  const { tokenKey, operatorId, way, at, stepUpAt } = session
  await db.query(
    `insert into operator_sessions (token_key, operator_id, way, created_at, step_up_at) values ($1, $2, $3, $4, $5)
     on conflict (token_key) do nothing`,
    [tokenKey, operatorId, way, at, stepUpAt],
  )
}

export async function noteOperatorSessionUsed(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update operator_sessions set used_at = $2 where token_key = $1 and used_at is null', [
    tokenKey,
    at,
  ])
}

export async function noteStepUp(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update operator_sessions set step_up_at = $2 where token_key = $1', [tokenKey, at])
}

export async function endOperatorSession(db: Queryable, tokenKey: string, at: Instant): Promise<void> {
  await db.query('update operator_sessions set ended_at = $2 where token_key = $1 and ended_at is null', [
    tokenKey,
    at,
  ])
}

/** All of one person: suspended, or a passkey of theirs is not theirs any more. */
export async function endSessionsOf(db: Queryable, operatorId: string, at: Instant): Promise<void> {
  const open = await db.query<{ tokenKey: string }>(
    'select token_key as "tokenKey" from operator_sessions /* all sessions */ where operator_id = $1 and ended_at is null',
    [operatorId],
  )
  for (const { tokenKey } of open) await endOperatorSession(db, tokenKey, at)
}

export async function dropOldOperatorSessions(db: Queryable, before: Instant, limit: number): Promise<void> {
  const old = await db.query<{ tokenKey: string }>(
    'select token_key as "tokenKey" from operator_sessions /* all sessions */ where created_at < $1 limit $2',
    [before, limit],
  )
  for (const { tokenKey } of old)
    await db.query('delete from operator_sessions where token_key = $1', [tokenKey])
}
