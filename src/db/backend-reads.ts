/** Which later members of requests the backend has said to read. A backend of before says none, and would put off a command that holds one. */
import { liveQuery, type Observable } from 'dexie'
import type { LedgerDb } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'
import { requeueDeferred } from './outbox.ts'

/** What an exchange's answer says. What an older backend had to put off is asked for again once it reads more. */
export async function noteBackendReads(db: LedgerDb, reads: readonly string[] = []): Promise<void> {
  const before = await readMeta(db, 'backendReads')
  if (before?.join() === reads.join()) return
  await db.transaction('rw', db.outbox, db.meta, async () => {
    await writeMeta(db, 'backendReads', reads)
    if (before && reads.some((member) => !before.includes(member))) await requeueDeferred(db)
  })
}

/** As long as no exchange has told, the backend is taken to be as new as the app that it handed out. */
export async function isReadByBackend(db: LedgerDb, member: string): Promise<boolean> {
  return (await readMeta(db, 'backendReads'))?.includes(member) ?? true
}

export function liveReads(db: LedgerDb, member: string): Observable<boolean> {
  return liveQuery(() => isReadByBackend(db, member))
}
