/** What the screens read, live: each read runs again when something it read has changed, in this tab, another, or the worker. */
import { liveQuery, type Observable } from 'dexie'
import type { CityId } from '../domain/city.ts'
import type { Ledger } from '../domain/ledger.ts'
import type { Day, Instant } from '../domain/time.ts'
import type { DayRow, JournalRow, LedgerDb, MonthRow, OutboxRow } from './database.ts'
import { type DeviceDb, type Profile, readFact } from './device.ts'
import { type Meta, readLedger, readMeta } from './meta.ts'
import type { EntryGroup, EntryRow, VoucherRow } from './rows.ts'

export interface BaseRead {
  readonly ledger: Ledger
  readonly outbox: readonly OutboxRow[]
  readonly restore: Meta['restore'] | undefined
  readonly clockOffset: number
  readonly lastSyncedAt: Instant | undefined
  readonly forkNotice: Meta['forkNotice'] | undefined
  readonly goalGrams: number | undefined
  readonly favourites: readonly string[]
  readonly deletedAt: Instant | undefined
  readonly exportedAt: Instant | undefined
}

/** Home needs no more than this: a handful of rows and the outbox, however long the journal is. */
export function liveBase(db: LedgerDb): Observable<BaseRead> {
  return liveQuery(() =>
    db.transaction('r', db.meta, db.outbox, async () => ({
      ledger: await readLedger(db),
      outbox: await db.outbox.orderBy('n').toArray(),
      restore: await readMeta(db, 'restore'),
      clockOffset: (await readMeta(db, 'clockOffset')) ?? 0,
      lastSyncedAt: await readMeta(db, 'lastSyncedAt'),
      forkNotice: await readMeta(db, 'forkNotice'),
      goalGrams: await readMeta(db, 'goalGrams'),
      favourites: (await readMeta(db, 'favourites')) ?? [],
      deletedAt: await readMeta(db, 'deletedAt'),
      exportedAt: await readMeta(db, 'exportedAt'),
    })),
  )
}

export function liveDays(db: LedgerDb, from: Day): Observable<DayRow[]> {
  return liveQuery(() => db.days.where('day').aboveOrEqual(from).toArray())
}

export function liveMonths(db: LedgerDb): Observable<MonthRow[]> {
  return liveQuery(() => db.months.toArray())
}

export function liveVouchers(db: LedgerDb): Observable<VoucherRow[]> {
  return liveQuery(() => db.vouchers.orderBy('id').toArray())
}

export function liveVoucher(db: LedgerDb, id: string): Observable<VoucherRow | undefined> {
  return liveQuery(() => db.vouchers.get(id))
}

/** Seqs of the entries under a filter, newest first: a number each, so that 100,000 of them are a few hundred kilobytes. */
export function liveEntrySeqs(db: LedgerDb, group: EntryGroup | 'all'): Observable<number[]> {
  return liveQuery(async () => {
    const keys =
      group === 'all'
        ? await db.entries.toCollection().primaryKeys()
        : await db.entries
            .where('[group+seq]')
            .between([group, 0], [group, Number.POSITIVE_INFINITY])
            .primaryKeys()
    return keys.reverse()
  })
}

export function readEntries(db: LedgerDb, seqs: readonly number[]): Promise<(EntryRow | undefined)[]> {
  return db.entries.bulkGet([...seqs])
}

/** The latest acts of the person, for "once more": newest first. */
export function liveRecentActs(db: LedgerDb, count: number): Observable<EntryRow[]> {
  return liveQuery(() =>
    db.entries
      .orderBy('seq')
      .reverse()
      .filter(
        (entry) =>
          entry.kind === 'activity.record' && entry.outcome !== 'rejected' && entry.later !== 'withdrawn',
      )
      .limit(count)
      .toArray(),
  )
}

export interface EntryRead {
  readonly entry: EntryRow
  readonly row: JournalRow
  /** Hash of the record before, to check this one's. */
  readonly previousHash: string | undefined
  /** Records about this one, oldest first. */
  readonly later: readonly EntryRow[]
}

/** One entry whole, by the id of its command. */
export function liveEntry(db: LedgerDb, id: string): Observable<EntryRead | undefined> {
  return liveQuery(async () => {
    const entry = await db.entries.where('id').equals(id).first()
    const row = entry && (await db.journal.get(entry.seq))
    if (!entry || !row) return undefined
    const previous = await db.journal.get(entry.seq - 1)
    const later = await db.entries.where('about').equals(id).sortBy('seq')
    return { entry, row, previousHash: previous?.hash, later }
  })
}

export interface DeviceRead {
  readonly profiles: readonly Profile[]
  readonly current: Profile | undefined
}

export function liveDevice(device: DeviceDb): Observable<DeviceRead> {
  return liveQuery(async () => {
    const profiles = await device.profiles.toArray()
    const currentId = await readFact(device, 'currentLedgerId')
    return { profiles, current: profiles.find((profile) => profile.ledgerId === currentId) }
  })
}

/** What the catalog last held under a key, with when it came. */
export function liveCatalog<T>(db: LedgerDb, key: string): Observable<T | undefined> {
  return liveQuery(async () => (await db.catalog.get(key))?.value as T | undefined)
}

export async function writeCatalog(db: LedgerDb, key: string, value: unknown): Promise<void> {
  await db.catalog.put({ key, value })
}

export async function setProfileCity(device: DeviceDb, ledgerId: string, city: CityId): Promise<void> {
  await device.profiles.update(ledgerId, { city })
}
