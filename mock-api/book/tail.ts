/**
 * A phone hands in the tail of its journal that a restored backup has lost. It comes in parts, is kept apart, and is taken over word for word
 * when its signed head proves it and it continues this history; where the history has gone on elsewhere, it is decided as of its time.
 */
import { TAIL_BYTES_MAX, TAIL_RECORDS_MAX, type TailAnswer, type TailPart } from '../../src/contract/tail.ts'
import type { ChainLink, Cursor } from '../../src/proof/chain.ts'
import { readHead } from '../../src/proof/head.ts'
import type { KeySet, PublicKey } from '../../src/proof/keys.ts'
import { trustedKeys } from '../../src/proof/trust.ts'
import type { Deps } from '../base/deps.ts'
import { APPEND_ATTEMPTS_MAX } from '../base/limits.ts'
import { ProblemError } from '../http/problem.ts'
import {
  dropTail,
  insertTailRecords,
  putTail,
  readTail,
  readTailRecords,
  type Tail,
  type TailKey,
} from '../storage/tails.ts'
import { readLiving, readLivingWithState } from './append.ts'
import { isFork } from './feed.ts'
import { type ProvenTail, RefusedTail, readTailLinks, type TailRecord } from './tail-check.ts'
import { replayTail } from './tail-replay.ts'
import { takeTail } from './tail-take.ts'

export async function handInTail(deps: Deps, key: TailKey, part: TailPart): Promise<TailAnswer> {
  try {
    return await handIn(deps, key, part)
  } catch (error) {
    if (!(error instanceof RefusedTail)) throw error
    await dropTail(deps.db, key)
    return { state: 'refused', fault: error.fault }
  }
}

async function handIn(deps: Deps, key: TailKey, part: TailPart): Promise<TailAnswer> {
  const { after, records: links, head } = part
  const account = await readLiving(deps.db, key.accountId)
  if (await isFork(deps, account, after)) throw new RefusedTail('elsewhere')
  const staged = await stagedBefore(deps, key, part)
  // The answer to this part was lost: the phone is told how far it has come.
  if (staged && staged.last.seq >= (links.at(-1) as ChainLink).seq && !head)
    return { state: 'staged', lastSeq: staged.last.seq }
  const tail = grown(staged ?? { after, last: after, bytes: 0 }, links)
  const read = await readTailLinks(key.accountId, staged?.last ?? after, links)
  if ('fault' in read) throw new RefusedTail(read.fault)
  if (!head) {
    await stage(deps, key, { tail, from: staged, links })
    return { state: 'staged', lastSeq: tail.last.seq }
  }
  const before = staged
    ? await readTailLinks(key.accountId, after, await readTailRecords(deps.db, key))
    : undefined
  if (before && 'fault' in before) throw new RefusedTail(before.fault)
  const records = [...(before?.records ?? []), ...read.records]
  const answer = await finish(deps, key, { after, records, head, keys: part.keys ?? [] })
  await dropTail(deps.db, key)
  return answer
}

/** What this part continues; undefined when it begins. */
async function stagedBefore(
  deps: Deps,
  key: TailKey,
  { after, records }: TailPart,
): Promise<Tail | undefined> {
  const first = (records[0] as ChainLink).seq
  if (first === after.seq + 1) return undefined
  const staged = await readTail(deps.db, key)
  const isSame = staged?.after.seq === after.seq && staged.after.hash === after.hash
  if (!staged || !isSame || first > staged.last.seq + 1) throw new RefusedTail('gap')
  return staged
}

function grown(tail: Tail, links: readonly ChainLink[]): Tail {
  const last = links.at(-1) as ChainLink
  const size = ({ body, detail = '' }: ChainLink) => Buffer.byteLength(body) + Buffer.byteLength(detail)
  const bytes = links.reduce((sum, link) => sum + size(link), tail.bytes)
  if (last.seq - tail.after.seq > TAIL_RECORDS_MAX || bytes > TAIL_BYTES_MAX)
    throw new RefusedTail('too_long')
  return { after: tail.after, last: { seq: last.seq, hash: last.hash }, bytes }
}

async function stage(
  deps: Deps,
  key: TailKey,
  part: { tail: Tail; from: Tail | undefined; links: readonly ChainLink[] },
): Promise<void> {
  const isStaged = await deps.db.transaction(async (tx) => {
    if (!part.from) await dropTail(tx, key)
    if (!(await putTail(tx, key, { ...part, at: deps.now() }))) return false
    await insertTailRecords(tx, key, part.links)
    return true
  })
  if (!isStaged) throw new ProblemError('busy') // the same phone, twice at once
}

async function finish(
  deps: Deps,
  { accountId }: TailKey,
  handed: { after: Cursor; records: readonly TailRecord[]; head: string; keys: readonly object[] },
): Promise<TailAnswer> {
  const { after, records } = handed
  const offered: KeySet = { keys: handed.keys as readonly PublicKey[] }
  const head = await readHead(handed.head, await trustedKeys(await deps.keyring.publicKeys(), offered))
  if (!head) throw new RefusedTail('signature')
  const last = (records.at(-1) as TailRecord).link
  if (head.account !== accountId || head.seq !== last.seq || head.hash !== last.hash)
    throw new RefusedTail('head')
  if (new Set(records.map(({ body }) => body.id)).size !== records.length) throw new RefusedTail('doubled')
  await deps.keyring.adopt(offered)
  const tail: ProvenTail = { after, records, head }
  for (let attempt = 1; attempt <= APPEND_ATTEMPTS_MAX; attempt++) {
    const account = await readLivingWithState(deps.db, accountId)
    if (await isFork(deps, account, after)) throw new RefusedTail('elsewhere')
    const isContinued = account.nextSeq - 1 === after.seq
    if (!isContinued) return replayTail(deps, accountId, tail)
    const taken = await takeTail(deps, account, tail)
    if (taken === 'taken') return { state: 'taken', lastSeq: last.seq }
    if (taken === 'elsewhere') return replayTail(deps, accountId, tail)
  }
  throw new ProblemError('busy')
}
