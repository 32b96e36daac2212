/**
 * Recovery from a fork. Where the backend's history is the beginning of ours, it is handed the rest, and nothing changes here. Where it has
 * gone on elsewhere, it is pulled from zero and checked like any other, handed what we have beside it, and put in place of ours at once.
 */
import type { SyncAnswer } from '../contract/sync.ts'
import { adoptStage, beginStage, commonCursor, noteTaken, stagePage, standsAt } from '../db/fork.ts'
import { emptyLedger, type Ledger } from '../domain/ledger/ledger.ts'
import { type Cursor, START } from '../proof/chain.ts'
import { checkPage, type PageFault } from './check-page.ts'
import { handIn } from './hand-in.ts'
import type { PassDeps } from './pass-deps.ts'
import { send } from './send.ts'
import { SyncProblem } from './transport.ts'

const PAGES_MAX = 5000

type Fork = Extract<SyncAnswer, { state: 'fork' }>

/** Undefined when both histories are one again, or when another tab changed ours in the meantime. */
export async function recoverFromFork(
  deps: PassDeps,
  forkedAt: Cursor,
  fork: Fork,
): Promise<PageFault | undefined> {
  const end = endOf(fork)
  const isContinued = end !== undefined && (await standsAt(deps.db, end))
  if (isContinued) {
    const handed = await handIn(deps, end)
    if (handed?.state === 'taken') {
      await noteTaken(deps.db, { records: forkedAt.seq - end.seq, now: deps.now() })
      return undefined
    }
  }
  await beginStage(deps.db)
  const pulled = await pull(deps, { cursor: START, ledger: emptyLedger() })
  if ('fault' in pulled) return pulled.fault
  let { at, head } = pulled
  if (end && !isContinued) {
    const handed = await handIn(deps, await commonCursor(deps.db))
    // Its history was ours all along, and is again: the next exchange says so.
    if (handed?.state === 'taken') {
      await noteTaken(deps.db, { records: forkedAt.seq - at.cursor.seq, now: deps.now() })
      return undefined
    }
    if (handed?.state === 'replayed') {
      const more = await pull(deps, at)
      if ('fault' in more) return more.fault
      ;({ at, head } = more)
    }
  }
  await adoptStage(deps.db, { cursor: forkedAt, head, now: deps.now() }, deps.groupOf)
  return undefined
}

/** Where the backend's history ends, if it takes tails. */
function endOf({ mayHandIn, lastSeq, headHash }: Fork): Cursor | undefined {
  if (!mayHandIn || lastSeq === undefined || headHash === undefined) return undefined
  return { seq: lastSeq, hash: headHash }
}

interface Place {
  readonly cursor: Cursor
  readonly ledger: Ledger
}

/** Pages into the stage, up to the end of the backend's history. */
async function pull(
  deps: PassDeps,
  from: Place,
): Promise<{ fault: PageFault } | { at: Place; head: { jws: string; at: number } }> {
  let { cursor, ledger } = from
  for (let i = 0; i < PAGES_MAX; i++) {
    const sentAt = deps.now()
    const answer = await send(deps.transport, { accountId: deps.accountId, cursor, sentAt, commands: [] })
    // Restored once more while we read: begin again with the next pass.
    if (answer.state === 'fork') throw new SyncProblem('busy')
    const whole = { ledger, before: new Map() }
    const known = {
      accountId: deps.accountId,
      cursor,
      ledgerWith: async () => whole,
      sentAt,
      receivedAt: deps.now(),
    }
    const checked = await checkPage(answer, { ...known, keys: await deps.keys(i === 0) })
    if (checked === 'moved') throw new SyncProblem('busy')
    if ('fault' in checked) return checked
    await stagePage(deps.db, checked.page.links)
    const last = checked.page.links.at(-1)
    cursor = last ? { seq: last.seq, hash: last.hash } : cursor
    ledger = checked.page.ledger
    if (!answer.hasMore) return { at: { cursor, ledger }, head: checked.page.head }
  }
  throw new SyncProblem('busy')
}
