/** What the pages of a pick-up and of a sign-up share: giving it up, asked for first, and what a simulated service says. */
import { type Ref, ref } from 'vue'
import { useToast } from '../../composables/useToast.ts'
import { useSyncStore } from '../../stores/sync.ts'

/** Said once it is done. */
interface ServiceWords {
  readonly cancelled: string
  readonly simulated: string
  readonly unanswered: string
}

/** @param giveUp what a phone refuses is thrown, and told by the app; the question stays open */
export function useServiceActs(t: Readonly<Ref<ServiceWords>>, giveUp: () => Promise<void>) {
  const toast = useToast()
  const sync = useSyncStore()
  const isAsking = ref(false)
  const isBusy = ref(false)

  async function busy(work: () => Promise<void>): Promise<void> {
    isBusy.value = true
    try {
      await work()
    } finally {
      isBusy.value = false
    }
  }

  return {
    isAsking,
    isBusy,
    cancel: () =>
      busy(async () => {
        await giveUp()
        isAsking.value = false
        toast.show({ text: t.value.cancelled })
      }),
    simulate: (said: () => Promise<void>) =>
      busy(async () => {
        const isAnswered = await said().then(
          () => true,
          () => false,
        )
        toast.show({ text: isAnswered ? t.value.simulated : t.value.unanswered })
        if (isAnswered) await sync.poke()
      }),
  }
}
