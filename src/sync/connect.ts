/** Puts the exchange together for one ledger: the same for the page and for the worker. */
import type { LedgerDb } from '../db/database.ts'
import type { DeviceDb } from '../db/device.ts'
import { readMeta } from '../db/meta.ts'
import type { GroupOf } from '../db/rows.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { AccountId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'
import type { KeySet } from '../proof/keys.ts'
import { homeCityOf } from './home-city.ts'
import { keysOf } from './keys.ts'
import type { Lock } from './lock.ts'
import { SyncLoop } from './loop.ts'
import { type PassResult, syncPass } from './pass.ts'
import type { Progress } from './pass-deps.ts'
import { sendPhotos } from './send-photos.ts'
import type { SyncStatus } from './status.ts'
import { SyncProblem, type Transport } from './transport.ts'

export interface Connection {
  readonly db: LedgerDb
  readonly accountId: string
  readonly device: DeviceDb
  readonly transport: Transport
  readonly now: () => Instant
  readonly page?: () => PageReading
  readonly groupOf: GroupOf
  /** See PassDeps. */
  readonly batchMax?: number | undefined
  /** Keys that came with the build. */
  readonly pins?: KeySet | undefined
  /** The browser is sure that there is no network: then nothing is taken from the outbox, and what waits can still be undone. */
  readonly isOffline?: () => boolean
}

/** The tag of Background Sync, where the browser has it. */
export const SYNC_TAG = 'greentrace-sync'

export function lockNameOf(accountId: string): string {
  return `greentrace-sync-${accountId}`
}

export function passOf(
  connection: Connection,
): (onProgress?: (progress: Progress) => void) => Promise<PassResult> {
  const { db, device, now, page, groupOf, batchMax, pins } = connection
  const keys = keysOf(device, connection.transport, { now, pins })
  const accountId = connection.accountId as AccountId
  const transport = connection.transport.of(accountId, () => readMeta(db, 'sessionSecret'))
  return async (onProgress) => {
    if (connection.isOffline?.()) throw new SyncProblem('offline')
    const result = await syncPass({
      db,
      accountId,
      transport,
      keys,
      now,
      groupOf,
      home: homeCityOf(device, accountId, transport),
      ...(page ? { page } : {}),
      ...(batchMax === undefined ? {} : { batchMax }),
      ...(onProgress ? { onProgress } : {}),
    })
    if (result.state === 'done') await sendPhotos(db, { accountId, transport })
    return result
  }
}

export interface Pace {
  readonly lock: Lock
  readonly random: () => number
  readonly setTimer: (run: () => void, delayMs: number) => () => void
  readonly onStatus: (status: SyncStatus) => void
}

export function loopOf(connection: Connection, pace: Pace): SyncLoop {
  return new SyncLoop({
    ...pace,
    lockName: lockNameOf(connection.accountId),
    pass: passOf(connection),
    now: connection.now,
  })
}
