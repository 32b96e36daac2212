/** The exchange: commands in, records out. See the protocol, section 3. */

import * as v from 'valibot'
import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from '../../src/contract/limits.ts'
import {
  type Receipt,
  type SyncAnswer,
  type SyncRequest,
  syncRequestSchema,
} from '../../src/contract/sync.ts'
import { READS, WIRE } from '../../src/contract/wire.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Cursor } from '../../src/proof/chain.ts'
import type { Deps } from '../base/deps.ts'
import { SYNC_BOUNDS } from '../base/limits.ts'
import { readLiving } from '../book/append.ts'
import { decideUpon, readBefore } from '../book/decide-batch.ts'
import { isFork, pageAfter } from '../book/feed.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { useLimit } from '../http/rate-limit.ts'
import { requireSession, secretToGive } from '../http/session.ts'
import type { Turns } from '../http/turns.ts'
import { type AccountRow, raiseSeen } from '../storage/accounts.ts'
import type { Sender } from '../verify/findings.ts'

/** Too many commands is "too large", which the device answers by halving, and not "malformed", which it could not mend. */
const requestSchema = v.strictObject({
  ...syncRequestSchema.entries,
  commands: v.array(v.string()),
})

/** What a process keeps in memory over all its syncs. */
export interface Gate {
  readonly countSync: (subject: string) => Promise<void>
  readonly turns: Turns
}

export function readSync(c: HttpContext): Promise<SyncRequest> {
  return readJson(c, requestSchema, SYNC_BOUNDS)
}

export async function sync(c: HttpContext, deps: Deps, gate: Gate): Promise<SyncAnswer> {
  const request = await readSync(c)
  const { accountId } = request
  const session = await requireSession(c, deps, accountId)
  await gate.countSync(session.tokenKey)
  const device = session.deviceId === null ? {} : { deviceId: session.deviceId }
  const answered = await exchangeAs(deps, gate, request, { accountId, ...device })
  if (request.wire === undefined || answered.state !== 'ok') return answered
  const sessionSecret = await secretToGive(c, deps, session)
  return sessionSecret === undefined ? answered : { ...answered, sessionSecret }
}

/** `who`: as the session says it. */
export async function exchangeAs(
  deps: Deps,
  gate: Pick<Gate, 'turns'>,
  request: SyncRequest,
  who: Pick<Sender, 'accountId' | 'deviceId' | 'till'>,
): Promise<SyncAnswer> {
  const { accountId, sentAt, commands, clock } = request
  checkSize(commands)
  const sender: Sender = {
    ...who,
    exchange: { sentAt, ...(clock ? { page: clock } : {}) },
    fromGuest: new Set(request.fromGuest),
    knowsWaiting: (request.wire ?? 1) >= WIRE,
    // A phone on a bad line sends the same batch many times: only what is new counts.
    admit: async (db, count) => {
      if (count > 0) await useLimit({ ...deps, db }, deps.limits.commandsPerDay, accountId, count)
    },
  }
  const work = () => exchange(deps, request, sender)
  // A pull waits for nobody.
  return commands.length === 0 ? work() : gate.turns.run(commands.length, work)
}

async function exchange(
  deps: Deps,
  { accountId, cursor, commands, wire, seen }: SyncRequest,
  sender: Sender,
): Promise<SyncAnswer> {
  if (commands.length === 0) return pull(deps, accountId, { cursor, wire, seen })
  const before = await readBefore(deps, accountId, commands)
  const { account } = before
  if (await isFork(deps, account, cursor)) return forkAt(deps, account, wire)
  await deps.recovery.noteHeard(accountId)
  const { receipts: decided, written } = await decideUpon(deps, before, sender)
  // An older phone knows no `waiting`; it keeps what is deferred, and tries it again with its next version.
  const receipts = (wire ?? 1) >= WIRE ? decided : decided.map(asDeferred)
  const end = written?.end ?? (await readLiving(deps.db, accountId))
  const page = await pageAfter(deps, end, cursor, written?.rows)
  return { ...answer(deps, page, receipts), ...(await besides(deps, account, { wire, seen })) }
}

interface Besides {
  readonly wire: number | undefined
  /** Up to which record the phone says that the news were read. */
  readonly seen: number | undefined
}

/** What is said of the account beside its journal, to who can read it: the city whose rules hold, later members that are read, and up to where its news were read. */
async function besides(
  deps: Deps,
  account: AccountRow,
  { wire, seen = 0 }: Besides,
): Promise<Pick<Extract<SyncAnswer, { state: 'ok' }>, 'city' | 'reads' | 'seen'>> {
  const seenSeq = seen > account.seenSeq ? await raiseSeen(deps.db, account, seen) : account.seenSeq
  return (wire ?? 1) >= WIRE ? { city: account.city, reads: [...READS], seen: seenSeq } : {}
}

/** Reads nothing of the account's state, however much it holds. */
async function pull(
  deps: Deps,
  accountId: AccountId,
  { cursor, wire, seen }: { cursor: Cursor } & Besides,
): Promise<SyncAnswer> {
  const account = await readLiving(deps.db, accountId)
  if (await isFork(deps, account, cursor)) return forkAt(deps, account, wire)
  await deps.recovery.noteHeard(accountId)
  const page = await pageAfter(deps, account, cursor)
  return { ...answer(deps, page, []), ...(await besides(deps, account, { wire, seen })) }
}

/** A phone that has the record in which our history ends may hand in what follows it. */
function forkAt(deps: Deps, { nextSeq, headHash }: AccountRow, wire: number | undefined): SyncAnswer {
  const now = deps.now()
  if ((wire ?? 1) < WIRE) return { state: 'fork', now }
  return { state: 'fork', now, lastSeq: nextSeq - 1, headHash, mayHandIn: true }
}

function asDeferred(receipt: Receipt): Receipt {
  return receipt.outcome === 'waiting' ? { ...receipt, outcome: 'deferred' } : receipt
}

function checkSize(commands: readonly string[]): void {
  const bytes = commands.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (commands.length > BATCH_COMMANDS_MAX || bytes > BATCH_BYTES_MAX) throw new ProblemError('too_large')
}

function answer(
  deps: Deps,
  page: Awaited<ReturnType<typeof pageAfter>>,
  receipts: Extract<SyncAnswer, { state: 'ok' }>['receipts'],
): Extract<SyncAnswer, { state: 'ok' }> {
  return { state: 'ok', receipts, ...page, now: deps.now() }
}
