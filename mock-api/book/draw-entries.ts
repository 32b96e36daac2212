/**
 * Who is in a draw: claimed before the entrant's record, in after it, gone when nothing came of it or when it was left. Draw and account are never
 * written in one transaction, so each step may be the last before a crash; the sweeper, and the close before it draws, finish it.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { World } from '../../src/domain/ledger/decision.ts'
import { DRAW_ENTRIES_MAX } from '../../src/domain/offers/draw.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { fenceAccount } from '../storage/accounts.ts'
import {
  askToTell,
  beginLeaving,
  dropEntry,
  type EntryRowOfDraw,
  findEntry,
  insertEntry,
  keepEntry,
  LATE,
  readEntry,
  readStaleEntries,
} from '../storage/draw-entries.ts'
import { countEntry, moveDraw, recount } from '../storage/draws.ts'
import { readKnown } from '../storage/records.ts'
import { each } from './each.ts'

/** How many open ones a sweep looks at. */
const ENTRIES_PER_SWEEP = 200

export type EntryClaim = Pick<EntryRowOfDraw, 'offerId' | 'version' | 'entryId' | 'accountId'>

/** Undefined: the entry is set aside, also when it was before. */
export function claimEntry(deps: Deps, entry: EntryClaim): Promise<World['entry']> {
  return deps.db.transaction(async (tx) => {
    const entries = await countEntry(tx, entry, 1)
    if (entries === undefined) return 'draw_not_open'
    const owner = await insertEntry(tx, entry, { at: deps.now() })
    if (owner !== undefined) await recount(tx, entry, -1)
    if (owner !== undefined && owner !== entry.accountId) return 'command_elsewhere'
    if (owner !== undefined || entries <= DRAW_ENTRIES_MAX) return undefined
    const row = await readEntry(tx, entry)
    if (row && (await dropEntry(tx, row))) await recount(tx, entry, -1)
    return 'draw_full'
  })
}

/** Undefined: it goes, if its record does. One that the draw does not know is in nobody's way. */
export function claimLeaving(
  deps: Deps,
  entry: EntryClaim & { readonly leaveId: string },
): Promise<World['entry']> {
  return deps.db.transaction(async (tx) => {
    if ((await countEntry(tx, entry, 0)) === undefined) return 'draw_not_open'
    await beginLeaving(tx, entry, deps.now())
    return undefined
  })
}

/** `isKnown`: what became of the records is known, and no append is under way any more. */
export async function settleEntries(
  deps: Deps,
  claims: readonly EntryClaim[],
  { isKnown = true }: { isKnown?: boolean } = {},
): Promise<void> {
  for (const claim of claims) {
    const row = await readEntry(deps.db, claim)
    if (row && row.state !== 'in') await resolveEntry(deps, row, { isKnown })
  }
}

/**
 * In when the account has its record and none of leaving it, gone otherwise. First the account's fence goes up, so that an append still under way
 * fails, and decides again upon a draw that may be closed by then.
 */
export async function resolveEntry(
  deps: Deps,
  row: EntryRowOfDraw,
  { isKnown = false }: { isKnown?: boolean } = {},
): Promise<void> {
  const { entryId, leaveId, accountId } = row
  if (!isKnown) await fenceAccount(deps.db, accountId)
  const known = await readKnown(deps.db, accountId, leaveId === null ? [entryId] : [entryId, leaveId])
  const isEntered = known.get(entryId)?.outcome === 'accepted'
  const isLeft = leaveId !== null && known.get(leaveId)?.outcome === 'accepted'
  if (isEntered && !isLeft) return keepEntry(deps.db, row)
  await deps.db.transaction(async (tx) => {
    const isCounted = row.rank !== LATE
    // The draw's row first, as everybody takes them. It is counted after: somebody else may have dropped the entry, and was it the last, none are left to count.
    if (isCounted) await recount(tx, row, 0)
    if ((await dropEntry(tx, row)) && isCounted) await recount(tx, row, -1)
  })
}

export async function sweepEntries(deps: Deps): Promise<void> {
  const stale = await readStaleEntries(deps.db, deps.now() - STALE_CLAIM_MS, ENTRIES_PER_SWEEP)
  await each(deps, stale, (row) => resolveEntry(deps, row))
}

/** One that was left by a record that came back with its journal. After the close the list stands as it is; whoever left is given no piece. */
export async function bringBackLeaving(
  deps: Deps,
  accountId: AccountId,
  left: { readonly entryId: string; readonly leaveId: string },
): Promise<void> {
  const row = await findEntry(deps.db, accountId, left.entryId)
  if (!row || (await claimLeaving(deps, { ...row, leaveId: left.leaveId })) !== undefined) return
  await settleEntries(deps, [row])
}

/** An entry whose record came back with its journal: in the draw again; after its close not drawn from; or told how it came out. */
export async function bringBackEntry(deps: Deps, accountId: AccountId, entry: EntryClaim): Promise<void> {
  const { offerId, version, entryId } = entry
  await deps.db.transaction(async (tx) => {
    const isLate = (await recount(tx, entry, 1)) === false
    const claimed = { offerId, version, entryId, accountId }
    const owner = await insertEntry(tx, claimed, { at: deps.now(), isLate })
    if (owner !== undefined || isLate) await recount(tx, entry, -1)
  })
  const row = await readEntry(deps.db, entry)
  if (row?.accountId !== accountId) return
  await resolveEntry(deps, row)
  await askToTell(deps.db, entry)
  await moveDraw(deps.db, entry, { from: 'done', to: 'drawn' })
}
