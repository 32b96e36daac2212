/** The person's words to the city: what was sent and what became of it, photos as the phone keeps them, and what is only begun. */
import { type Live, useLive } from '../composables/useLive.ts'
import type { PhotoRow } from '../db/database.ts'
import { liveVoices, type VoiceRead } from '../db/history-reads.ts'
import { readMeta, type VoiceDrafts, writeMeta } from '../db/meta.ts'
import { livePhoto } from '../db/photos.ts'
import { useDeviceStore } from './device.ts'

export type { PhotoRow } from '../db/database.ts'
export type { VoiceRead } from '../db/history-reads.ts'
export type { VoiceDrafts } from '../db/meta.ts'
export type { NewPhoto } from '../db/photos.ts'

export function useVoices(): Live<VoiceRead[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveVoices(device.db) : undefined))
}

/** Null: the phone has none, for instance because the nomination was made on another one. */
export function useVoicePhoto(id: () => string): Live<PhotoRow | null> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? livePhoto(device.db, id()) : undefined))
}

export async function readVoiceDraft<Kind extends keyof VoiceDrafts>(
  kind: Kind,
): Promise<VoiceDrafts[Kind] | undefined> {
  const { db } = useDeviceStore()
  return db && (await readMeta(db, 'voiceDrafts'))?.[kind]
}

/** Undefined forgets it. Of the ledger that is open: what one person has begun is never another one's. */
export async function keepVoiceDraft<Kind extends keyof VoiceDrafts>(
  kind: Kind,
  draft: VoiceDrafts[Kind] | undefined,
): Promise<void> {
  const { db } = useDeviceStore()
  if (!db) return
  await db.transaction('rw', db.meta, async () => {
    const { [kind]: _before, ...others } = (await readMeta(db, 'voiceDrafts')) ?? {}
    await writeMeta(db, 'voiceDrafts', { ...others, ...(draft ? { [kind]: draft } : {}) })
  })
}
