/**
 * After this database was put back from a backup: an account is let alone until a device of it was heard of, so that the backend does not run
 * ahead of a journal that a phone still holds. Not for ever, or points of somebody who left would never end.
 */
import type { AccountId } from '../src/domain/ids.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../src/domain/time.ts'
import type { Db } from './storage/db.ts'
import { insertHeard, isHeard, readLastRestore } from './storage/restores.ts'

/** A week: whoever opens the app at least once a week loses nothing. */
export const HOLD_MS = 7 * DAY_MS
/** A restore happens while no process runs; another one that was forgotten learns of it after so long. */
const REREAD_MS = 5 * MINUTE_MS

export interface Recovery {
  /** When the database was put back, while accounts are still held because of it. */
  restoredAt(): Promise<Instant | undefined>
  isHeld(accountId: AccountId): Promise<boolean>
  /** A device of the account has the same history as the backend. */
  noteHeard(accountId: AccountId): Promise<void>
}

export function openRecovery({ db, now }: { db: Db; now: () => Instant }): Recovery {
  let cached: { last: Instant | undefined; readAt: Instant } | undefined
  const heard = new Set<AccountId>()

  async function restoredAt(): Promise<Instant | undefined> {
    const at = now()
    if (!cached || Math.abs(at - cached.readAt) > REREAD_MS)
      cached = { last: await readLastRestore(db), readAt: at }
    return cached.last !== undefined && at < cached.last + HOLD_MS ? cached.last : undefined
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
