/** The ledger as a file, out and in. */
import { defineStore } from 'pinia'
import type { BackupFault } from '../actions/restore-backup.ts'
import { writeMeta } from '../db/meta.ts'
import { isQuotaError } from '../db/quota-error.ts'
import { dayOf } from '../domain/base/time.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'
import { useSyncStore } from './sync.ts'

export interface FileOut {
  readonly name: string
  readonly blob: Blob
}

export const useBackupStore = defineStore('backup', () => {
  const services = useServices()
  const device = useDeviceStore()

  /** Everything as one JSON file. Throws the signal's reason when it was cancelled. */
  async function exportFile(
    onProgress?: (done: number, of: number) => void,
    signal?: AbortSignal,
  ): Promise<FileOut> {
    const { db, current } = device
    if (!db || !current) throw new Error('no ledger is open')
    const { exportLedger } = await import('../actions/export-ledger.ts')
    const parts: string[] = []
    const options = { now: services.now(), ...(onProgress ? { onProgress } : {}) }
    for await (const part of exportLedger(db, current, options)) {
      signal?.throwIfAborted()
      parts.push(part)
    }
    const day = dayOf(options.now)
    return { name: `greentrace-${day}.json`, blob: new Blob(parts, { type: 'application/json' }) }
  }

  /** The file was handed over: saved or shared. A full phone takes no note of it, and is helped by the file all the same. */
  async function markExported(): Promise<void> {
    if (!device.db) return
    await writeMeta(device.db, 'exportedAt', services.now()).catch((error: unknown) => {
      if (!isQuotaError(error)) throw error
    })
  }

  /** How many commands of the file were queued, or what is wrong with the file. Nothing is written in the latter case. */
  async function restoreFile(file: Blob): Promise<number | BackupFault> {
    const { db, current } = device
    if (!db || !current) throw new Error('no ledger is open')
    const { readBackup, restoreBackup } = await import('../actions/restore-backup.ts')
    const read = await readBackup(await file.text())
    if ('fault' in read) return read.fault
    const restored = await restoreBackup(db, current.ledgerId, read.backup)
    void useSyncStore().poke()
    return restored
  }

  return { exportFile, markExported, restoreFile }
})
