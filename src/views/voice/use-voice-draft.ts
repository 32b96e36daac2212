/** What is begun on a form, kept in the open ledger as it is typed: it outlives an error, a look elsewhere, and the end of the app. */
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { useDeviceStore } from '../../stores/device.ts'
import { useSurvivalStore } from '../../stores/survival.ts'
import { keepVoiceDraft, readVoiceDraft, type VoiceAbout, type VoiceDraft } from '../../stores/voice.ts'

const KEEP_AFTER_MS = 400

/** @param about the form's command, city and measure: each has a draft of its own. */
export function useVoiceDraft(about: VoiceAbout) {
  const device = useDeviceStore()
  const empty = (): VoiceDraft => ({ ...about, text: '' })
  const draft: Ref<VoiceDraft> = shallowRef(empty())
  let openDb: typeof device.db
  let isTouched = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function keep(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    // A draft that cannot be kept is still on the screen; sending it will tell what is wrong.
    if (openDb) await keepVoiceDraft(openDb, draft.value).catch(() => undefined)
  }

  function change(to: Partial<VoiceDraft>): void {
    draft.value = { ...draft.value, ...to }
    isTouched = true
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), KEEP_AFTER_MS)
  }

  // A page opened by its address stands before its ledger does. What was typed until then goes before what was kept.
  watch(
    () => device.db,
    async (db) => {
      if (openDb) {
        clearTimeout(timer)
        draft.value = empty()
        isTouched = false
      }
      openDb = db
      if (!db) return
      const kept = await readVoiceDraft(db, about).catch(() => undefined)
      if (isTouched) await keep()
      else if (kept && db === openDb) draft.value = kept
    },
    { immediate: true },
  )
  // The browser has cleared what was kept; what stands on the form is written anew.
  const survival = useSurvivalStore()
  watch(
    () => survival.revivals,
    () => void (draft.value.text !== '' && keep()),
  )
  onScopeDispose(() => void (timer !== undefined && keep()))

  /** It was sent: the next one begins anew. */
  async function forget(): Promise<void> {
    draft.value = empty()
    await keep()
  }

  return { draft, change, forget }
}
