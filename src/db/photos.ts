/** Photos that go with nominations and appeals: kept in the ledger they were taken for, sent beside the commands. */

import { liveQuery, type Observable } from 'dexie'
import type { Command } from '../domain/ledger/command.ts'
import type { PhotoRef } from '../domain/taking-part/voice.ts'
import type { LedgerDb } from './database.ts'
import { enqueue } from './outbox.ts'
import type { NewPhoto, PhotoRow } from './tables.ts'

/** What the command says of its photo. */
export const refOf = ({ digest, type, bytes }: NewPhoto): PhotoRef => ({ digest, type, bytes })

/** The command and its photo, both or neither. */
export async function enqueueWithPhoto(
  db: LedgerDb,
  command: Command,
  photo: NewPhoto | undefined,
): Promise<void> {
  await db.transaction('rw', db.outbox, db.meta, db.photos, async () => {
    await enqueue(db, command)
    if (!photo) return
    const { digest, type, base64 } = photo
    await db.photos.add({ id: command.id, digest, type, base64, state: 'waiting' })
  })
}

export function livePhoto(db: LedgerDb, id: string): Observable<PhotoRow | null> {
  return liveQuery(async () => (await db.photos.get(id)) ?? null)
}

/** Those whose nomination or appeal the backend has taken in: it keeps no photo of any other. */
export async function photosToSend(db: LedgerDb): Promise<PhotoRow[]> {
  return db.transaction('r', db.photos, db.entries, async () => {
    const waiting = await db.photos.where('state').equals('waiting').toArray()
    const posted = await db.entries
      .where('id')
      .anyOf(waiting.map(({ id }) => id))
      .toArray()
    const taken = new Set(posted.filter(({ outcome }) => outcome !== 'refused').map(({ id }) => id))
    return waiting.filter(({ id }) => taken.has(id))
  })
}

export async function markPhoto(db: LedgerDb, id: string, state: PhotoRow['state']): Promise<void> {
  await db.photos.update(id, { state })
}
