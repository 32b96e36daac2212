/** Everything that this phone holds of a ledger, as one file: what was posted, with its proofs, what is still waiting, and the settings. */

import * as v from 'valibot'
import type { LedgerDb } from '../db/database.ts'
import type { Profile } from '../db/device.ts'
import { readMeta } from '../db/meta.ts'
import { handOut } from '../db/outbox.ts'
import type { JournalRow } from '../db/tables.ts'
import type { Instant } from '../domain/base/time.ts'
import { PHOTO_TYPES } from '../domain/taking-part/voice.ts'

export const EXPORT_FORMAT = 'greentrace-ledger'
/** Counted up when an older app could not read the file. */
export const EXPORT_VERSION = 1

export const exportSchema = v.object({
  format: v.literal(EXPORT_FORMAT),
  version: v.literal(EXPORT_VERSION),
  exportedAt: v.string(),
  ledgerId: v.string(),
  kind: v.picklist(['guest', 'account']),
  city: v.string(),
  head: v.optional(v.string()),
  goalGrams: v.optional(v.number()),
  /** Read by `routesIn`: a route that is none spoils no file. */
  routes: v.optional(v.unknown()),
  journal: v.array(
    v.object({
      seq: v.number(),
      id: v.string(),
      body: v.string(),
      hash: v.string(),
      detail: v.optional(v.string()),
      salt: v.optional(v.string()),
    }),
  ),
  outbox: v.array(v.object({ id: v.string(), text: v.string() })),
  /** Of nominations; absent in files of before there were any. */
  photos: v.optional(
    v.array(
      v.object({ id: v.string(), digest: v.string(), type: v.picklist(PHOTO_TYPES), base64: v.string() }),
    ),
  ),
})

export type LedgerExport = v.InferOutput<typeof exportSchema>

const CHUNK = 2000

/** Pieces of the file's text, in order, so that 100,000 records never stand in memory as one string. */
export async function* exportLedger(
  db: LedgerDb,
  profile: Profile,
  options: { now: Instant; onProgress?: (done: number, of: number) => void },
): AsyncGenerator<string> {
  const goalGrams = await readMeta(db, 'goalGrams')
  const routes = await readMeta(db, 'routes')
  const head = await readMeta(db, 'head')
  const outbox = await handOut(db, options.now)
  const photos = await db.photos.toArray()
  const of = await db.journal.count()
  const top = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: new Date(options.now).toISOString(),
    ledgerId: profile.ledgerId,
    kind: profile.kind,
    city: profile.city,
    ...(head ? { head: head.jws } : {}),
    ...(goalGrams === undefined ? {} : { goalGrams }),
    ...(routes?.length ? { routes } : {}),
    outbox: outbox.map(({ id, text }) => ({ id, text })),
    ...(photos.length > 0
      ? { photos: photos.map(({ id, digest, type, base64 }) => ({ id, digest, type, base64 })) }
      : {}),
  }
  yield `${JSON.stringify(top).slice(0, -1)},"journal":[`
  for (let after = 0, isFirst = true; ; ) {
    const rows: JournalRow[] = await db.journal.where('seq').above(after).limit(CHUNK).toArray()
    if (rows.length === 0) break
    yield (isFirst ? '\n' : ',\n') + rows.map((row) => JSON.stringify(row)).join(',\n')
    isFirst = false
    after = (rows[rows.length - 1] as JournalRow).seq
    options.onProgress?.(after, of)
  }
  yield '\n]}\n'
}
