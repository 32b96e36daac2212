/** What main.ts builds and the stores use: databases, clock, ids, the way to the backend. Set once, before the first store. */
import type { LedgerDb } from '../db/database.ts'
import type { DeviceDb } from '../db/device.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'
import type { Packs } from '../domain/methodology/pack.ts'
import type { BackendApi } from '../sync/backend-api.ts'
import type { SyncStatus } from '../sync/status.ts'
import type { TillExchange } from '../sync/till-exchange.ts'

export interface RunningSync {
  /** Something is worth an exchange now. */
  poke(): Promise<void>
  stop(): Promise<void>
}

interface Services {
  readonly device: DeviceDb
  readonly openLedger: (ledgerId: string) => LedgerDb
  readonly now: () => Instant
  readonly newId: () => CommandId
  /** How long this page has been running. */
  readonly page: () => PageReading
  /** Loaded when first needed: nothing on the first screen waits for it. */
  readonly backend: () => Promise<BackendApi>
  readonly startSync: (ledger: {
    db: LedgerDb
    accountId: string
    onStatus: (status: SyncStatus) => void
  }) => Promise<RunningSync>
  /** Loaded where this device is a shop's till, or becomes one. */
  readonly tillExchange?: () => Promise<TillExchange>
  /** Methodologies other than the build's, which come with the first estimate. */
  readonly packs?: Packs
  /** What the browser's caches hold of a person. Absent where there are none. */
  readonly dropCaches?: () => Promise<void>
  /** Asks the browser to wake the worker when there is a network. Absent where it cannot. */
  readonly wakeLater?: () => Promise<void>
}

let provided: Services | undefined

export function provideServices(services: Services): void {
  provided = services
}

export function useServices(): Services {
  if (!provided) throw new Error('services are provided in main.ts, before the first store')
  return provided
}
