/**
 * Whose track it is. An account's own rules decide first; only what would stand claims its digests, and what was found then decides
 * again. A claim is confirmed after the append and given back when nothing came of it, so a rejected act takes no track from its owner.
 * Claims and accounts are never written in one transaction: what a crash leaves open, the sweeper finishes.
 */

import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { NO_NEEDS } from '../../src/domain/ledger/needs.ts'
import type { Deps } from '../base/deps.ts'
import { APPEND_ATTEMPTS_MAX, STALE_CLAIM_MS } from '../base/limits.ts'
import { each } from '../book/each.ts'
import { BookError } from '../book/errors.ts'
import { fenceAccount, readAccountWithState } from '../storage/accounts.ts'
import {
  claimEvidence,
  confirmEvidence,
  type EvidenceRow,
  readEvidence,
  readStaleEvidence,
  releaseEvidence,
  reopenEvidence,
} from '../storage/evidence.ts'
import { lookUp, MovedOn, openState } from '../storage/state.ts'
import { keepBands } from './replays.ts'
import { fallenOf, standingOf } from './standing.ts'

const CLAIMS_PER_SWEEP = 200

/** The trip's digest and, of a file with several, the file's. */
export function digestsOf({ evidence }: ActivityClaim): string[] {
  if (!('digest' in evidence)) return []
  return evidence.file === undefined ? [evidence.digest] : [evidence.digest, evidence.file]
}

/** Claims for an act that would stand. True: another account was first with the trip, or with the file. */
export async function claimTracks(
  deps: Deps,
  accountId: AccountId,
  act: { readonly id: CommandId; readonly digests: readonly string[] },
): Promise<boolean> {
  return (await claimAllTracks(deps, accountId, [act])).size > 0
}

/** The same for the acts of a batch at once. Answers the digests with which another account was first. */
export async function claimAllTracks(
  deps: Deps,
  accountId: AccountId,
  acts: readonly { readonly id: CommandId; readonly digests: readonly string[] }[],
): Promise<ReadonlySet<string>> {
  const wishes = acts.flatMap(({ id, digests }) => digests.map((digest) => ({ digest, commandId: id })))
  const rows = await claimEvidence(deps.db, { wishes, accountId }, deps.now())
  return new Set(rows.flatMap((row) => (row.accountId === accountId ? [] : [row.digest])))
}

/** After an append: what stands on the account keeps its tracks, the rest is given back. */
export async function settleTracks(
  deps: Deps,
  accountId: AccountId,
  tracks: { readonly claimed: readonly string[]; readonly standing: ReadonlySet<string> },
): Promise<void> {
  const { claimed, standing } = tracks
  const kept = claimed.filter((digest) => standing.has(digest))
  await confirmEvidence(deps.db, { digests: kept, accountId })
  await giveBackTracks(
    deps,
    accountId,
    claimed.filter((digest) => !standing.has(digest)),
  )
}

/** For an act that a person has granted: its track is its own from now on, unless somebody else was first. */
export async function keepTracks(
  deps: Deps,
  accountId: AccountId,
  { id, claim }: { readonly id: CommandId; readonly claim: ActivityClaim },
): Promise<void> {
  const digests = digestsOf(claim)
  await claimTracks(deps, accountId, { id, digests })
  await confirmEvidence(deps.db, { digests, accountId })
  await keepBands(deps.db, accountId, { id, claim })
}

/** What was claimed for a decision that came to nothing, or of which that is not known. */
export async function giveBackTracks(
  deps: Deps,
  accountId: AccountId,
  digests: readonly string[],
): Promise<void> {
  const rows = await readEvidence(deps.db, digests)
  const open = rows.filter((row) => row.accountId === accountId && row.state === 'claimed')
  await resolveTracks(deps, accountId, open)
}

export async function sweepTracks(deps: Deps): Promise<void> {
  const stale = await readStaleEvidence(deps.db, deps.now() - STALE_CLAIM_MS, CLAIMS_PER_SWEEP)
  await each(deps, byAccount(stale), ([accountId, own]) => resolveTracks(deps, accountId, own))
}

/**
 * Tracks that others have, when somebody comes with them: those whose act fell are let go first. Acts rejected before 2026-11-28 kept theirs,
 * and so do acts that a person rejects, until they are asked for.
 */
export async function freeFallen(deps: Deps, rows: readonly EvidenceRow[]): Promise<void> {
  for (const [accountId, held] of byAccount(rows)) {
    const fallen = await fallenOf(deps.db, accountId, held)
    const digests = fallen.map(({ digest }) => digest)
    if (digests.length === 0) continue
    await reopenEvidence(deps.db, { digests, accountId })
    await giveBackTracks(deps, accountId, digests)
  }
}

/** One account after the other. */
function byAccount(rows: readonly EvidenceRow[]): [AccountId, EvidenceRow[]][] {
  const accounts = [...new Set(rows.map(({ accountId }) => accountId as AccountId))]
  return accounts.map((id) => [id, rows.filter(({ accountId }) => accountId === id)])
}

/**
 * The account itself knows what stands. First its fence goes up, so that an append still under way decides again and claims again, which
 * counts the attempt up: then the release below fails instead.
 */
async function resolveTracks(deps: Deps, accountId: AccountId, rows: readonly EvidenceRow[]): Promise<void> {
  if (rows.length === 0) return
  await fenceAccount(deps.db, accountId)
  const standing = await standingNow(deps, accountId, rows)
  await confirmEvidence(deps.db, { digests: [...standing], accountId })
  for (const row of rows) if (!standing.has(row.digest)) await releaseEvidence(deps.db, row)
}

/** Digests on which an act stands by now; none of an account that is gone. */
async function standingNow(
  deps: Deps,
  accountId: AccountId,
  rows: readonly EvidenceRow[],
): Promise<ReadonlySet<string>> {
  for (let attempt = 1; attempt <= APPEND_ATTEMPTS_MAX; attempt++) {
    const account = await readAccountWithState(deps.db, accountId)
    if (!account || account.state === null) return new Set()
    const state = openState(account.state)
    const needs = {
      ...NO_NEEDS,
      acts: rows.map(({ commandId }) => commandId),
      digests: rows.map(({ digest }) => digest),
    }
    try {
      await lookUp(deps.db, { ...state, account }, needs)
      return await standingOf(deps.db, { accountId, ledger: state.ledger }, rows)
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error
    }
  }
  throw new BookError('contended')
}
