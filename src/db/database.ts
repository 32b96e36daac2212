/**
 * One database per ledger on the phone: the journal is what the backend has posted, the outbox what this device still asks for.
 * All other tables are rows derived from the journal, which `rebuild` can make anew. The only room that imports Dexie.
 */
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Day, Instant, Month } from '../domain/base/time.ts'
import type { Grams, Points } from '../domain/base/units.ts'
import type { PhotoType } from '../domain/taking-part/voice.ts'
import { Guard } from './identity.ts'
import { endsWithItsPage } from './left-page.ts'
import type { PieceRow } from './pieces.ts'
import type { EntryRow, VoucherRow } from './rows.ts'
import { versions } from './versions.ts'

/** One line of the journal, with its texts exactly as they came. */
export interface JournalRow {
  readonly seq: number
  /** The command's or the step's id. */
  readonly id: string
  readonly body: string
  readonly hash: string
  readonly detail?: string
  readonly salt?: string
}

/**
 * `queued` is sent; `answered` waits for its record; `waiting` was put off by a backend that cannot know yet, and is sent again with the next
 * pass; `deferred` could not be read by the backend and waits for an upgrade.
 */
export type OutboxState = 'queued' | 'answered' | 'waiting' | 'deferred'

export interface OutboxRow {
  /** Order of making. */
  n: number
  readonly id: string
  /** Canonical text, written once and never again: also an upgrade of the app sends this very text. */
  readonly text: string
  state: OutboxState
  /** The record's seq, once answered. */
  seq?: number
  /** When it was first handed to the network: until then it can be taken back without a trace. */
  firstSentAt?: Instant
  /** When it first left the phone in a file: from then on it may be asked for elsewhere too. */
  handedOutAt?: Instant
  /** Made in a guest's ledger, of which there may be a backup elsewhere; or it came back from where that is not known. */
  fromGuest?: true
  /** Why it is deferred. */
  problem?: string
}

/** Posted records of a month, for the ledger's headings. */
export interface MonthRow {
  readonly month: Month
  firstSeq: number
  counts: { [group: string]: number }
  pointsIn: Points
  pointsOut: Points
}

/** What was done on a day in Shandong, for heatmap, streak and chart. */
export interface DayRow {
  readonly day: Day
  acts: number
  grams: { [code: string]: Grams }
}

/** A nomination's photo. `refused`: the backend does not want it; it stays on the phone. */
export interface PhotoRow {
  /** The command's id. */
  readonly id: string
  readonly digest: string
  readonly type: PhotoType
  readonly base64: string
  state: 'waiting' | 'sent' | 'refused'
}

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
  meta!: Table<MetaRow, string>
  readonly guard: Guard

  /** @param mark for a database that is new, see Guard. */
  constructor(name: string, mark?: string) {
    super(name)
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

/** @param ledgerId the account's id, or the guest ledger's. */
export function openLedgerDb(ledgerId: string, mark?: string): LedgerDb {
  return new LedgerDb(NAME_PREFIX + ledgerId, mark)
}

export function hasLedgerDb(ledgerId: string): Promise<boolean> {
  return Dexie.exists(NAME_PREFIX + ledgerId)
}

/** Removes the ledger from this phone, journal and outbox included. */
export async function deleteLedgerDb(ledgerId: string): Promise<void> {
  await Dexie.delete(NAME_PREFIX + ledgerId)
}
