/** The open ledger's days, live. Apart from the other lists, because home shows nothing else of the journal. */
import type { Observable } from 'dexie'
import { type Live, useLive } from '../composables/useLive.ts'
import type { LedgerDb } from '../db/database.ts'
import { liveDays } from '../db/reads.ts'
import type { DayRow } from '../db/tables.ts'
import type { Day } from '../domain/base/time.ts'
import { useDeviceStore } from './device.ts'

/** Of whichever ledger is open; of none, nothing is read. */
export function useLedgerRead<T>(read: (db: LedgerDb) => Observable<T>): Live<T> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? read(device.db) : undefined))
}

export const useDays = (from: () => Day): Live<DayRow[]> => useLedgerRead((db) => liveDays(db, from()))
