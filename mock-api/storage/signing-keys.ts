/** The signing keys as they are stored: public half in the clear, private half wrapped; and those that were revoked. */
import { KEY_PURPOSES, type KeyPurpose, type PublicKey } from '../../src/proof/keys.ts'
import type { Queryable } from './db.ts'

export interface KeyRow {
  readonly kid: string
  /** Absent: from before there were purposes. */
  readonly purpose?: KeyPurpose
  readonly x: string
  readonly y: string
  readonly notBefore: number
  readonly notAfter: number
  /** Absent: somebody else's memory of a key that this database has lost. It verifies and cannot sign. */
  readonly wrappedPrivate?: string
  /** Over all members. */
  readonly fullEndorsement?: string
  /** Over the members that apps without purposes know. */
  readonly endorsement?: string
}

type Nullable<T> = {
  [Name in keyof T]-?: undefined extends T[Name] ? Exclude<T[Name], undefined> | null : T[Name]
}

/** Oldest first. */
export async function readKeys(db: Queryable): Promise<KeyRow[]> {
  const rows = await db.query<Nullable<KeyRow>>(
    `select kid, purpose, x, y, wrapped_private as "wrappedPrivate", not_before as "notBefore", not_after as "notAfter",
            endorsement, full_endorsement as "fullEndorsement"
       from signing_keys order by not_before, kid`,
  )
  return rows.map(
    (row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as KeyRow,
  )
}

/** False: a key of this name is there. */
export async function insertKey(db: Queryable, key: KeyRow): Promise<boolean> {
  const rows = await db.query(
    `insert into signing_keys (kid, purpose, x, y, wrapped_private, not_before, not_after, endorsement, full_endorsement)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (kid) do nothing returning kid`,
    [
      key.kid,
      key.purpose ?? null,
      key.x,
      key.y,
      key.wrappedPrivate ?? null,
      key.notBefore,
      key.notAfter,
      key.endorsement ?? null,
      key.fullEndorsement ?? null,
    ],
  )
  return rows.length > 0
}

export async function rewrapKey(db: Queryable, kid: string, wrappedPrivate: string): Promise<void> {
  await db.query('update signing_keys set wrapped_private = $2 where kid = $1', [kid, wrappedPrivate])
}

/** As apps that ask with `wire=2` read it. */
export function toPublic({ kid, purpose, x, y, notBefore, notAfter, ...row }: KeyRow): PublicKey {
  const endorsement = purpose === undefined ? row.endorsement : row.fullEndorsement
  return {
    kid,
    kty: 'EC',
    crv: 'P-256',
    ...(purpose === undefined ? {} : { alg: 'ES256', purpose }),
    x,
    y,
    notBefore,
    notAfter,
    ...(endorsement === undefined ? {} : { endorsement }),
  }
}

/** As apps of before there were purposes read it, and nothing else. */
export function toOld({ kid, x, y, notBefore, notAfter, endorsement }: KeyRow): PublicKey {
  return {
    kid,
    kty: 'EC',
    crv: 'P-256',
    x,
    y,
    notBefore,
    notAfter,
    ...(endorsement === undefined ? {} : { endorsement }),
  }
}

/** A key that somebody else holds, without its private half. Undefined for a purpose of another build. */
export function fromPublic({
  kid,
  purpose,
  x,
  y,
  notBefore,
  notAfter,
  endorsement,
}: PublicKey): KeyRow | undefined {
  const key = { kid, x, y, notBefore, notAfter }
  if (purpose === undefined) return { ...key, ...(endorsement === undefined ? {} : { endorsement }) }
  const known = KEY_PURPOSES.find((each) => each === purpose)
  return (
    known && {
      ...key,
      purpose: known,
      ...(endorsement === undefined ? {} : { fullEndorsement: endorsement }),
    }
  )
}

export interface RevocationRow {
  readonly kid: string
  readonly epoch: number
  /** Seconds. */
  readonly revokedAt: number
}

export async function readRevocationRows(db: Queryable): Promise<RevocationRow[]> {
  return await db.query<RevocationRow>(
    'select kid, epoch, revoked_at as "revokedAt" from key_revocations order by epoch, kid',
  )
}

/** False: it was revoked before, and stays so as it was. */
export async function insertRevocation(
  db: Queryable,
  { kid, epoch, revokedAt, reason }: RevocationRow & { readonly reason: string },
): Promise<boolean> {
  const rows = await db.query(
    `insert into key_revocations (kid, epoch, revoked_at, reason) values ($1, $2, $3, $4)
     on conflict (kid) do nothing returning kid`,
    [kid, epoch, revokedAt, reason],
  )
  return rows.length > 0
}
