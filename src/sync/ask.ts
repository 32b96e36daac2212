/**
 * A batch on its way. The next one may be under way while what the last one brought is being stored, so that neither side waits for the other:
 * the backend has answered the last one by then, and takes commands in their order. Should the storing come to nothing, the rows still stand
 * queued, and asked for once more they are answered again.
 */

import { BATCH_BYTES_MAX } from '../contract/limits.ts'
import type { SyncAnswer } from '../contract/sync.ts'
import { type Batch, takeBatch } from '../db/outbox-batch.ts'
import type { Instant } from '../domain/base/time.ts'
import type { Cursor } from '../proof/chain.ts'
import type { PassDeps } from './pass-deps.ts'
import { send } from './send.ts'

export interface Asked {
  readonly batch: Batch
  /** Behind which records are asked for. */
  readonly cursor: Cursor
  readonly sentAt: Instant
  /** With the moment at which it came: it may have to wait for the last one to be stored. */
  readonly heard: Promise<{ readonly answer: SyncAnswer; readonly receivedAt: Instant }>
}

/** Sends it at once. `seen`: up to which record the news were read, where that is to be told. */
export function ask(
  deps: PassDeps,
  batch: Batch,
  { cursor, seen }: { readonly cursor: Cursor; readonly seen?: number | undefined },
): Asked {
  const { rows, texts } = batch
  const sentAt = deps.now()
  const clock = texts.length > 0 ? deps.page?.() : undefined
  const fromGuest = rows.filter((row) => row.fromGuest).map(({ id }) => id)
  const answered = send(deps.transport, {
    ...{ accountId: deps.accountId, cursor, sentAt, commands: [...texts] },
    ...(clock ? { clock } : {}),
    ...(fromGuest.length > 0 ? { fromGuest } : {}),
    ...(seen === undefined ? {} : { seen }),
  })
  const heard = answered.then((answer) => ({ answer, receivedAt: deps.now() }))
  heard.catch(() => undefined) // told where it is awaited, if it still is
  return { batch, cursor, sentAt, heard }
}

/** What is queued behind the last batch, with its end as the cursor. Undefined where nothing is, or where more has to be pulled first. */
export async function askAhead(
  deps: PassDeps,
  last: {
    readonly batch: Batch
    readonly answer: Extract<SyncAnswer, { state: 'ok' }>
    readonly max: number
  },
): Promise<Asked | undefined> {
  const { batch, answer, max } = last
  const end = answer.records.at(-1)
  const after = batch.rows.at(-1)?.n
  if (!end || after === undefined || answer.hasMore || answer.receipts.length !== batch.rows.length)
    return undefined
  const next = await takeBatch(deps.db, { max, maxBytes: BATCH_BYTES_MAX, now: deps.now(), after })
  return next.rows.length === 0 ? undefined : ask(deps, next, { cursor: { seq: end.seq, hash: end.hash } })
}
