/** The follower of a crossing is given what was meant for them, and the crossing is done once their journal has it. */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import { finishCrossing } from '../storage/settlements-of-before.ts'
import { hasFollowed } from './crossing.ts'
import { isFault } from './errors.ts'
import { giveStep } from './give-step.ts'
import { takeInRefund } from './take-in.ts'

/** Whose command it is that follows, not a step; who decides a batch of them is handed in, because it gives steps itself. */
interface Commands {
  readonly settle: (accountId: AccountId, text: string, sent: string | null) => Promise<unknown>
}

export async function follow(deps: Deps, row: CrossingRow, commands: Commands): Promise<void> {
  const { kind, followerId, followerRecord, step, sent } = row
  if (followerId === null || followerRecord === null || step === null) return
  let isGone = false
  try {
    if (kind === 'settle') await commands.settle(followerId, step, sent)
    else await giveStep(deps, kind, followerId, step)
  } catch (error) {
    // After a restored backup an account that is not there comes back; one that is deleted does not.
    if (!isFault(error, 'account_deleted')) throw error
    isGone = true
  }
  const isThere = await hasFollowed(deps.db, { followerId, followerRecord })
  if (isThere) await finishCrossing(deps.db, row, null)
  else if (isGone) await finishWithout(deps, row)
  else if (kind === 'settle')
    throw new Error(`a crossing of kind ${kind} stays open: its follower refused it`)
}

/** Points that nobody is left to have are the sponsor's to give back; what was given for something, was given. */
async function finishWithout(deps: Deps, row: CrossingRow): Promise<void> {
  if (row.kind !== 'refund') return void (await finishCrossing(deps.db, row, 'gone'))
  await takeInRefund(deps, row)
  await finishCrossing(deps.db, row, 'sponsor')
}

/** At once, of what was just driven. What fails here or is interrupted, the sweeper finishes. */
export async function followSteps(deps: Deps, crossings: readonly CrossingRow[]): Promise<void> {
  for (const row of crossings)
    if (row.kind !== 'settle')
      await follow(deps, row, { settle: async () => undefined }).catch(() => undefined)
}
