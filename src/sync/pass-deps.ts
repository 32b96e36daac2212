/** What a pass of the exchange is handed, and what it tells while it runs. */
import type { LedgerDb } from '../db/database.ts'
import type { GroupOf } from '../db/rows.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { AccountId } from '../domain/base/ids.ts'
import type { Instant } from '../domain/base/time.ts'
import type { KeySet } from '../proof/keys.ts'
import type { HomeCity } from './home-city.ts'
import type { Transport } from './transport.ts'

export interface PassDeps {
  readonly db: LedgerDb
  readonly accountId: AccountId
  readonly transport: Transport
  /** Keys that this phone trusts; asked for again when a signature names one that is unknown. */
  readonly keys: (isFresh: boolean) => Promise<KeySet>
  readonly now: () => Instant
  /** The page that sends, if one does. */
  readonly page?: () => PageReading
  readonly groupOf: GroupOf
  /** Commands of a batch at most; absent: as many as the backend takes. */
  readonly batchMax?: number
  /** Absent where nobody moves. */
  readonly home?: HomeCity
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  /** Records stored, of all that the account has. */
  readonly records: { readonly done: number; readonly of: number }
  /** Commands of this pass that were answered, of those that were queued when it began. */
  readonly commands: { readonly done: number; readonly of: number }
}
