/**
 * Which branches this device is a till of: the key that proves it, the session, and what the backend has told it to know without a network. Apart
 * from the ledgers, which hold what was accepted.
 */

import { Dexie, type EntityTable, liveQuery, type Observable, type Table } from 'dexie'
import type { CityId } from '../domain/base/city.ts'
import type { Instant } from '../domain/base/time.ts'
import type { TillRole } from '../domain/ledger/till.ts'
import type { TillOffer } from '../domain/till/verdict.ts'
import type { DeviceKeys } from '../proof/dpop.ts'
import { endsWithItsPage } from './left-page.ts'

/** `revoked`: by a manager, for good. `over`: the session is, and a new code begins another. `suspended`: until the operator lets the shop go on. */
export type TillEnd = 'revoked' | 'over' | 'suspended'

export interface TillPlace {
  readonly merchantId: string
  readonly nameZh: string
  readonly nameEn: string
  readonly merchantZh: string
  readonly merchantEn: string
  readonly city: CityId
}

/** What the last complete exchange told, checked when it came. */
interface TillTold {
  /** As of when the list is true. */
  readonly at: Instant
  /** Ids of vouchers, and the signs of their numbers. */
  readonly ended: readonly string[]
  readonly revokedKeys: readonly string[]
  readonly offers: readonly TillOffer[]
  readonly numberKey: Uint8Array<ArrayBuffer>
}

export interface TillRow {
  /** The branch's. */
  readonly accountId: string
  readonly tillId: string
  name: string
  role: TillRole
  place: TillPlace
  readonly secret: string
  /** Cannot be exported: whoever copies all else of this device has no till. */
  readonly keys: DeviceKeys
  readonly joinedAt: Instant
  told?: TillTold
  /** The latest time by its clock, put right, since the last exchange: see till-clock.ts. */
  seenAt?: Instant
  end?: TillEnd
}

export interface TillFacts {
  /** The branch whose till is shown. */
  current: string
  /** Wrong numbers one after the other, and until when none is taken. */
  wrongNumbers: { readonly count: number; readonly pausedUntil?: Instant }
  isMute: boolean
  /** Of a join that has not been answered. */
  keysToCome: DeviceKeys
}

export class TillDb extends Dexie {
  tills!: EntityTable<TillRow, 'accountId'>
  facts!: Table<{ key: string; value: unknown }, string>

  constructor() {
    super('greentrace-till', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ tills: 'accountId', facts: 'key' })
    endsWithItsPage(this)
  }
}

export async function readTillFact<Key extends keyof TillFacts>(
  db: TillDb,
  key: Key,
): Promise<TillFacts[Key] | undefined> {
  return (await db.facts.get(key))?.value as TillFacts[Key] | undefined
}

export async function writeTillFact<Key extends keyof TillFacts>(
  db: TillDb,
  key: Key,
  value: TillFacts[Key],
): Promise<void> {
  await db.facts.put({ key, value })
}

interface TillsRead {
  readonly tills: readonly TillRow[]
  readonly current: TillRow | undefined
  readonly wrongNumbers: TillFacts['wrongNumbers']
  readonly isMute: boolean
}

export function liveTills(db: TillDb): Observable<TillsRead> {
  return liveQuery(() =>
    db.transaction('r', db.tills, db.facts, async () => {
      const tills = await db.tills.toArray()
      const chosen = await readTillFact(db, 'current')
      return {
        tills,
        current: tills.find(({ accountId }) => accountId === chosen) ?? tills[0],
        wrongNumbers: (await readTillFact(db, 'wrongNumbers')) ?? { count: 0 },
        isMute: (await readTillFact(db, 'isMute')) === true,
      }
    }),
  )
}

/** The clock has been looked at: from now on it counts only when it is not behind that. */
export async function noteSeen(db: TillDb, accountId: string, at: Instant): Promise<void> {
  await db.transaction('rw', db.tills, async () => {
    const till = await db.tills.get(accountId)
    if (till && (till.seenAt ?? 0) < at) await db.tills.update(accountId, { seenAt: at })
  })
}

/** A younger list takes the place of an older; the clock begins anew at the backend's time. */
export async function keepTold(
  db: TillDb,
  accountId: string,
  news: { told: TillTold; place: TillPlace; name: string; role: TillRole; now: Instant },
): Promise<void> {
  const { told, now: seenAt, ...rest } = news
  await db.transaction('rw', db.tills, async () => {
    const till = await db.tills.get(accountId)
    if (!till || (till.told && told.at < till.told.at)) return
    const { end: _, ...going } = till
    await db.tills.put({ ...going, ...rest, told, seenAt })
  })
}
