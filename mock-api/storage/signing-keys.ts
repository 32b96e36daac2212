/** The signing keys as they are stored: public half in the clear, private half wrapped. */
import type { PublicKey } from '../../src/proof/keys.ts'
import type { Queryable } from './db.ts'

export interface KeyRow extends PublicKey {
  readonly wrappedPrivate: string
}

/** Oldest first. */
export async function readKeys(db: Queryable): Promise<KeyRow[]> {
  const rows = await db.query<Omit<KeyRow, 'kty' | 'crv' | 'endorsement'> & { endorsement: string | null }>(
    `select kid, x, y, wrapped_private as "wrappedPrivate", not_before as "notBefore", not_after as "notAfter", endorsement
       from signing_keys order by not_before, kid`,
  )
  return rows.map(({ endorsement, ...row }) => ({
    ...row,
    kty: 'EC',
    crv: 'P-256',
    ...(endorsement === null ? {} : { endorsement }),
  }))
}

export async function insertKey(db: Queryable, key: KeyRow): Promise<void> {
  await db.query(
    `insert into signing_keys (kid, x, y, wrapped_private, not_before, not_after, endorsement)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [key.kid, key.x, key.y, key.wrappedPrivate, key.notBefore, key.notAfter, key.endorsement ?? null],
  )
}
