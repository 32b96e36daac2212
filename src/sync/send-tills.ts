/**
 * What waits at the tills of this device, one branch after the other: in the worker once no page is there, and on a page for the branches that it
 * does not show. Each by its own key and session, under the lock that a page's own exchange takes.
 */
import { type LedgerDb, openTillLedgerDb } from '../db/database.ts'
import type { TillDb, TillRow } from '../db/till.ts'
import type { Instant } from '../domain/base/time.ts'
import { HOUR_MS } from '../domain/base/time.ts'
import type { PassResult } from './pass.ts'

/** A branch that is not shown hears the news so often, so that it can be turned to without a network. */
const HEAR_EVERY_MS = HOUR_MS

/** One branch that this device is a till of, with its ledger. */
export interface AtBranch {
  readonly db: LedgerDb
  readonly till: TillRow
  readonly tills: TillDb
}

export interface Sending {
  readonly tills: TillDb
  /** Also where nothing waits, if it has not heard for an hour by this clock. Absent: only what waits is sent. */
  readonly now?: () => Instant
  /** The branch that a page exchanges itself. */
  readonly except?: string | undefined
}

/** A failure keeps no other branch waiting, and is thrown on, so that whoever called tries again. So is a lock that a page holds: it may close before it is done. */
export async function sendTills(
  { tills, now, except }: Sending,
  pass: (of: AtBranch) => Promise<PassResult | 'busy'>,
): Promise<void> {
  let failure: unknown
  for (const till of await tills.tills.toArray()) {
    if (till.accountId === except || isOver(till)) continue
    const db = openTillLedgerDb(till.accountId)
    try {
      const isWaiting = (await db.outbox.where('state').anyOf('queued', 'waiting').count()) > 0
      if (!isWaiting && !isDeaf(till, now)) continue
      if ((await pass({ db, till, tills })) === 'busy')
        failure ??= new Error('a page is sending what waits at a till')
    } catch (error) {
      failure ??= error
    } finally {
      db.close()
    }
  }
  if (failure !== undefined) throw failure
}

/** Nothing that it sends is taken, until a new code begins another session. */
function isOver({ end }: TillRow): boolean {
  return end === 'revoked' || end === 'over'
}

function isDeaf({ told }: TillRow, now: Sending['now']): boolean {
  return now !== undefined && now() - (told?.at ?? 0) >= HEAR_EVERY_MS
}
