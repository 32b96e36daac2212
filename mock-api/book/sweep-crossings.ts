/** What a crash left between two accounts: the driver has decided, and the follower is given what was meant for them. Done twice, it does nothing more. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { type CrossingKind, type CrossingRow, readStaleCrossings } from '../storage/crossings.ts'
import { finishCrossing, takeOverStale } from '../storage/settlements-of-before.ts'
import { hasFollowed } from './crossing.ts'
import { decideBatch } from './decide-batch.ts'
import { each } from './each.ts'
import { isFault } from './errors.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const CROSSINGS_PER_SWEEP = 200

/** Gives the follower what was meant for them; known already, it is answered and not done again. */
type Give = (deps: Deps, followerId: AccountId, step: string) => Promise<unknown>

const GIVE = {
  // The shop's own command, as it sent it.
  settle: (deps, accountId, text) =>
    decideBatch(deps, [text], { accountId, exchange: { sentAt: deps.now() } }),
} as const satisfies Readonly<Record<CrossingKind, Give>>

export async function sweepCrossings(deps: Deps): Promise<void> {
  const before = deps.now() - STALE_CLAIM_MS
  await takeOverStale(deps.db, before, CROSSINGS_PER_SWEEP)
  await each(deps, await readStaleCrossings(deps.db, before, CROSSINGS_PER_SWEEP), (row) => follow(deps, row))
}

async function follow(deps: Deps, row: CrossingRow): Promise<void> {
  const { kind, followerId, followerRecord, step } = row
  if (followerId === null || followerRecord === null || step === null) return
  let isGone = false
  try {
    await GIVE[kind](deps, followerId, step)
  } catch (error) {
    // After a restored backup an account that is not there comes back; one that is deleted does not.
    if (!isFault(error, 'account_deleted')) throw error
    isGone = true
  }
  const isThere = await hasFollowed(deps.db, { followerId, followerRecord })
  if (isThere) await finishCrossing(deps.db, row, null)
  else if (isGone) await finishCrossing(deps.db, row, 'gone')
  else throw new Error(`a crossing of kind ${kind} stays open: its follower refused it`)
}
