/**
 * One pass of the exchange: send what is queued, check what comes, store it in one transaction; again until both sides have all.
 * Runs in the page and in the worker, and knows neither DOM nor clock.
 */

import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from '../contract/limits.ts'
import type { SyncAnswer } from '../contract/sync.ts'
import { noteBackendReads } from '../db/backend-reads.ts'
import type { LedgerDb } from '../db/database.ts'
import { isStale } from '../db/derived-version.ts'
import { rebuild, refresh, storePage } from '../db/journal.ts'
import { readCursor, writeMeta } from '../db/meta.ts'
import { type Batch, defer, requeueWaiting, takeBatch } from '../db/outbox-batch.ts'
import { readHead, readPart } from '../db/pieces.ts'
import { hearReadMark, readUntoldMark } from '../db/read-mark.ts'
import type { OutboxRow } from '../db/tables.ts'
import { type Asked, ask, askAhead } from './ask.ts'
import { bringKeys } from './bring-keys.ts'
import { checkPage, type Known, type PageFault } from './check-page.ts'
import { learnKeys } from './learn-keys.ts'
import type { PassDeps } from './pass-deps.ts'
import { recoverFromFork } from './recover.ts'
import { send } from './send.ts'
import { SyncProblem } from './transport.ts'

export type PassResult = { readonly state: 'done' } | { readonly state: 'faulty'; readonly fault: PageFault }

/** More pages than the longest ledger has: an end for a loop that would otherwise trust the other side to end. */
const EXCHANGES_MAX = 5000

export async function syncPass(deps: PassDeps): Promise<PassResult> {
  await refresh(deps.db, deps.groupOf) // rows and fold of another build: made anew before anything is added to them
  await requeueWaiting(deps.db)
  await deps.home?.tell()
  const queued = await deps.db.outbox.where('state').equals('queued').count()
  const { batchMax = BATCH_COMMANDS_MAX } = deps
  let max = batchMax
  let answered = 0
  let ahead: Asked | undefined
  for (let i = 0; i < EXCHANGES_MAX; i++) {
    const batch =
      ahead?.batch ?? (await takeBatch(deps.db, { max, maxBytes: BATCH_BYTES_MAX, now: deps.now() }))
    const exchanged = await exchangeOnce(deps, batch, { ahead, max: Math.min(batchMax, max * 2) })
    ahead = undefined
    if ('smaller' in exchanged) {
      max = exchanged.smaller
      continue
    }
    if (exchanged.state === 'faulty') return exchanged
    ahead = exchanged.ahead
    if (exchanged.progress) answered += batch.rows.length
    max = Math.min(batchMax, max * 2)
    if (exchanged.progress)
      deps.onProgress?.({
        records: exchanged.progress,
        commands: { done: answered, of: Math.max(queued, answered) },
      })
    const isQueueEmpty = (await deps.db.outbox.where('state').equals('queued').count()) === 0
    if (!exchanged.hasMore && isQueueEmpty) return { state: 'done' }
  }
  throw new SyncProblem('busy')
}

type Exchanged =
  | { readonly smaller: number }
  | {
      readonly state: 'ok'
      readonly hasMore: boolean
      readonly progress?: { done: number; of: number }
      /** The next batch, which is under way. */
      readonly ahead?: Asked | undefined
    }
  | { readonly state: 'faulty'; readonly fault: PageFault }

async function exchangeOnce(
  deps: PassDeps,
  batch: Batch,
  { ahead, max }: { ahead: Asked | undefined; max: number },
): Promise<Exchanged> {
  const { db, accountId } = deps
  const { rows } = batch
  const { cursor, seq, isOld, seen } = await db.transaction('r', db.meta, async () => ({
    cursor: await readCursor(db),
    seq: (await readHead(db)).seq,
    isOld: await isStale(db),
    seen: await readUntoldMark(db),
  }))
  if (isOld || seq !== cursor.seq) {
    await rebuild(db, deps.groupOf) // made by another build in the meantime, or torn: the journal is the truth
    return { state: 'ok', hasMore: true }
  }
  // Another tab was first, or what it is to follow was not stored: the journal is asked for from where it ends, and the rows once more.
  if (ahead && (ahead.cursor.seq !== cursor.seq || ahead.cursor.hash !== cursor.hash))
    return { state: 'ok', hasMore: true }
  const asked = ahead ?? ask(deps, batch, { cursor, seen })
  const { sentAt } = asked
  let answer: SyncAnswer
  let receivedAt: number
  try {
    ;({ answer, receivedAt } = await asked.heard)
  } catch (error) {
    // A process of before, which takes no such member: asked once more without it, before any command is blamed.
    if (!ahead && seen !== undefined && error instanceof SyncProblem && error.code === 'malformed') {
      await hearReadMark(db, undefined)
      return { state: 'ok', hasMore: true }
    }
    const smaller = await narrow(deps, rows, error)
    if (smaller === undefined) throw error
    return { smaller }
  }
  // Before anything that may fail: the backend gives it again only until it has been used.
  if (answer.state === 'ok' && answer.sessionSecret !== undefined)
    await writeMeta(db, 'sessionSecret', answer.sessionSecret)
  if (answer.state === 'fork') {
    await deps.home?.forget()
    const fault = await recoverFromFork(deps, cursor, answer)
    return fault ? { state: 'faulty', fault } : { state: 'ok', hasMore: true }
  }
  const ledgerWith: Known['ledgerWith'] = (needs) => readPart(db, cursor, needs)
  const times = { sentAt, receivedAt }
  const known: Known = { accountId, cursor, ledgerWith, keys: await deps.keys(false), ...times }
  let checked = await checkPage(answer, known)
  if (checked !== 'moved' && 'fault' in checked && checked.fault === 'signature') {
    checked = await checkPage(answer, { ...known, keys: await deps.keys(true) })
  }
  if (checked === 'moved') return { state: 'ok', hasMore: true }
  if ('fault' in checked) return { state: 'faulty', fault: checked.fault }
  const next = await askAhead(deps, { batch, answer, max })
  await storePage(db, { ...checked.page, sent: rows.map(({ n }) => n) }, deps.groupOf)
  // An answer to another request (a pull's, come late): it says nothing of these rows, neither that they are known nor that they are not.
  if (answer.receipts.length !== rows.length) throw new SyncProblem('unreadable')
  await deferUnanswered(db, rows, answer)
  await deps.home?.hear(answer.city)
  await noteBackendReads(db, answer.reads)
  await hearReadMark(db, answer.seen)
  await bringKeys(deps, answer.receipts)
  await learnKeys(deps, checked.page.records)
  return {
    state: 'ok',
    hasMore: answer.hasMore,
    progress: { done: checked.page.ledger.seq, of: answer.lastSeq },
    ahead: next,
  }
}

/** A backend that cannot make out a command's id answers nothing that fits its row; asking again at once would never end. */
async function deferUnanswered(
  db: LedgerDb,
  rows: readonly OutboxRow[],
  { receipts }: Extract<SyncAnswer, { state: 'ok' }>,
): Promise<void> {
  const answered = new Set<string>(receipts.map(({ id }) => id))
  for (const row of rows) if (!answered.has(row.id)) await defer(db, row, 'unknown_command')
}

/**
 * A batch that is too large, or that breaks the backend, is halved down to the command that does it; that one is deferred, shown, and
 * blocks no other. Undefined when the batch is not to blame.
 */
async function narrow(
  deps: PassDeps,
  rows: readonly OutboxRow[],
  error: unknown,
): Promise<number | undefined> {
  if (!(error instanceof SyncProblem)) return undefined
  const mayBePoisoned = error.code === 'too_large' || error.code === 'internal' || error.code === 'malformed'
  if (!mayBePoisoned || rows.length === 0) return undefined
  if (rows.length > 1) return Math.floor(rows.length / 2)
  // A backend that fails without any command as well is just down.
  const cursor = await readCursor(deps.db)
  await send(deps.transport, { accountId: deps.accountId, cursor, sentAt: deps.now(), commands: [] })
  await defer(deps.db, rows[0] as OutboxRow, error.code)
  return 1
}
