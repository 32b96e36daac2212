/** Public answers of the backend as they last came, kept on the phone for every ledger on it: city content, stations, alerts, event dates. */

import { liveQuery, type Observable } from 'dexie'
import type { DeviceDb } from './device.ts'
import type { KeptRow } from './tables.ts'

/** Null: nothing was ever kept under this key. Undefined is what a live read has before its first answer. */
export function liveKept(device: DeviceDb, key: string): Observable<KeptRow | null> {
  return liveQuery(async () => (await device.kept.get(key)) ?? null)
}

export async function readKept(device: DeviceDb, key: string): Promise<KeptRow | undefined> {
  return device.kept.get(key)
}

export async function writeKept(device: DeviceDb, row: KeptRow): Promise<void> {
  await device.kept.put(row)
}
