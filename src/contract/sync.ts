/** The exchange: what this device still asks for, against what the backend has posted since. */
import * as v from 'valibot'
import type { AccountId, CommandId } from '../domain/base/ids.ts'
import { instant, pageReadingSchema } from './command.ts'
import { BATCH_COMMANDS_MAX, PAGE_RECORDS_MAX } from './limits.ts'
import { sessionSecret } from './session.ts'
import { openWord, wholeList } from './tolerant.ts'
import { wireSchema } from './wire.ts'

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const cursorSchema = v.strictObject({ seq, hash })

export const syncRequestSchema = v.strictObject({
  accountId: v.pipe(
    uuid,
    v.transform((text) => text as AccountId),
  ),
  cursor: cursorSchema,
  /** The device's clock when it sent this: the backend answers with the offset. */
  sentAt: instant,
  /** Canonical texts, exactly as they were written into the outbox; each is parsed on its own. */
  commands: v.pipe(v.array(v.string()), v.maxLength(BATCH_COMMANDS_MAX)),
  /** The page that sends, with commands that it may have made itself: how long ago is then known exactly. */
  clock: v.exactOptional(pageReadingSchema),
  /** The version of the wire that the device reads; absent: 1. */
  wire: v.exactOptional(wireSchema),
  /** The highest record up to which the person has read the news; absent where the backend has told as much, or never told any. */
  seen: v.exactOptional(seq),
  /** Ids of those that were made before anybody had signed in: a backup may bring them to another account as well. */
  fromGuest: v.exactOptional(v.pipe(v.array(uuid), v.maxLength(BATCH_COMMANDS_MAX))),
})

export const receiptSchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.transform((text) => text as CommandId),
  ),
  /**
   * `deferred`: malformed or unknown to this backend; not stored, and not blocking the others. `waiting`: the backend cannot know yet, ask
   * again later; not stored either.
   */
  outcome: openWord(['accepted', 'adjusted', 'rejected', 'review', 'refused', 'deferred', 'waiting']),
  /** Absent when deferred or waiting. */
  seq: v.exactOptional(seq),
  /** The id was known with another text: this receipt is the first one's, and does not settle yours. */
  differs: v.exactOptional(v.literal(true)),
})

export const wireRecordSchema = v.strictObject({
  seq,
  body: v.string(),
  hash,
  detail: v.exactOptional(v.string()),
  salt: v.exactOptional(v.string()),
})

export const syncAnswerSchema = v.variant('state', [
  v.strictObject({
    state: v.literal('ok'),
    receipts: v.array(receiptSchema),
    records: v.pipe(wholeList(wireRecordSchema), v.maxLength(PAGE_RECORDS_MAX)),
    /** Compact JWS over the head at the page's last record. */
    head: v.string(),
    /** The last seq of the account: with `hasMore`, how far a restore has to go. */
    lastSeq: seq,
    hasMore: v.boolean(),
    /** The backend's clock. */
    now: instant,
    /** For a session from before there were any; given again until it is used. */
    sessionSecret: v.exactOptional(sessionSecret),
    /** By whose rules the account's acts are decided. From wire 2 on. */
    city: v.exactOptional(v.string()),
    /** Members of requests that came later, and that this backend reads: see READS. From wire 2 on. */
    reads: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(64))),
    /** Up to which record the news of the account were read on any phone. From wire 2 on; absent: a backend that keeps no such number. */
    seen: v.exactOptional(seq),
  }),
  v.strictObject({
    /** The backend's history ends before the cursor or differs at it. */
    state: v.literal('fork'),
    now: instant,
    /** Where the backend's history ends, and that a phone which has that record may hand in what follows it. From wire 2 on. */
    lastSeq: v.exactOptional(seq),
    headHash: v.exactOptional(hash),
    mayHandIn: v.exactOptional(v.boolean()),
  }),
])

export type SyncRequest = v.InferOutput<typeof syncRequestSchema>
export type SyncAnswer = v.InferOutput<typeof syncAnswerSchema>
export type Receipt = v.InferOutput<typeof receiptSchema>
export type WireRecord = v.InferOutput<typeof wireRecordSchema>
