/** What a crash left between two accounts: the driver has decided, and the follower is given what was meant for them. Done twice, it does nothing more. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { readStaleCrossings } from '../storage/crossings.ts'
import { takeOverStale } from '../storage/settlements-of-before.ts'
import type { Sender } from '../verify/findings.ts'
import { decideBatch } from './decide-batch.ts'
import type { SentBy } from './draft-settlement.ts'
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
      settle: (accountId, text, sent) => decideBatch(deps, [text], senderOf(deps, accountId, sent)),
    }),
  )
}

/** As the device that sent it, where it was noted; of before it was, and of a version before that runs beside this one, as the shop's manager. */
function senderOf(deps: Deps, accountId: AccountId, sent: string | null): Sender {
  const sender: Sender = { accountId, exchange: { sentAt: deps.now() } }
  if (sent === null) return sender
  const { at: takenAt, till } = JSON.parse(sent) as SentBy
  return { ...sender, takenAt, ...(till ? { till } : {}) }
}
