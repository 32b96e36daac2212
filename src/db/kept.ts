/** Public answers of the backend as they last came, kept on the phone for every ledger on it: city content, stations, alerts, event dates. */
import { liveQuery, type Observable } from 'dexie'
import type { Instant } from '../domain/base/time.ts'
import type { DeviceDb } from './device.ts'

export interface KeptRow {
  /** The feed's name and city, e.g. `alerts:weifang`. */
  readonly key: string
  readonly value: unknown
  /** Rows that the app could not read when it came: a later version may, so that it is asked for whole again. */
  readonly leftOut?: number
  /** The backend's mark of this very answer, to ask whether it still holds. */
  readonly etag?: string
  /** When the backend last said that this holds. */
  readonly at: Instant
}

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
