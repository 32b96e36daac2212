/** Sends the photos whose nominations have arrived, one at a time. They travel beside the commands, so that no act waits for a picture. */
import type { LedgerDb } from '../db/database.ts'
import { markPhoto, photosToSend } from '../db/photos.ts'
import { SyncProblem, type Transport } from './transport.ts'

/** Throws SyncProblem when trying again may help; a photo that the backend does not want is marked so, and stays on the phone. */
export async function sendPhotos(
  db: LedgerDb,
  { accountId, transport }: { accountId: string; transport: Transport },
): Promise<void> {
  for (const { id, digest, type, base64 } of await photosToSend(db)) {
    try {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      await transport.put(`/accounts/${accountId}/photos/${digest}`, { bytes, type })
      await markPhoto(db, id, 'sent')
    } catch (error) {
      if (!(error instanceof SyncProblem) || error.mayRetry) throw error
      if (!['not_found', 'malformed', 'too_large'].includes(error.code)) throw error
      await markPhoto(db, id, 'refused')
    }
  }
}
