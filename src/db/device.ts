/** What belongs to the phone and not to a ledger: whose ledgers are on it, which one is open, its id. */

import { Dexie, type EntityTable, type Table } from 'dexie'
import type { CityId } from '../domain/base/city.ts'
import type { Instant } from '../domain/base/time.ts'
import type { KeySet } from '../proof/keys.ts'
import type { Revocations } from '../proof/revocations.ts'
import { Guard } from './identity.ts'
import { endsWithItsPage } from './left-page.ts'
import type { KeptRow } from './tables.ts'

/** A ledger on this phone: a guest's, from before anyone signed in, or an account's. */
export interface Profile {
  readonly ledgerId: string
  readonly kind: 'guest' | 'account'
  /** Shown in the switcher; the person's own word, kept on the phone. */
  nickname?: string
  phoneMasked?: string
  city: CityId
  /** An account's: what the backend last held. Another than `city` where the person has moved and it does not know yet. */
  accountCity?: CityId
  readonly createdAt: Instant
  /** Set on a guest ledger in the first step of its adoption: it can go to this account and to no other. */
  adoptedBy?: string
  /** The session ended: the ledger stays readable until it is signed in again or removed. */
  signedOutAt?: Instant
  /** Signing out has begun: `discard` when what waits was given up by typing. */
  leaving?: 'keep' | 'discard'
}

export interface DeviceFacts {
  deviceId: string
  currentLedgerId: string
  /** Keys of the backend that this phone trusts. Those that an app of before there were purposes kept have none. */
  keys: Pick<KeySet, 'keys'>
  /** The list of revoked keys with the highest epoch that this phone saw. Apart from the keys, which an older app writes anew. */
  revocations: Revocations
  keysAskedAt: Instant
  saved: readonly string[]
  /** Accounts whose session is ended here and not yet on the backend, see sign-outs.ts. */
  signOuts: readonly string[]
  /** Whether this phone tells of news by notifications, and in which language the worker says it. */
  notices: { readonly isOn: boolean; readonly language: 'zh-CN' | 'en' }
  /** Somebody has come in here to log for others: at the start it is looked whether anything of it waits. */
  helps: boolean
  /** Branches that the person manages, each with a code by which this device comes in, for some minutes after the sign-in. */
  manages: readonly {
    readonly code: string
    readonly expiresAt: Instant
    readonly nameZh: string
    readonly nameEn: string
  }[]
  /** This device has come in as a shop's till: at the start it is looked whether anything of it waits. */
  isTill: boolean
  /** Ledgers whose database has still to be removed. */
  leftLedgers: readonly string[]
}

export class DeviceDb extends Dexie {
  profiles!: EntityTable<Profile, 'ledgerId'>
  facts!: Table<{ key: string; value: unknown }, string>
  kept!: EntityTable<KeptRow, 'key'>

  readonly guard: Guard

  /** @param mark for a database that is new, see Guard. */
  constructor(mark?: string) {
    super('greentrace-device')
    this.version(1).stores({ profiles: 'ledgerId', facts: 'key' })
    this.version(2).stores({ kept: 'key' })
    endsWithItsPage(this)
    this.guard = new Guard(this, 'facts', mark)
  }
}

export async function readFact<Key extends keyof DeviceFacts>(
  db: DeviceDb,
  key: Key,
): Promise<DeviceFacts[Key] | undefined> {
  return (await db.facts.get(key))?.value as DeviceFacts[Key] | undefined
}

export async function writeFact<Key extends keyof DeviceFacts>(
  db: DeviceDb,
  key: Key,
  value: DeviceFacts[Key],
): Promise<void> {
  await db.facts.put({ key, value })
}

/** What this phone trusts by now; nothing before it saw a first set. */
export async function readTrustedKeys(db: DeviceDb): Promise<KeySet> {
  const [keys, revocations] = await Promise.all([readFact(db, 'keys'), readFact(db, 'revocations')])
  return { keys: keys?.keys ?? [], ...(revocations ? { revoked: revocations.revoked } : {}) }
}
