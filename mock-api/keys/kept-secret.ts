/** KEY_SECRET can be changed: private keys are wrapped anew, and the secret that phones' names come from is kept, wrapped by the new one. */

import { ConfigError } from '../base/config-error.ts'
import { type Secret, secretOf, WRAP_IV_BYTES } from '../base/secret.ts'
import type { Db } from '../storage/db.ts'
import { keepSecret, readKeptSecret } from '../storage/kept-secrets.ts'
import { readProviderKeys, rewrapProviderKey } from '../storage/providers.ts'
import { readKeys, rewrapKey } from '../storage/signing-keys.ts'

const NAMES = 'names'

/** Throws ConfigError when what is kept was wrapped by another one. */
export async function openSecret(db: Db, keySecret: string): Promise<Secret> {
  return secretOf(keySecret, await namesOf(db, keySecret))
}

/** All or nothing: a crash leaves the old secret in force. */
export async function rewrap(
  db: Db,
  change: {
    readonly from: string
    readonly to: string
    readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>
  },
): Promise<void> {
  const names = await namesOf(db, change.from)
  const [from, to] = [secretOf(change.from), secretOf(change.to)]
  const wrap = (bytes: Uint8Array<ArrayBuffer>, label: string) =>
    to.wrap(bytes, label, change.randomBytes(WRAP_IV_BYTES))
  await db.transaction(async (tx) => {
    await keepSecret(tx, NAMES, await wrap(new Uint8Array(Buffer.from(names)), NAMES))
    for (const { kid, wrappedPrivate } of await readKeys(tx)) {
      if (wrappedPrivate === undefined) continue
      await rewrapKey(tx, kid, await wrap(await from.unwrap(wrappedPrivate, kid), kid))
    }
    for (const { kid, wrappedPrivate } of await readProviderKeys(tx)) {
      if (wrappedPrivate === null) continue
      await rewrapProviderKey(tx, kid, await wrap(await from.unwrap(wrappedPrivate, kid), kid))
    }
  })
}

/** WebCrypto says no more than that the operation failed. */
export function sayWrongSecret(error: unknown): never {
  if ((error as Error).name !== 'OperationError') throw error
  throw new ConfigError(
    'KEY_SECRET (or DATA_DIR/key-secret) is not the one that the stored keys were wrapped with',
  )
}

async function namesOf(db: Db, keySecret: string): Promise<string> {
  const wrapped = await readKeptSecret(db, NAMES)
  if (wrapped === undefined) return keySecret
  const bytes = await secretOf(keySecret).unwrap(wrapped, NAMES).catch(sayWrongSecret)
  return Buffer.from(bytes).toString()
}
