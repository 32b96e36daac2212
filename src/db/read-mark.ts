/** Up to where the news were read: one number of the account, the highest of all its phones. Guests keep it on the phone. */
import type { LedgerDb } from './database.ts'
import { clearMeta, readMeta, writeMeta } from './meta.ts'

/** A maximum: what was read stays read, whoever says so later and in whatever order. */
export async function raiseReadUpTo(db: LedgerDb, seq: number): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    if (seq > ((await readMeta(db, 'readUpTo')) ?? 0)) await writeMeta(db, 'readUpTo', seq)
  })
}

/** What the backend does not know yet, if it keeps the number at all. */
export async function readUntoldMark(db: LedgerDb): Promise<number | undefined> {
  const told = await readMeta(db, 'readUpToTold')
  const own = (await readMeta(db, 'readUpTo')) ?? 0
  return told !== undefined && own > told ? own : undefined
}

/** @param seen what an answer says; absent from a backend that keeps no such number, which must not be told then. */
export async function hearReadMark(db: LedgerDb, seen: number | undefined): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    if (seen === (await readMeta(db, 'readUpToTold'))) return
    if (seen === undefined) return clearMeta(db, 'readUpToTold')
    await writeMeta(db, 'readUpToTold', seen)
    if (seen > ((await readMeta(db, 'readUpTo')) ?? 0)) await writeMeta(db, 'readUpTo', seen)
  })
}

/** Another history stands in the journal's place from there on: what comes now was not read by anybody. */
export async function cutReadMark(db: LedgerDb, seq: number): Promise<void> {
  if (((await readMeta(db, 'readUpTo')) ?? 0) > seq) await writeMeta(db, 'readUpTo', seq)
  await clearMeta(db, 'readUpToTold')
}
