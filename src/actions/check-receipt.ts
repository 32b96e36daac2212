/**
 * Checks one posted record on the device, without a network: its place in the chain, its detail, the command's text, and the signed head
 * that covers it. Evidence against later rewriting, and no more than that.
 */

import type { LedgerDb } from '../db/database.ts'
import { type DeviceDb, readTrustedKeys } from '../db/device.ts'
import { readMeta } from '../db/meta.ts'
import type { JournalRow } from '../db/tables.ts'
import type { Instant } from '../domain/base/time.ts'
import { openBody, openDetail } from '../domain/ledger/open-record.ts'
import type { RecordBody } from '../domain/ledger/record.ts'
import { chainHash, commitment, findChainFault, GENESIS_HASH } from '../proof/chain.ts'
import { isProvable, sha256Hex } from '../proof/digest.ts'
import { readHead } from '../proof/head.ts'

/** `absent`: there is nothing to check, and the words say why. */
export type CheckResult = 'good' | 'bad' | 'absent'

export type HeadResult =
  | { readonly state: 'good'; readonly seq: number; readonly at: Instant; readonly checked: number }
  /** The signature holds, but so many records up to it have not been checked yet. */
  | { readonly state: 'far'; readonly seq: number; readonly at: Instant; readonly between: number }
  | { readonly state: 'bad' }
  | { readonly state: 'before'; readonly seq: number }
  | { readonly state: 'none' }

export interface ReceiptCheck {
  readonly record: CheckResult
  readonly detail: CheckResult
  readonly command: CheckResult
  readonly head: HeadResult
}

interface Held {
  readonly db: LedgerDb
  readonly device: DeviceDb
}

interface Posted {
  readonly row: JournalRow
  readonly previousHash: string | undefined
}

/** So many are checked at once unasked: a blink on a cheap phone. */
const CHAIN_UNASKED_MAX = 1000
const CHAIN_CHUNK = 500

/** Undefined where the browser offers no digests. */
export async function checkReceipt(held: Held, posted: Posted): Promise<ReceiptCheck | undefined> {
  if (!isProvable()) return undefined
  const { row } = posted
  const body = openBody(row.body)
  const previous = row.seq === 1 ? GENESIS_HASH : posted.previousHash
  const isInChain = previous !== undefined && (await chainHash(previous, row.body)) === row.hash
  return {
    record: isInChain && body.seq === row.seq ? 'good' : 'bad',
    detail: await checkDetail(row, body),
    command: await checkCommand(row, body),
    head: await checkHead(held, posted, { chainMax: CHAIN_UNASKED_MAX }),
  }
}

async function checkDetail(row: JournalRow, body: RecordBody): Promise<CheckResult> {
  if (row.detail === undefined || row.salt === undefined) return 'absent'
  return (await commitment(row.salt, row.detail)) === body.detail ? 'good' : 'bad'
}

async function checkCommand(row: JournalRow, body: RecordBody): Promise<CheckResult> {
  if (body.command === undefined || row.detail === undefined) return 'absent'
  const { command } = openDetail(row.detail) ?? {}
  if (command === undefined) return 'absent'
  return (await sha256Hex(command)) === body.command ? 'good' : 'bad'
}

/** @param options.chainMax how many records up to the head may be hashed; more are reported as `far`. */
export async function checkHead(
  { db, device }: Held,
  { row }: Posted,
  options: {
    chainMax: number
    onProgress?: (done: number, of: number) => void
    signal?: AbortSignal
  },
): Promise<HeadResult> {
  const stored = await readMeta(db, 'head')
  if (!stored) return { state: 'none' }
  const head = await readHead(stored.jws, await readTrustedKeys(device))
  if (!head) return { state: 'bad' }
  if (head.account !== openBody(row.body).account) return { state: 'bad' }
  if (head.seq < row.seq) return { state: 'before', seq: head.seq }
  const between = head.seq - row.seq
  if (between > options.chainMax) return { state: 'far', seq: head.seq, at: head.at, between }
  const hash = await hashAt(db, row, head.seq, options)
  return hash === head.hash
    ? { state: 'good', seq: head.seq, at: head.at, checked: between }
    : { state: 'bad' }
}

/** The hash that the chain has at `seq`, computed anew from the record on; undefined where it breaks. */
async function hashAt(
  db: LedgerDb,
  from: JournalRow,
  seq: number,
  options: { onProgress?: (done: number, of: number) => void; signal?: AbortSignal },
): Promise<string | undefined> {
  let last = { seq: from.seq, hash: from.hash }
  while (last.seq < seq) {
    options.signal?.throwIfAborted()
    const links = await db.journal
      .where('seq')
      .between(last.seq, Math.min(seq, last.seq + CHAIN_CHUNK), false, true)
      .toArray()
    const end = links.at(-1)
    // Details are not needed for the chain: only bodies are hashed here.
    const bare = links.map(({ seq, body, hash }) => ({ seq, body, hash }))
    if (!end || (await findChainFault(last, bare))) return undefined
    last = { seq: end.seq, hash: end.hash }
    options.onProgress?.(last.seq - from.seq, seq - from.seq)
  }
  return last.hash
}
