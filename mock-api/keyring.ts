/** The backend's signing keys: made at the first start, wrapped by the secret, each new one endorsed by the one before, all kept to verify. */

import { DAY_MS, type Instant, MINUTE_MS } from '../src/domain/time.ts'
import { canonicalJson } from '../src/proof/canonical.ts'
import {
  endorsedText,
  type KeySet,
  type PublicKey,
  type SigningKey,
  signJws,
  trustedKeys,
} from '../src/proof/keys.ts'
import { type Secret, WRAP_IV_BYTES } from './secret.ts'
import type { Db } from './storage/db.ts'
import { insertReturnedKey, readReturnedKeys } from './storage/restores.ts'
import { insertKey, type KeyRow, readKeys } from './storage/signing-keys.ts'

/** Long enough that a phone left in a drawer for a year still verifies its way to the newest key. */
const KEY_VALID_MS = 2 * 366 * DAY_MS
/** A new key is made this long before the last one ends, so that devices learn of it while the old one still signs. */
const ROTATE_BEFORE_MS = 30 * DAY_MS
/** Another process may have rotated; its key is used here at the latest after so long. */
const REREAD_MS = 5 * MINUTE_MS

export interface Keyring {
  publicKeys(): Promise<KeySet>
  /** The newest key in force; makes one when none is. */
  signingKey(): Promise<SigningKey>
  /** Makes the next key, endorsed by the present one. */
  rotate(): Promise<PublicKey>
  /** Rotates when the present key is about to end. */
  renew(): Promise<void>
  /** Of the keys that a phone trusts, takes back those that a restored backup has lost and a key of ours leads to. Their public part only. */
  takeBack(offered: KeySet): Promise<KeySet>
}

interface KeyringDeps {
  readonly db: Db
  readonly secret: Secret
  readonly now: () => Instant
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>
}

export function openKeyring({ db, secret, now, randomBytes }: KeyringDeps): Keyring {
  const imported = new Map<string, CryptoKey>()
  let cached: { rows: KeyRow[]; returned: PublicKey[]; readAt: Instant } | undefined

  async function read(): Promise<{ rows: KeyRow[]; returned: PublicKey[] }> {
    const at = now()
    if (!cached || Math.abs(at - cached.readAt) > REREAD_MS)
      cached = { rows: await readKeys(db), returned: await readReturnedKeys(db), readAt: at }
    return cached
  }

  async function rows(): Promise<KeyRow[]> {
    return (await read()).rows
  }

  async function publicKeys(): Promise<KeySet> {
    const { rows, returned } = await read()
    return { keys: [...rows.map(toPublic), ...returned] }
  }

  async function privateKeyOf(row: KeyRow): Promise<CryptoKey> {
    const known = imported.get(row.kid)
    if (known) return known
    const bytes = await secret.unwrap(row.wrappedPrivate, row.kid)
    const key = await crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign'])
    imported.set(row.kid, key)
    return key
  }

  async function inForce(): Promise<KeyRow | undefined> {
    const at = now()
    return (await rows())
      .filter((row) => row.notBefore <= at && at < row.notAfter)
      .sort((a, b) => b.notBefore - a.notBefore || (a.kid < b.kid ? 1 : -1))[0]
  }

  async function rotate(): Promise<PublicKey> {
    const previous = (await inForce()) ?? (await rows()).at(-1)
    const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
    const kid = Buffer.from(randomBytes(8)).toString('hex')
    const notBefore = now()
    const bare: PublicKey = {
      kid,
      kty: 'EC',
      crv: 'P-256',
      x,
      y,
      notBefore,
      notAfter: notBefore + KEY_VALID_MS,
    }
    const endorsement = previous
      ? await signJws(endorsedText(bare), { kid: previous.kid, privateKey: await privateKeyOf(previous) })
      : undefined
    const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
    const wrappedPrivate = await secret.wrap(pkcs8, kid, randomBytes(WRAP_IV_BYTES))
    await insertKey(db, { ...bare, wrappedPrivate, ...(endorsement ? { endorsement } : {}) })
    cached = undefined
    return bare
  }

  return {
    rotate,
    publicKeys,
    async takeBack(offered) {
      const ours = await publicKeys()
      const all = await trustedKeys(ours, offered)
      const back = all.keys.slice(ours.keys.length)
      for (const key of back) {
        const text = canonicalJson({ ...key })
        await insertReturnedKey(db, { kid: key.kid, text, at: now() })
      }
      if (back.length > 0) cached = undefined
      return all
    },
    async signingKey() {
      if (!(await inForce())) await rotate()
      const row = (await inForce()) as KeyRow
      return { kid: row.kid, privateKey: await privateKeyOf(row) }
    },
    async renew() {
      const present = await inForce()
      if (!present || present.notAfter - now() < ROTATE_BEFORE_MS) await rotate()
    },
  }
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

function toPublic({ wrappedPrivate: _, ...key }: KeyRow): PublicKey {
  return key
}
