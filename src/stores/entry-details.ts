/** What a list or one entry needs beside its own row: what it is about, its receipt check, the ledger as CSV, a request taken back. */

import type { HeadResult, ReceiptCheck } from '../actions/check-receipt.ts'
import type { CsvColumn } from '../actions/export-csv.ts'
import { takeBackRequest } from '../actions/take-back-request.ts'
import { readEntriesById, readEntryRun } from '../db/entry-lookup.ts'
import type { EntryRead } from '../db/history-reads.ts'
import type { EntryRow } from '../db/tables.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { FileOut } from './backup.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'

export type { CheckResult, HeadResult, ReceiptCheck } from '../actions/check-receipt.ts'
export type { CsvColumn } from '../actions/export-csv.ts'
export type { EntryRead } from '../db/history-reads.ts'
export { idleActOf } from '../db/idle-acts.ts'
export { groupOfKind } from '../db/kind-rows.ts'
export type { DayRow, EntryGroup, EntryRow, MonthRow, VoucherRow } from '../db/tables.ts'
export type { FileOut } from './backup.ts'

export async function readTargets(ids: readonly string[]): Promise<Map<string, EntryRow>> {
  const { db } = useDeviceStore()
  return db && ids.length > 0 ? readEntriesById(db, ids) : new Map()
}

/** Rows of a list's window; fewer than asked for when some are gone. */
export async function readRun(seqs: readonly number[]): Promise<EntryRow[]> {
  const { db } = useDeviceStore()
  return db ? readEntryRun(db, seqs) : []
}

/** True when the request was forgotten; false when it may have left the phone. */
export async function takeBack(id: CommandId): Promise<boolean> {
  const { db } = useDeviceStore()
  return db ? takeBackRequest({ db }, id) : false
}

export async function checkEntry(read: EntryRead): Promise<ReceiptCheck | undefined> {
  const { db } = useDeviceStore()
  if (!db) return undefined
  const { device } = useServices()
  const { checkReceipt } = await import('../actions/check-receipt.ts') // signatures are a heavy chunk that lists do not need
  return checkReceipt({ db, device }, read)
}

/** Hashes every record from the entry up to the signed head, however many. Throws the signal's reason when it was cancelled. */
export async function checkEntryToHead(
  read: EntryRead,
  options: { onProgress: (done: number, of: number) => void; signal: AbortSignal },
): Promise<HeadResult> {
  const { db } = useDeviceStore()
  if (!db) return { state: 'none' }
  const held = { db, device: useServices().device }
  const { checkHead } = await import('../actions/check-receipt.ts')
  return checkHead(held, read, { ...options, chainMax: Number.POSITIVE_INFINITY })
}

/** Every entry as one CSV file. Throws the signal's reason when it was cancelled. */
export async function exportCsvFile(
  columns: readonly CsvColumn[],
  options: { name: string; onProgress: (done: number, of: number) => void; signal: AbortSignal },
): Promise<FileOut> {
  const { db } = useDeviceStore()
  if (!db) throw new Error('no ledger is open')
  const { exportCsv } = await import('../actions/export-csv.ts')
  const parts: Blob[] = []
  for await (const part of exportCsv(db, columns, options.onProgress)) {
    options.signal.throwIfAborted()
    parts.push(new Blob([part])) // the browser may keep blobs on disk, strings it may not
  }
  return { name: options.name, blob: new Blob(parts, { type: 'text/csv;charset=utf-8' }) }
}
