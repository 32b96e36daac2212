/** What is begun on a form, kept in the open ledger as it is typed: it outlives an error, a look elsewhere, and the end of the app. */
import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'
import { keepVoiceDraft, readVoiceDraft, type VoiceDrafts } from '../../stores/voice.ts'

const KEEP_AFTER_MS = 400

export function useVoiceDraft<Kind extends keyof VoiceDrafts>(
  kind: Kind,
  empty: () => NonNullable<VoiceDrafts[Kind]>,
) {
  type Draft = NonNullable<VoiceDrafts[Kind]>
  const draft = ref(empty()) as Ref<Draft>
  let timer: ReturnType<typeof setTimeout> | undefined
  let isForgotten = false

  async function keep(): Promise<void> {
    clearTimeout(timer)
    // A draft that cannot be kept is still on the screen; sending it will tell what is wrong.
    await keepVoiceDraft(kind, isForgotten ? undefined : { ...draft.value }).catch(() => undefined)
  }

  onMounted(async () => {
    const kept = await readVoiceDraft(kind).catch(() => undefined)
    if (kept) draft.value = { ...empty(), ...kept }
    watch(
      draft,
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void keep(), KEEP_AFTER_MS)
      },
      { deep: true },
    )
  })
  onBeforeUnmount(() => void (timer !== undefined && keep()))

  /** It was sent: the next one begins anew. */
  async function forget(): Promise<void> {
    isForgotten = true
    await keep()
  }

  return { draft, forget }
}
