/** Who may report, by which keys and for what: read from the database now and then, so that a report costs no look-up of its own. */
import { calculateJwkThumbprint } from 'jose'
import * as v from 'valibot'
import {
  type Declaration,
  declarationSchema,
  type Provider,
  type ProviderKey,
  type ProviderToPublish,
  providerToPublishSchema,
} from '../../src/contract/providers.ts'
import { type Instant, SECOND_MS } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { SigningKey } from '../../src/proof/keys.ts'
import { KEY_LIFE_MS } from '../../src/proof/trust.ts'
import { type Secret, WRAP_IV_BYTES } from '../base/secret.ts'
import { importPrivate } from '../keys/new-key.ts'
import type { Db } from '../storage/db.ts'
import {
  insertDeclaration,
  insertProviderKey,
  type ProviderKeyRow,
  putProvider,
  readDeclarations,
  readProviderKeys,
  readProviders,
  revokeProviderKey,
} from '../storage/providers.ts'

/** What another process has changed, a revoked key above all, is known here after this long. */
const READ_AGAIN_MS = 30 * SECOND_MS

export interface ProviderRegister {
  all(): Promise<ReadonlyMap<string, Provider>>
  publish(provider: ProviderToPublish): Promise<void>
  addKey(providerId: string, key: ProviderKey): Promise<void>
  revokeKey(kid: string): Promise<void>
  declare(providerId: string, declaration: Declaration): Promise<void>
  /** By which this backend signs what a provider without engineers hands in as a file; made when it is first asked for. */
  deskKey(providerId: string): Promise<SigningKey>
}

interface Given {
  readonly db: Db
  readonly secret: Secret
  readonly now: () => Instant
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>
  /** Samples that a demo left in the database are nobody's services once the demo is off. */
  readonly config: { readonly demo: boolean }
}

export function openProviderRegister(given: Given): ProviderRegister {
  const { db, now } = given
  let known: { readonly at: Instant; readonly providers: Promise<Map<string, Provider>> } | undefined
  const changed = async (change: Promise<unknown>) => {
    await change
    known = undefined
  }
  return {
    all() {
      if (!known || Math.abs(now() - known.at) >= READ_AGAIN_MS) {
        const providers = readAll(given)
        known = { at: now(), providers }
        providers.catch(() => {
          known = undefined
        })
      }
      return known.providers
    },
    publish: (provider) => {
      const document = canonicalJson(v.parse(providerToPublishSchema, provider))
      return changed(putProvider(db, { providerId: provider.id, document }, now()))
    },
    addKey: (providerId, key) => changed(insertProviderKey(db, rowOf(providerId, key))),
    revokeKey: (kid) => changed(revokeProviderKey(db, kid, now())),
    declare: (providerId, declaration) => {
      const { id: declarationId, validFrom, validUntil } = declaration
      const document = canonicalJson(declaration)
      return changed(insertDeclaration(db, { declarationId, providerId, document, validFrom, validUntil }))
    },
    async deskKey(providerId) {
      const key = await usableDeskKey(given, providerId)
      if (key) return key
      await changed(makeDeskKey(given, providerId))
      return (await usableDeskKey(given, providerId)) as SigningKey
    },
  }
}

async function readAll({ db, config }: Given): Promise<Map<string, Provider>> {
  const [providers, keys, declarations] = [
    await readProviders(db),
    await readProviderKeys(db),
    await readDeclarations(db),
  ]
  const published = providers
    .map(({ document }) => v.parse(providerToPublishSchema, JSON.parse(document)))
    .filter(({ sample }) => config.demo || !sample)
  return new Map(
    published.map((provider) => [
      provider.id,
      {
        ...provider,
        keys: keys.filter((key) => key.providerId === provider.id).map(publicOf),
        declarations: declarations
          .filter((each) => each.providerId === provider.id)
          .map((each) => v.parse(declarationSchema, JSON.parse(each.document))),
      },
    ]),
  )
}

type Jwk = Pick<ProviderKey, 'alg' | 'kty' | 'crv' | 'x' | 'y'>

function publicOf({
  providerId,
  kid,
  use,
  jwk,
  notBefore,
  notAfter,
  revokedAt,
}: ProviderKeyRow): ProviderKey {
  const key = { provider: providerId, kid, use, ...(JSON.parse(jwk) as Jwk), notBefore, notAfter }
  return revokedAt === null ? key : { ...key, revokedAt }
}

function rowOf(providerId: string, key: ProviderKey): Omit<ProviderKeyRow, 'revokedAt'> {
  const { kid, use, alg, kty, crv, x, y, notBefore, notAfter } = key
  const jwk: Jwk = { alg, kty, crv, x, ...(y === undefined ? {} : { y }) }
  return { kid, providerId, use, jwk: canonicalJson(jwk), wrappedPrivate: null, notBefore, notAfter }
}

async function usableDeskKey(
  { db, secret, now }: Given,
  providerId: string,
): Promise<SigningKey | undefined> {
  const row = (await readProviderKeys(db)).findLast(
    (each) =>
      each.providerId === providerId &&
      each.use === 'desk' &&
      each.revokedAt === null &&
      each.notBefore <= now() &&
      now() < each.notAfter,
  )
  if (!row || row.wrappedPrivate === null) return undefined
  return { kid: row.kid, privateKey: await importPrivate(await secret.unwrap(row.wrappedPrivate, row.kid)) }
}

async function makeDeskKey({ db, secret, now, randomBytes }: Given, providerId: string): Promise<void> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const
  const kid = await calculateJwkThumbprint(jwk)
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const life = { notBefore: now(), notAfter: now() + KEY_LIFE_MS }
  const key: ProviderKey = { provider: providerId, kid, use: 'desk', alg: 'ES256', ...jwk, ...life }
  const wrappedPrivate = await secret.wrap(pkcs8, kid, randomBytes(WRAP_IV_BYTES))
  await insertProviderKey(db, { ...rowOf(providerId, key), wrappedPrivate })
}
