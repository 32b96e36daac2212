/** What a second look is asked for with: the draft of each act, kept with its ledger, and whether a photo can go along. */
import { type Live, useLive } from '../composables/useLive.ts'
import { liveReads } from '../db/backend-reads.ts'
import type { LedgerDb } from '../db/database.ts'
import { type AppealDraft, readMeta, writeMeta } from '../db/meta.ts'
import { APPEAL_PHOTO_MEMBER } from '../domain/taking-part/voice.ts'
import { useDeviceStore } from './device.ts'
import { useDraft } from './drafts.ts'

/** An older backend would put off an appeal that holds one. */
export function useAppealTakesPhoto(): Live<boolean> {
  const device = useDeviceStore()
  return useLive(() => (device.db ? liveReads(device.db, APPEAL_PHOTO_MEMBER) : undefined))
}

/** A photo is more than the phone's small shelf holds: it lies in the ledger's own database. */
export function useAppealDraft(activityId: () => string) {
  const device = useDeviceStore()
  return useDraft<{ -readonly [Key in keyof AppealDraft]: AppealDraft[Key] }>(
    () => `appeal ${activityId()}`,
    () => ({ activityId: activityId(), note: '' }),
    {
      isEmpty: ({ note, newPhoto }) => !note && !newPhoto,
      place: {
        read: async () => device.db && readAppealDraft(device.db, activityId()),
        ahead: ({ newPhoto: _, ...small }) => small,
        async write(ledgerId, draft) {
          // What one person has written never goes into another one's.
          if (!device.db || device.current?.ledgerId !== ledgerId) return false
          await keepAppealDraft(device.db, draft ?? { activityId: activityId(), note: '' })
          return true
        },
      },
    },
  )
}

async function readAppealDraft(db: LedgerDb, activityId: string): Promise<AppealDraft | undefined> {
  return (await readMeta(db, 'appealDrafts'))?.find((draft) => draft.activityId === activityId)
}

/** An empty one is forgotten. */
async function keepAppealDraft(db: LedgerDb, draft: AppealDraft): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const before = (await readMeta(db, 'appealDrafts')) ?? []
    const others = before.filter(({ activityId }) => activityId !== draft.activityId)
    const isEmpty = !draft.note && !draft.newPhoto
    await writeMeta(db, 'appealDrafts', isEmpty ? others : [draft, ...others])
  })
}
