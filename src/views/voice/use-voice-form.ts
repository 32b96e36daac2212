/** What both forms share: which city and measure it is about, sending into the outbox, and saying what went wrong without losing a word. */
import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useToast } from '../../composables/useToast.ts'
import { cityById } from '../../content/registry.ts'
import { OPEN_VOICES_MAX } from '../../domain/taking-part/voice.ts'
import { useContentStore } from '../../stores/content.ts'
import { loadEstimator } from '../../stores/estimates.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import type { VoiceAbout, VoiceKind } from '../../stores/voice.ts'
import { useText } from '../../text/define-text.ts'
import { voiceText } from '../../text/voice/voice.ts'
import { useCityId, useCityPack } from '../city/use-city.ts'
import { inLanguage } from '../city/words.ts'

export function useVoiceForm() {
  const t = useText(voiceText)
  const route = useRoute()
  const router = useRouter()
  const ledger = useLedgerStore()
  const toast = useToast()
  const city = useCityId()
  const content = useContentStore()
  const { pack } = useCityPack(city)
  void loadEstimator().catch(() => undefined)

  const measureId = computed(() =>
    typeof route.query.measure === 'string' ? route.query.measure : undefined,
  )
  const measure = computed(() => pack.value?.measures.find(({ id }) => id === measureId.value))
  const aboutWords = computed(() =>
    measure.value
      ? `${inLanguage(cityById(city.value), 'name')} · ${inLanguage(measure.value, 'title')}`
      : t.value.aboutCity(inLanguage(cityById(city.value), 'name')),
  )
  const topic = computed(() => ({
    city: city.value,
    ...(measure.value ? { measureId: measure.value.id } : {}),
  }))
  const isFull = computed(
    () => Object.keys(ledger.projection.expected.openVoices ?? {}).length >= OPEN_VOICES_MAX,
  )
  const isBusy = ref(false)
  const isFailed = ref(false)

  /** Runs the action, then forgets the draft and shows the list, where it waits. */
  async function send(action: () => Promise<unknown>, forget: () => Promise<void>): Promise<void> {
    isBusy.value = true
    isFailed.value = false
    try {
      // Only the city's pack knows which measure the address names; without it nobody would learn what this is about.
      await content.read(city.value).catch(() => undefined)
      await action()
    } catch {
      isFailed.value = true
      return
    } finally {
      isBusy.value = false
    }
    await forget()
    toast.show({ text: t.value.sent })
    await router.replace(`/city/${city.value}/voice`)
  }

  return {
    topic,
    /** By the address, which is there before the city's pack is. */
    about: (kind: VoiceKind): VoiceAbout => ({
      kind,
      city: city.value,
      ...(measureId.value ? { measureId: measureId.value } : {}),
    }),
    aboutWords,
    isFull,
    isBusy,
    isFailed,
    send,
    back: computed(() => `/city/${city.value}/voice`),
  }
}
