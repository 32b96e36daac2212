/** Hands in the tail of this phone's journal to a backend that has lost it: the records word for word, in parts, and the head that signs them. */

import {
  TAIL_PART_BYTES_MAX,
  TAIL_PART_RECORDS_MAX,
  TAIL_RECORDS_MAX,
  type TailAnswer,
  type TailPart,
  tailAnswerSchema,
} from '../contract/tail.ts'
import { WIRE } from '../contract/wire.ts'
import { readCursor, readMeta } from '../db/meta.ts'
import type { JournalRow } from '../db/tables.ts'
import type { Cursor } from '../proof/chain.ts'
import type { PassDeps } from './pass-deps.ts'
import { SyncProblem } from './transport.ts'

type HandedIn = Exclude<TailAnswer, { state: 'staged' }>

/**
 * What the backend made of the records after `after`; undefined when they cannot be handed in: too many, moved by another tab, or a backend
 * that does not know how. Then they are asked for again, command by command.
 */
export async function handIn(deps: PassDeps, after: Cursor): Promise<HandedIn | undefined> {
  const { db } = deps
  const { cursor, head } = await db.transaction('r', db.meta, async () => ({
    cursor: await readCursor(db),
    head: await readMeta(db, 'head'),
  }))
  const count = cursor.seq - after.seq
  if (!head || count <= 0 || count > TAIL_RECORDS_MAX) return undefined
  const { keys } = await deps.keys(false)
  for (let sent = after.seq; ; ) {
    const rows = await nextRows(deps, sent, cursor.seq)
    const last = rows.at(-1)
    if (!last) return undefined
    const isLast = last.seq === cursor.seq
    const part = {
      wire: WIRE,
      after,
      records: rows.map(({ id: _, ...link }) => link),
      ...(isLast ? { head: head.jws, keys: [...keys] } : {}),
    } as TailPart
    const answer = await sendPart(deps, part)
    if (answer?.state !== 'staged') return answer
    if (isLast || answer.lastSeq < last.seq) return undefined
    sent = answer.lastSeq
  }
}

/** As many as a part holds. */
async function nextRows({ db }: PassDeps, after: number, upTo: number): Promise<JournalRow[]> {
  const rows = await db.journal
    .where('seq')
    .between(after, upTo, false, true)
    .limit(TAIL_PART_RECORDS_MAX)
    .toArray()
  let bytes = 0
  const end = rows.findIndex(({ body, detail = '' }) => {
    bytes += 3 * (body.length + detail.length) // three bytes a Chinese character, at most
    return bytes > TAIL_PART_BYTES_MAX
  })
  return end === -1 ? rows : rows.slice(0, Math.max(1, end))
}

async function sendPart({ transport, accountId }: PassDeps, part: TailPart): Promise<TailAnswer | undefined> {
  try {
    return await transport.post(`/accounts/${accountId}/tail`, part, tailAnswerSchema)
  } catch (error) {
    const isNotWanted =
      error instanceof SyncProblem && ['malformed', 'not_found', 'too_large', 'internal'].includes(error.code)
    if (isNotWanted) return undefined
    throw error
  }
}
