/** What is begun on a form, kept in the open ledger's own database: with its photo, and listed where one begins. */
import { useDeviceStore } from '../../stores/device.ts'
import { useDraft } from '../../stores/drafts.ts'
import { keepVoiceDraft, readVoiceDraft, type VoiceAbout, type VoiceDraft } from '../../stores/voice.ts'

/** @param about the form's command, city and measure: each has a draft of its own. */
export function useVoiceDraft(about: VoiceAbout) {
  const device = useDeviceStore()
  const of = (draft: VoiceDraft): VoiceDraft => ({ ...draft, ...about })
  return useDraft<{ -readonly [Key in keyof VoiceDraft]: VoiceDraft[Key] }>(
    [about.kind, about.city, about.measureId].join(' '),
    () => ({ ...about, title: '', text: '' }),
    {
      isEmpty: ({ text, title, newPhoto }) => !text && !title && !newPhoto,
      place: {
        read: async () => device.db && readVoiceDraft(device.db, about),
        ahead: ({ newPhoto: _, ...small }) => small,
        async write(ledgerId, draft) {
          // What one person has written never goes into another one's.
          if (!device.db || device.current?.ledgerId !== ledgerId) return false
          await keepVoiceDraft(device.db, of(draft ?? { ...about, text: '' }))
          return true
        },
      },
    },
  )
}
