/** Recovery from a fork: the backend's history is pulled from zero and checked like any other, then put in place of ours at once. */
import { adoptStage, beginStage, stagePage } from '../db/fork.ts'
import { emptyLedger } from '../domain/ledger.ts'
import { type Cursor, START } from '../proof/chain.ts'
import { checkPage, type PageFault } from './check-page.ts'
import type { PassDeps } from './pass.ts'
import { send } from './send.ts'
import { SyncProblem } from './transport.ts'

const PAGES_MAX = 5000

/** Undefined when the new history stands, or when another tab changed ours in the meantime. */
export async function recoverFromFork(deps: PassDeps, forkedAt: Cursor): Promise<PageFault | undefined> {
  await beginStage(deps.db)
  let cursor: Cursor = START
  let ledger = emptyLedger()
  for (let i = 0; i < PAGES_MAX; i++) {
    const sentAt = deps.now()
    const answer = await send(deps.transport, { accountId: deps.accountId, cursor, sentAt, commands: [] })
    // Restored once more while we read: begin again with the next pass.
    if (answer.state === 'fork') throw new SyncProblem('busy')
    const known = { accountId: deps.accountId, cursor, ledger, sentAt, receivedAt: deps.now() }
    const checked = await checkPage(answer, { ...known, keys: await deps.keys(i === 0) })
    if ('fault' in checked) return checked.fault
    await stagePage(deps.db, checked.page.links)
    const last = checked.page.links.at(-1)
    cursor = last ? { seq: last.seq, hash: last.hash } : cursor
    ledger = checked.page.ledger
    if (!answer.hasMore) {
      await adoptStage(deps.db, { cursor: forkedAt, head: checked.page.head, now: deps.now() }, deps.groupOf)
      return undefined
    }
  }
  throw new SyncProblem('busy')
}
