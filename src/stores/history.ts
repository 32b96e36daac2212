/** The journal as lists and pictures show it: entries by window, months, one entry whole. */

import type { Live } from '../composables/useLive.ts'
import {
  type EntryRead,
  liveEntry,
  liveEntrySeqs,
  liveMonths,
  liveRecentActs,
  readEntries,
} from '../db/history-reads.ts'
import type { EntryGroup, EntryRow, MonthRow } from '../db/tables.ts'
import { useLedgerRead } from './days.ts'
import { useDeviceStore } from './device.ts'

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
