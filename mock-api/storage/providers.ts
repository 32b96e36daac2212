/** Services that report: what everybody may read of them, the keys that they sign by, and who may claim the grams of their acts. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

interface ProviderRow {
  readonly providerId: string
  /** JSON of `providerSchema` without keys and declarations. */
  readonly document: string
}

export interface ProviderKeyRow {
  readonly kid: string
  readonly providerId: string
  /** `desk`: this backend's own, for a provider without engineers. */
  readonly use: 'own' | 'desk'
  /** JSON of the public half. */
  readonly jwk: string
  readonly wrappedPrivate: string | null
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly revokedAt: Instant | null
}

interface DeclarationRow {
  readonly declarationId: string
  readonly providerId: string
  /** JSON of `declarationSchema`. */
  readonly document: string
  readonly validFrom: Instant
  readonly validUntil: Instant
}

const KEY_COLUMNS = `kid, provider_id as "providerId", use, jwk, wrapped_private as "wrappedPrivate", not_before as "notBefore",
  not_after as "notAfter", revoked_at as "revokedAt"`

export async function readProviders(db: Queryable): Promise<ProviderRow[]> {
  return await db.query<ProviderRow>(
    'select provider_id as "providerId", document from providers order by provider_id',
  )
}

export async function putProvider(
  db: Queryable,
  { providerId, document }: ProviderRow,
  at: Instant,
): Promise<void> {
  await db.query(
    `insert into providers (provider_id, document, changed_at) values ($1, $2, $3)
     on conflict (provider_id) do update set document = excluded.document, changed_at = excluded.changed_at
       where providers.document <> excluded.document`,
    [providerId, document, at],
  )
}

/** Oldest first. */
export async function readProviderKeys(db: Queryable): Promise<ProviderKeyRow[]> {
  return await db.query<ProviderKeyRow>(`select ${KEY_COLUMNS} from provider_keys order by not_before, kid`)
}

/** Again: nothing changes. */
export async function insertProviderKey(
  db: Queryable,
  key: Omit<ProviderKeyRow, 'revokedAt'>,
): Promise<void> {
  await db.query(
    `insert into provider_keys (kid, provider_id, use, jwk, wrapped_private, not_before, not_after)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (kid) do nothing`,
    [key.kid, key.providerId, key.use, key.jwk, key.wrappedPrivate, key.notBefore, key.notAfter],
  )
}

export async function rewrapProviderKey(db: Queryable, kid: string, wrappedPrivate: string): Promise<void> {
  await db.query('update provider_keys set wrapped_private = $2 where kid = $1', [kid, wrappedPrivate])
}

export async function revokeProviderKey(db: Queryable, kid: string, at: Instant): Promise<boolean> {
  const rows = await db.query(
    'update provider_keys set revoked_at = $2 where kid = $1 and revoked_at is null returning kid',
    [kid, at],
  )
  return rows.length > 0
}

export async function readDeclarations(db: Queryable): Promise<DeclarationRow[]> {
  return await db.query<DeclarationRow>(
    `select declaration_id as "declarationId", provider_id as "providerId", document, valid_from as "validFrom",
            valid_until as "validUntil" from declarations order by declaration_id`,
  )
}

/** Again: nothing changes. What is declared anew has a new id. */
export async function insertDeclaration(db: Queryable, row: DeclarationRow): Promise<void> {
  await db.query(
    `insert into declarations (declaration_id, provider_id, document, valid_from, valid_until)
     values ($1, $2, $3, $4, $5) on conflict (declaration_id) do nothing`,
    [row.declarationId, row.providerId, row.document, row.validFrom, row.validUntil],
  )
}
