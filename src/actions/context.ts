/** What an action is handed: the open ledger, the clock, and ids. Nothing reads a clock or makes an id by itself. */
import type { LedgerDb } from '../db/database.ts'
import type { DeviceDb } from '../db/device.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'

export interface ActionContext {
  readonly db: LedgerDb
  readonly now: () => Instant
  readonly newId: () => CommandId
  /** How long this page has been running. Absent where there is none to ask. */
  readonly page?: () => PageReading
}

export interface DeviceContext {
  readonly device: DeviceDb
  readonly now: () => Instant
  readonly newId: () => CommandId
}
