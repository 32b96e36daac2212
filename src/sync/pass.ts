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
import { defer, requeueWaiting, takeBatch } from '../db/outbox-batch.ts'
import { readHead, readPart } from '../db/pieces.ts'
import { hearReadMark, readUntoldMark } from '../db/read-mark.ts'
import type { OutboxRow } from '../db/tables.ts'
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
  let batchMax = BATCH_COMMANDS_MAX
  let answered = 0
  for (let i = 0; i < EXCHANGES_MAX; i++) {
    const batch = await takeBatch(deps.db, { max: batchMax, maxBytes: BATCH_BYTES_MAX, now: deps.now() })
    const exchanged = await exchangeOnce(deps, batch.rows, batch.texts)
    if ('smaller' in exchanged) {
      batchMax = exchanged.smaller
      continue
    }
    if (exchanged.state === 'faulty') return exchanged
    answered += batch.rows.length
    batchMax = Math.min(BATCH_COMMANDS_MAX, batchMax * 2)
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
  | { readonly state: 'ok'; readonly hasMore: boolean; readonly progress?: { done: number; of: number } }
  | { readonly state: 'faulty'; readonly fault: PageFault }

async function exchangeOnce(
  deps: PassDeps,
  rows: readonly OutboxRow[],
  texts: readonly string[],
): Promise<Exchanged> {
  const { db, accountId } = deps
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
  const sentAt = deps.now()
  let answer: SyncAnswer
  try {
    const clock = texts.length > 0 ? deps.page?.() : undefined
    const fromGuest = rows.filter((row) => row.fromGuest).map(({ id }) => id)
    answer = await send(deps.transport, {
      ...{ accountId, cursor, sentAt, commands: [...texts] },
      ...(clock ? { clock } : {}),
      ...(fromGuest.length > 0 ? { fromGuest } : {}),
      ...(seen === undefined ? {} : { seen }),
    })
  } catch (error) {
    // A process of before, which takes no such member: asked once more without it, before any command is blamed.
    if (seen !== undefined && error instanceof SyncProblem && error.code === 'malformed') {
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
  const times = { sentAt, receivedAt: deps.now() }
  const known: Known = { accountId, cursor, ledgerWith, keys: await deps.keys(false), ...times }
  let checked = await checkPage(answer, known)
  if (checked !== 'moved' && 'fault' in checked && checked.fault === 'signature') {
    checked = await checkPage(answer, { ...known, keys: await deps.keys(true) })
  }
  if (checked === 'moved') return { state: 'ok', hasMore: true }
  if ('fault' in checked) return { state: 'faulty', fault: checked.fault }
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
