/** The journal as lists and pictures show it: entries by window, months, days, one entry whole. */

import type { Observable } from 'dexie'
import { type Live, useLive } from '../composables/useLive.ts'
import type { LedgerDb } from '../db/database.ts'
import {
  type EntryRead,
  liveEntry,
  liveEntrySeqs,
  liveMonths,
  liveRecentActs,
  readEntries,
} from '../db/history-reads.ts'
import { liveDays } from '../db/reads.ts'
import type { DayRow, EntryGroup, EntryRow, MonthRow } from '../db/tables.ts'
import type { Day } from '../domain/base/time.ts'
import { useDeviceStore } from './device.ts'

function useLedgerRead<T>(read: (db: LedgerDb) => Observable<T>): Live<T> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? read(device.db) : undefined))
}

export const useDays = (from: () => Day): Live<DayRow[]> => useLedgerRead((db) => liveDays(db, from()))

export const useMonths = (): Live<MonthRow[]> => useLedgerRead(liveMonths)

export const useRecentActs = (count: number): Live<EntryRow[]> =>
  useLedgerRead((db) => liveRecentActs(db, count))

export const useEntry = (id: () => string): Live<EntryRead | undefined> =>
  useLedgerRead((db) => liveEntry(db, id()))

/** Seqs under the filter, newest first; the rows of a window come by `readWindow`. */
export const useEntrySeqs = (group: () => EntryGroup | 'all'): Live<number[]> =>
  useLedgerRead((db) => liveEntrySeqs(db, group()))

export async function readWindow(seqs: readonly number[]): Promise<(EntryRow | undefined)[]> {
  const { db } = useDeviceStore()
  return db ? readEntries(db, seqs) : []
}
