/** The person's words to the city: what was sent and what became of it, photos as the phone keeps them, and what is only begun. */

import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { type Live, useLive } from '../composables/useLive.ts'
import type { LedgerDb } from '../db/database.ts'
import { liveVoiceDrafts, liveVoices, type VoiceRead } from '../db/history-reads.ts'
import { isSameAbout, readMeta, type VoiceAbout, type VoiceDraft, writeMeta } from '../db/meta.ts'
import { livePhoto } from '../db/photos.ts'
import type { PhotoRow } from '../db/tables.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'

export type { VoiceRead } from '../db/history-reads.ts'
export type { VoiceAbout, VoiceDraft, VoiceKind } from '../db/meta.ts'
export type { NewPhoto, PhotoRow } from '../db/tables.ts'

export function useVoices(): Live<VoiceRead[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveVoices(device.db) : undefined))
}

/** Null: the phone has none, for instance because the nomination was made on another one. */
export function useVoicePhoto(id: () => string): Live<PhotoRow | null> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? livePhoto(device.db, id()) : undefined))
}

/** The address of a photo that the backend keeps, for as long as the screen stands: fetched as the account's, which an `<img>` cannot do. */
export function useKeptPhoto(digest: () => string | undefined): Readonly<Ref<string | undefined>> {
  const services = useServices()
  const device = useDeviceStore()
  const address = shallowRef<string>()
  const forget = () => {
    if (address.value !== undefined) URL.revokeObjectURL(address.value)
    address.value = undefined
  }
  watch(
    () => [device.current?.ledgerId, digest()] as const,
    async ([accountId, wanted], _before, onCleanup) => {
      let isStale = false
      onCleanup(() => {
        isStale = true
      })
      forget()
      if (accountId === undefined || wanted === undefined) return
      const photo = await services
        .backend()
        .then((api) => api.photo(accountId, wanted))
        .catch(() => undefined) // not there, or no network: the words say that it is elsewhere
      if (photo && !isStale) address.value = URL.createObjectURL(photo)
    },
    { immediate: true },
  )
  onScopeDispose(forget)
  return address
}

/** What was begun and not sent, of the ledger that is open. */
export function useVoiceDrafts(): Live<readonly VoiceDraft[]> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveVoiceDrafts(device.db) : undefined))
}

export async function readVoiceDraft(db: LedgerDb, about: VoiceAbout): Promise<VoiceDraft | undefined> {
  return (await readMeta(db, 'voiceDrafts'))?.find((draft) => isSameAbout(draft, about))
}

/** In the ledger it was begun in: what one person has written is never another one's. An empty one is forgotten. */
export async function keepVoiceDraft(db: LedgerDb, draft: VoiceDraft): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const before = (await readMeta(db, 'voiceDrafts')) ?? []
    const others = before.filter((one) => !isSameAbout(one, draft))
    const isEmpty = !draft.text && !draft.title && !draft.newPhoto
    await writeMeta(db, 'voiceDrafts', isEmpty ? others : [draft, ...others])
  })
}
