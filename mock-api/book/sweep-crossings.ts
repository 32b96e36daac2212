/** What a crash left between two accounts: the driver has decided, and the follower is given what was meant for them. Done twice, it does nothing more. */
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { readStaleCrossings } from '../storage/crossings.ts'
import { takeOverStale } from '../storage/settlements-of-before.ts'
import { decideBatch } from './decide-batch.ts'
import { each } from './each.ts'
import { follow } from './follow.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const CROSSINGS_PER_SWEEP = 200

export async function sweepCrossings(deps: Deps): Promise<void> {
  const before = deps.now() - STALE_CLAIM_MS
  await takeOverStale(deps.db, before, CROSSINGS_PER_SWEEP)
  await each(deps, await readStaleCrossings(deps.db, before, CROSSINGS_PER_SWEEP), (row) =>
    follow(deps, row, {
      // The shop's own command, as it sent it.
      settle: (accountId, text) => decideBatch(deps, [text], { accountId, exchange: { sentAt: deps.now() } }),
    }),
  )
}
