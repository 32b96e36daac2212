/**
 * One database per ledger on the phone: the journal is what the backend has posted, the outbox what this device still asks for.
 * All other tables are rows derived from the journal, which `rebuild` can make anew. The only room that imports Dexie.
 */

import { Dexie, type DexieOptions, type EntityTable, type Table } from 'dexie'
import type { LiveTrip } from '../domain/evidence/live-trip.ts'
import { Guard } from './identity.ts'
import { endsWithItsPage } from './left-page.ts'
import type {
  AcceptanceRow,
  DayRow,
  EntryRow,
  JournalRow,
  MonthRow,
  OutboxRow,
  PhotoRow,
  PieceRow,
  TripPointRow,
  VoucherRow,
} from './tables.ts'
import { versions } from './versions.ts'

interface MetaRow {
  readonly key: string
  value: unknown
}

export class LedgerDb extends Dexie {
  journal!: EntityTable<JournalRow, 'seq'>
  /** A history pulled anew after a fork, until it replaces the journal. */
  stage!: EntityTable<JournalRow, 'seq'>
  outbox!: EntityTable<OutboxRow, 'n'>
  entries!: EntityTable<EntryRow, 'seq'>
  vouchers!: EntityTable<VoucherRow, 'id'>
  photos!: EntityTable<PhotoRow, 'id'>
  months!: EntityTable<MonthRow, 'month'>
  days!: EntityTable<DayRow, 'day'>
  pieces!: EntityTable<PieceRow, 'day'>
  trips!: EntityTable<LiveTrip, 'startedAt'>
  tripPoints!: Table<TripPointRow, [number, number]>
  acceptances!: EntityTable<AcceptanceRow, 'id'>
  meta!: Table<MetaRow, string>
  readonly guard: Guard

  /** @param mark for a database that is new, see Guard. */
  constructor(name: string, mark?: string, options?: DexieOptions) {
    super(name, options)
    for (const [index, version] of versions.entries()) {
      const upgraded = this.version(index + 1).stores(version.stores)
      if (version.upgrade) upgraded.upgrade(version.upgrade)
    }
    // Another tab removes the ledger: opened again unasked, it would be an empty one, and what is recorded there is lost.
    this.on('versionchange', ({ newVersion }) => {
      if (newVersion !== null) return true
      this.close()
      return false // Dexie's own handler would leave it open to be opened again
    })
    endsWithItsPage(this)
    this.guard = new Guard(this, 'meta', mark)
  }
}

const NAME_PREFIX = 'greentrace-ledger-'
const TILL = 'till-'

/** @param ledgerId the account's id, or the guest ledger's. */
export function openLedgerDb(ledgerId: string, mark?: string): LedgerDb {
  return new LedgerDb(NAME_PREFIX + ledgerId, mark)
}

/**
 * A branch's ledger on a device that is its till: beside that of the person whose phone it is, also where both are of one account. What is handed
 * out for is on the disk before anybody is told.
 */
export function openTillLedgerDb(accountId: string, mark?: string): LedgerDb {
  return new LedgerDb(`${NAME_PREFIX}${TILL}${accountId}`, mark, { chromeTransactionDurability: 'strict' })
}

export async function deleteTillLedgerDb(accountId: string): Promise<void> {
  await Dexie.delete(`${NAME_PREFIX}${TILL}${accountId}`)
}

export function hasLedgerDb(ledgerId: string): Promise<boolean> {
  return Dexie.exists(NAME_PREFIX + ledgerId)
}

/** Removes the ledger from this phone, journal and outbox included. */
export async function deleteLedgerDb(ledgerId: string): Promise<void> {
  await Dexie.delete(NAME_PREFIX + ledgerId)
}
