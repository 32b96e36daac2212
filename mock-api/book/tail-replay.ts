/**
 * A proven tail that this history did not wait for: another phone's came first, or something new was posted since the restore. What it holds
 * is decided again, behind what stands here by now, as of the time of its records: nothing becomes too old, too late or too dear by the wait.
 */
import type { TailAnswer } from '../../src/contract/tail.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Deps } from '../base/deps.ts'
import { readKnown } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { breathe } from './breathe.ts'
import type { Claim } from './stock.ts'
import { draftDueSteps } from './sweep-account.ts'
import { claimBeside, settleBeside } from './tail-beside.ts'
import type { ProvenTail, TailRecord } from './tail-check.ts'
import { type Replay, replayCommand } from './tail-replay-command.ts'
import { replayStep } from './tail-replay-step.ts'
import type { Writing } from './writing.ts'

/** Records a transaction: as a batch has at most. */
const SLICE = 500

export async function replayTail(deps: Deps, accountId: AccountId, tail: ProvenTail): Promise<TailAnswer> {
  let records = 0
  let lastSeq = tail.after.seq
  for (let from = 0; from < tail.records.length; from += SLICE) {
    const done = await replaySlice(deps, accountId, tail.records.slice(from, from + SLICE))
    records += done.records
    lastSeq = done.lastSeq
  }
  return { state: 'replayed', lastSeq, records }
}

async function replaySlice(
  deps: Deps,
  accountId: AccountId,
  all: readonly TailRecord[],
): Promise<{ records: number; lastSeq: number }> {
  // What all attempts together have set aside.
  const claims = new Map<string, Claim>()
  const fresh = new Set<TailRecord>()
  const replay = async (writing: Writing) => {
    const known = await knownOf(deps, accountId, all)
    const isKnown = (id: string) => known.has(id) || writing.drafts.some(({ row }) => row.commandId === id)
    const wanted = all.filter(({ body }) => !known.has(body.id))
    // A piece, a track and a shop's claim are taken first, as for any other append, and anew with each attempt: whoever let them go in between
    // has put the account's fence up. What comes to nothing is let go again.
    const beside = await claimBeside(deps, { accountId }, wanted)
    for (const claim of beside.claims) claims.set(claim.voucherId, claim)
    for (const record of wanted) fresh.add(record)
    if (wanted.length > 0) draftDueSteps(writing)
    const steps = writing.drafts.length
    for (const [place, record] of wanted.entries()) {
      if (!isKnown(record.body.id))
        await replayOne(deps, writing, { record, isKnown, elsewhere: beside.elsewhere })
      await breathe(place + 1)
    }
    return {
      records: writing.drafts.length - steps,
      lastSeq: writing.ledger.seq,
      bought: new Set(
        writing.drafts.filter(({ row }) => row.outcome === 'accepted').map(({ row }) => row.commandId),
      ),
    }
  }
  // Rare, and its records are of any day.
  const done = await changeAccount(deps, accountId, replay, { isWhole: true })
  const records = [...fresh]
  const kept = [...claims.values()].filter(({ voucherId }) => done.bought.has(voucherId))
  await settleBeside(deps, { accountId }, { claims: kept, isTaken: true, records })
  const unused = [...claims.values()].filter(({ voucherId }) => !done.bought.has(voucherId))
  await settleBeside(deps, { accountId }, { claims: unused, isTaken: false, records })
  return done
}

/** Records that stand already, and vouchers that were settled without one. */
async function knownOf(deps: Deps, accountId: AccountId, records: readonly TailRecord[]) {
  const ids = records.flatMap(({ body }) =>
    body.kind === 'voucher.redeem' ? [body.id, settleIdOf(body.id)] : [body.id],
  )
  return readKnown(deps.db, accountId, ids)
}

async function replayOne(deps: Deps, writing: Writing, replay: Replay): Promise<void> {
  if (replay.record.detail.command === undefined) await replayStep(deps, writing, replay.record)
  else await replayCommand(deps, writing, replay)
}
