/**
 * The backend's signing keys, a chain for each purpose: made at the first start, wrapped by the secret, each new one endorsed by the one
 * before, all kept to verify. One that was revoked signs no more.
 */
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../src/domain/time.ts'
import {
  KEY_PURPOSES,
  type KeyPurpose,
  type KeySet,
  type PublicKey,
  type SigningKey,
} from '../src/proof/keys.ts'
import { type Revocations, signRevocations } from '../src/proof/revocations.ts'
import { secondsUp } from '../src/proof/seconds.ts'
import { trustedKeys } from '../src/proof/trust.ts'
import { importPrivate, makeKey } from './new-key.ts'
import { listOf } from './revocation-list.ts'
import type { Secret } from './secret.ts'
import type { Db } from './storage/db.ts'
import {
  fromPublic,
  insertKey,
  insertRevocation,
  type KeyRow,
  readKeys,
  readRevocationRows,
  toOld,
  toPublic,
} from './storage/signing-keys.ts'

/**
 * A new key is made this long before the last one ends: also a backup of a year ago then holds a key in force, from which phones follow to the
 * next. Without one they would trust nothing that is signed after the restore.
 */
const ROTATE_BEFORE_MS = 366 * DAY_MS
/** Another process may have rotated or revoked; that is known here at the latest after so long. */
const REREAD_MS = 5 * MINUTE_MS
/** The list of revoked keys says when it was signed, so that a till can tell how old its knowledge is. */
const LIST_AGE_MAX_MS = HOUR_MS

export interface Keyring {
  /** All keys, those that are revoked named. */
  publicKeys(): Promise<KeySet>
  /** In the words of apps of before there were purposes. */
  oldKeys(): Promise<KeySet>
  /** The signed list of revoked keys. */
  revocations(): Promise<string>
  /** The newest key in force; makes what is missing. */
  signingKey(purpose: KeyPurpose): Promise<SigningKey>
  /** Makes the next key of a purpose, or of each, endorsed by the present one. */
  rotate(which?: KeyPurpose | 'all'): Promise<PublicKey[]>
  /** Rotates what is about to end. */
  renew(): Promise<void>
  /** Ends a key for good, after its successor was made where it is in use. False: there is none of this name, or it was revoked before. */
  revoke(kid: string, reason: string): Promise<boolean>
  /** Takes over keys that phones hold and this database has lost, where its own keys or theirs in turn endorsed them. */
  adopt(offered: KeySet): Promise<PublicKey[]>
}

interface KeyringDeps {
  readonly db: Db
  readonly secret: Secret
  readonly now: () => Instant
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>
}

interface Held {
  readonly rows: readonly KeyRow[]
  readonly list: Revocations
  readonly readAt: Instant
}

export function openKeyring(deps: KeyringDeps): Keyring {
  return new StoredKeyring(deps)
}

class StoredKeyring implements Keyring {
  readonly #deps: KeyringDeps
  readonly #imported = new Map<string, CryptoKey>()
  #held: Held | undefined
  #signed: { readonly jws: string; readonly id: string; readonly at: Instant } | undefined
  /** Changes of this process, one after the other: two first signatures at once must not make two first keys. */
  #changes: Promise<unknown> = Promise.resolve()

  constructor(deps: KeyringDeps) {
    this.#deps = deps
  }

  async publicKeys(): Promise<KeySet> {
    const { rows, list } = await this.#complete()
    return { keys: rows.map(toPublic), ...(list.revoked.length > 0 ? { revoked: list.revoked } : {}) }
  }

  async oldKeys(): Promise<KeySet> {
    return { keys: (await this.#complete()).rows.map(toOld) }
  }

  async revocations(): Promise<string> {
    const key = await this.signingKey('documents')
    const { list } = await this.#read()
    const at = this.#deps.now()
    const id = `${list.epoch} ${key.kid}`
    if (this.#signed?.id !== id || Math.abs(at - this.#signed.at) > LIST_AGE_MAX_MS)
      this.#signed = { jws: await signRevocations(list, { key, at }), id, at }
    return this.#signed.jws
  }

  async signingKey(purpose: KeyPurpose): Promise<SigningKey> {
    await this.#complete()
    return this.#signer((await this.#inForce(purpose)) as KeyRow)
  }

  rotate(which: KeyPurpose | 'all' = 'all'): Promise<PublicKey[]> {
    return this.#change(async () => {
      // What is made just now needs no successor.
      const made = await this.#begin()
      const others = KEY_PURPOSES.filter((each) => !made.some(({ purpose }) => purpose === each))
      for (const each of others) if (which === 'all' || which === each) made.push(await this.#make(each))
      return made.map(toPublic)
    })
  }

  renew(): Promise<void> {
    return this.#change(async () => {
      await this.#begin()
      for (const purpose of KEY_PURPOSES) {
        const { notAfter } = (await this.#inForce(purpose)) as KeyRow
        if (notAfter - this.#deps.now() < ROTATE_BEFORE_MS) await this.#make(purpose)
      }
    })
  }

  revoke(kid: string, reason: string): Promise<boolean> {
    return this.#change(async () => {
      await this.#begin()
      const { rows, list } = await this.#read()
      const row = rows.find((each) => each.kid === kid)
      if (!row) return false
      if (row.purpose && (await this.#inForce(row.purpose))?.kid === kid) await this.#make(row.purpose)
      // Other processes sign with it until they read again: what they sign meanwhile must not be void.
      const revokedAt = secondsUp(this.#deps.now() + REREAD_MS)
      const epoch = Math.max(list.epoch + 1, revokedAt)
      const isNew = await insertRevocation(this.#deps.db, { kid, epoch, revokedAt, reason })
      this.#held = undefined
      return isNew
    })
  }

  adopt(offered: KeySet): Promise<PublicKey[]> {
    return this.#change(async () => {
      const { rows, list } = await this.#read()
      if (rows.length === 0) return []
      const own = { keys: rows.map(toPublic), revoked: list.revoked }
      const added: PublicKey[] = []
      for (const key of (await trustedKeys(own, offered)).keys) {
        const row = fromPublic(key)
        if (row && (await insertKey(this.#deps.db, row))) added.push(key)
      }
      this.#held = undefined
      return added
    })
  }

  async #read(): Promise<Held> {
    const { db, now } = this.#deps
    const readAt = now()
    if (!this.#held || Math.abs(readAt - this.#held.readAt) > REREAD_MS) {
      const rows = await readKeys(db)
      this.#held = { rows, list: await listOf(await readRevocationRows(db), rows), readAt }
    }
    return this.#held
  }

  async #inForce(purpose: KeyPurpose | undefined): Promise<KeyRow | undefined> {
    const at = this.#deps.now()
    const { rows, list } = await this.#read()
    const isRevoked = ({ kid }: KeyRow) => list.revoked.some((each) => each.kid === kid)
    return rows
      .filter((row) => row.purpose === purpose && row.wrappedPrivate !== undefined && !isRevoked(row))
      .filter((row) => row.notBefore <= at && at < row.notAfter)
      .sort((a, b) => b.notBefore - a.notBefore || (a.kid < b.kid ? 1 : -1))[0]
  }

  /** With a key in force for each purpose: a device takes the first set that it sees, so that none may come later without an endorsement. */
  async #complete(): Promise<Held> {
    for (const purpose of KEY_PURPOSES) {
      if (!(await this.#inForce(purpose))) {
        await this.#change(() => this.#begin())
        break
      }
    }
    return this.#read()
  }

  async #begin(): Promise<KeyRow[]> {
    const made: KeyRow[] = []
    for (const purpose of KEY_PURPOSES)
      if (!(await this.#inForce(purpose))) made.push(await this.#make(purpose))
    return made
  }

  async #make(purpose: KeyPurpose): Promise<KeyRow> {
    const before = (await this.#inForce(purpose)) ?? (await this.#inForce(undefined))
    const key = await makeKey(
      { purpose, notBefore: this.#deps.now(), ...(before ? { by: await this.#signer(before) } : {}) },
      this.#deps,
    )
    await insertKey(this.#deps.db, key)
    this.#held = undefined
    return key
  }

  async #signer({ kid, wrappedPrivate = '' }: KeyRow): Promise<SigningKey> {
    const known = this.#imported.get(kid)
    const privateKey = known ?? (await importPrivate(await this.#deps.secret.unwrap(wrappedPrivate, kid)))
    this.#imported.set(kid, privateKey)
    return { kid, privateKey }
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const changed = this.#changes.then(work)
    this.#changes = changed.catch(() => {})
    return changed
  }
}
