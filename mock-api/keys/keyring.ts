/**
 * The backend's signing keys, a chain for each purpose: made at the first start, wrapped by the secret, each new one endorsed by the one
 * before, all kept to verify. One that was revoked signs no more.
 */
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../src/domain/base/time.ts'
import {
  BEGUN_BY,
  KEY_PURPOSES,
  type KeyPurpose,
  type KeySet,
  type PublicKey,
  type SigningKey,
} from '../../src/proof/keys.ts'
import { type Revocations, signRevocations } from '../../src/proof/revocations.ts'
import { secondsUp } from '../../src/proof/seconds.ts'
import { trustedKeys } from '../../src/proof/trust.ts'
import type { Secret } from '../base/secret.ts'
import type { Db, Queryable } from '../storage/db.ts'
import {
  fromPublic,
  insertKey,
  insertRevocation,
  type KeyRow,
  type RevocationRow,
  readKeys,
  readRevocationRows,
  toOld,
  toPublic,
} from '../storage/signing-keys.ts'
import { waitForTurn } from '../storage/turns.ts'
import { importPrivate, makeKey } from './new-key.ts'
import { listOf } from './revocation-list.ts'

/**
 * A new key is made this long before the last one ends: also a backup of a year ago then holds a key in force, from which phones follow to the
 * next. Without one they would trust nothing that is signed after the restore.
 */
const ROTATE_BEFORE_MS = 366 * DAY_MS
/** Another process may have rotated or revoked; that is known here at the latest after so long. */
const REREAD_MS = MINUTE_MS
/** Among several processes a change takes force after so long: when each has read it, also one that was slow to, or whose clock is behind. */
export const SPREAD_MS = 3 * REREAD_MS
/** A name that is not known here may be new. It costs a forger nothing to make one up, so that it is looked for once a second. */
const UNKNOWN_REREAD_MS = SECOND_MS
/** The list of revoked keys says when it was signed, so that a till can tell how old its knowledge is. */
const LIST_AGE_MAX_MS = HOUR_MS

export interface Keyring {
  /** All keys, those that are revoked named. `kid`: looks once more for one of this name, which another process may have taken over. */
  publicKeys(kid?: string): Promise<KeySet>
  /** In the words of apps of before there were purposes. */
  oldKeys(): Promise<KeySet>
  /** The signed list of revoked keys. */
  revocations(): Promise<string>
  /** The newest key in force; makes what is missing. */
  signingKey(purpose: KeyPurpose): Promise<SigningKey>
  /** Makes the next key of a purpose, or of each, endorsed by the present one. It signs once every process knows it. */
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
  /** How long a change takes to be known to all processes on this database; 0 where there is one. */
  readonly spreadMs?: number
}

interface Held {
  readonly rows: readonly KeyRow[]
  readonly revoked: readonly RevocationRow[]
  readonly readAt: Instant
}

export function openKeyring(deps: KeyringDeps): Keyring {
  return new StoredKeyring(deps)
}

class StoredKeyring implements Keyring {
  readonly #deps: KeyringDeps
  readonly #spreadMs: number
  readonly #imported = new Map<string, CryptoKey>()
  #held: Held | undefined
  #signed: { readonly jws: string; readonly id: string; readonly at: Instant } | undefined

  constructor(deps: KeyringDeps) {
    this.#deps = deps
    this.#spreadMs = deps.spreadMs ?? 0
  }

  async publicKeys(kid?: string): Promise<KeySet> {
    let held = await this.#complete()
    const isUnknown = kid !== undefined && !held.rows.some((row) => row.kid === kid)
    if (isUnknown) held = await this.#read(UNKNOWN_REREAD_MS)
    const { revoked } = await this.#listOf(held)
    return { keys: held.rows.map(toPublic), ...(revoked.length > 0 ? { revoked } : {}) }
  }

  async oldKeys(): Promise<KeySet> {
    return { keys: (await this.#complete()).rows.map(toOld) }
  }

  async revocations(): Promise<string> {
    const key = await this.signingKey('documents')
    const list = await this.#listOf(await this.#read())
    const at = this.#deps.now()
    const id = `${list.epoch} ${key.kid}`
    if (this.#signed?.id !== id || Math.abs(at - this.#signed.at) > LIST_AGE_MAX_MS)
      this.#signed = { jws: await signRevocations(list, { key, at }), id, at }
    return this.#signed.jws
  }

  async signingKey(purpose: KeyPurpose): Promise<SigningKey> {
    return this.#signer(this.#inForce(await this.#complete(), purpose) as KeyRow)
  }

  rotate(which: KeyPurpose | 'all' = 'all'): Promise<PublicKey[]> {
    return this.#change(async (tx) => {
      // What is made just now needs no successor.
      const made = await this.#begin(tx)
      const held = await this.#readIn(tx)
      const others = KEY_PURPOSES.filter((each) => !made.some(({ purpose }) => purpose === each))
      for (const each of others)
        if (which === 'all' || which === each) made.push(await this.#make(tx, held, each))
      return made.map(toPublic)
    })
  }

  async renew(): Promise<void> {
    const known = await this.#complete()
    if (!KEY_PURPOSES.some((purpose) => this.#endsSoon(known, purpose))) return
    await this.#change(async (tx) => {
      const held = await this.#readIn(tx)
      for (const purpose of KEY_PURPOSES)
        if (this.#endsSoon(held, purpose)) await this.#make(tx, held, purpose)
    })
  }

  /** Of the newest, also when it is still on its way: of several processes one renews. */
  #endsSoon(held: Held, purpose: KeyPurpose): boolean {
    const newest = this.#inForce(held, purpose, this.#deps.now() + this.#spreadMs)
    return newest !== undefined && newest.notAfter - this.#deps.now() < ROTATE_BEFORE_MS
  }

  revoke(kid: string, reason: string): Promise<boolean> {
    return this.#change(async (tx) => {
      await this.#begin(tx)
      const held = await this.#readIn(tx)
      const row = held.rows.find((each) => each.kid === kid)
      if (!row) return false
      // Other processes sign with it until they have read of it: what they sign meanwhile must not be void.
      const revokedAt = secondsUp(this.#deps.now() + (this.#spreadMs || REREAD_MS))
      const from = this.#spreadMs > 0 ? revokedAt * 1000 : this.#deps.now()
      if (row.purpose && this.#inForce(held, row.purpose, from)?.kid === kid)
        await this.#make(tx, held, row.purpose, from)
      const epoch = Math.max(revokedAt, ...held.revoked.map((each) => each.epoch + 1))
      return insertRevocation(tx, { kid, epoch, revokedAt, reason })
    })
  }

  adopt(offered: KeySet): Promise<PublicKey[]> {
    return this.#change(async (tx) => {
      const held = await this.#readIn(tx)
      if (held.rows.length === 0) return []
      const own = { keys: held.rows.map(toPublic), revoked: (await this.#listOf(held)).revoked }
      const added: PublicKey[] = []
      for (const key of (await trustedKeys(own, offered)).keys) {
        const row = fromPublic(key)
        if (row && (await insertKey(tx, row))) added.push(key)
      }
      return added
    })
  }

  async #read(maxAgeMs = REREAD_MS): Promise<Held> {
    const { db, now } = this.#deps
    if (!this.#held || Math.abs(now() - this.#held.readAt) > maxAgeMs) this.#held = await this.#readIn(db)
    return this.#held
  }

  async #readIn(db: Queryable): Promise<Held> {
    const readAt = this.#deps.now()
    return { rows: await readKeys(db), revoked: await readRevocationRows(db), readAt }
  }

  /** Those whose time has come: until every process knows, each goes on with the key, and none says that it is revoked. */
  #revokedIn({ revoked }: Held, at = this.#deps.now()): RevocationRow[] {
    return revoked.filter((each) => this.#spreadMs === 0 || each.revokedAt * 1000 <= at)
  }

  #listOf(held: Held): Promise<Revocations> {
    return listOf(this.#revokedIn(held), held.rows)
  }

  #inForce(held: Held, purpose: KeyPurpose | undefined, at = this.#deps.now()): KeyRow | undefined {
    const revoked = this.#revokedIn(held, at)
    const isRevoked = ({ kid }: KeyRow) => revoked.some((each) => each.kid === kid)
    return held.rows
      .filter((row) => row.purpose === purpose && row.wrappedPrivate !== undefined && !isRevoked(row))
      .filter((row) => row.notBefore <= at && at < row.notAfter)
      .sort((a, b) => b.notBefore - a.notBefore || (a.kid < b.kid ? 1 : -1))[0]
  }

  /** With a key in force for each purpose: a device takes the first set that it sees, so that none may come later without an endorsement. */
  async #complete(): Promise<Held> {
    const held = await this.#read()
    if (KEY_PURPOSES.every((purpose) => this.#inForce(held, purpose))) return held
    await this.#change((tx) => this.#begin(tx))
    return this.#read()
  }

  /** What is missing altogether takes force at once: nothing else signs. */
  async #begin(tx: Queryable): Promise<KeyRow[]> {
    const made: KeyRow[] = []
    for (const purpose of KEY_PURPOSES) {
      const held = await this.#readIn(tx)
      if (!this.#inForce(held, purpose)) made.push(await this.#make(tx, held, purpose, this.#deps.now()))
    }
    return made
  }

  async #make(
    tx: Queryable,
    held: Held,
    purpose: KeyPurpose,
    notBefore = this.#deps.now() + this.#spreadMs,
  ): Promise<KeyRow> {
    const before =
      this.#inForce(held, purpose) ?? this.#inForce(held, BEGUN_BY[purpose]) ?? this.#inForce(held, undefined)
    const key = await makeKey(
      { purpose, notBefore, ...(before ? { by: await this.#signer(before) } : {}) },
      this.#deps,
    )
    await insertKey(tx, key)
    return key
  }

  async #signer({ kid, wrappedPrivate = '' }: KeyRow): Promise<SigningKey> {
    const known = this.#imported.get(kid)
    const privateKey = known ?? (await importPrivate(await this.#deps.secret.unwrap(wrappedPrivate, kid)))
    this.#imported.set(kid, privateKey)
    return { kid, privateKey }
  }

  /** One after the other over all processes: two first signatures at once must not make two first keys. */
  async #change<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    try {
      return await this.#deps.db.transaction(async (tx) => {
        await waitForTurn(tx, 'keys')
        return work(tx)
      })
    } finally {
      this.#held = undefined
    }
  }
}
