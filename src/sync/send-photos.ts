/** Sends the photos whose nominations and appeals have arrived, one at a time. They travel beside the commands, so that no act waits for a picture. */
import type { LedgerDb } from '../db/database.ts'
import { markPhoto, photosToSend } from '../db/photos.ts'
import { SyncProblem, type Transport } from './transport.ts'

/** Throws SyncProblem when trying again may help; a photo that the backend does not want is marked so, and stays on the phone. */
export async function sendPhotos(
  db: LedgerDb,
  { accountId, transport }: { accountId: string; transport: Transport },
): Promise<void> {
  for (const { id, digest, type, base64 } of await photosToSend(db)) {
    const bytes = bytesOf(base64)
    if (!bytes) {
      await markPhoto(db, id, 'refused')
      continue
    }
    try {
      await transport.put(`/accounts/${accountId}/photos/${digest}`, { bytes, type })
      await markPhoto(db, id, 'sent')
    } catch (error) {
      if (!(error instanceof SyncProblem) || error.mayRetry) throw error
      if (!['not_found', 'malformed', 'too_large'].includes(error.code)) throw error
      await markPhoto(db, id, 'refused')
    }
  }
}

/** Undefined when it is none: a backup file brings whatever it holds, and one photo must not stop the others for ever. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
