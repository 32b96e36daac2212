/**
 * After this database was put back from a backup: an account is let alone until a device of it was heard of, so that the backend does not run
 * ahead of a journal that a phone still holds. Not for ever, or points of somebody who left would never end.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { Db } from '../storage/db.ts'
import { insertHeard, isHeard, readLastRestore } from '../storage/restores.ts'

/** A week: whoever opens the app at least once a week loses nothing. */
export const HOLD_MS = 7 * DAY_MS
export interface Recovery {
  /** When the database was put back, while accounts are still held because of it. */
  restoredAt(): Promise<Instant | undefined>
  isHeld(accountId: AccountId): Promise<boolean>
  /** A device of the account has the same history as the backend. */
  noteHeard(accountId: AccountId): Promise<void>
}

export function openRecovery({ db, now }: { db: Db; now: () => Instant }): Recovery {
  /** Asked for once: a database is put back while no process runs on it. */
  let last: Promise<Instant | undefined> | undefined
  const heard = new Set<AccountId>()

  async function restoredAt(): Promise<Instant | undefined> {
    last ??= readLastRestore(db).catch((error: unknown) => {
      last = undefined // what was not heard is asked for again
      throw error
    })
    const at = await last
    return at !== undefined && now() < at + HOLD_MS ? at : undefined
  }

  return {
    restoredAt,
    async isHeld(accountId) {
      const at = await restoredAt()
      return at !== undefined && !heard.has(accountId) && !(await isHeard(db, accountId, at))
    },
    async noteHeard(accountId) {
      const at = await restoredAt()
      if (at === undefined || heard.has(accountId)) return
      await insertHeard(db, accountId, at)
      heard.add(accountId)
    },
  }
}
