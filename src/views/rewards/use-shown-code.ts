/** What the voucher's QR code carries: the small code that shops scan, or the whole token for other readers, as the person chose. */
import { computed, ref, shallowRef, watch } from 'vue'
import { smallCodeOf } from '../../proof/small-code.ts'

export function useShownCode(token: () => string | undefined) {
  const made = shallowRef<{ readonly token: string; readonly small: string | undefined }>()
  const isFull = ref(false)
  watch(
    token,
    async (text) => {
      isFull.value = false
      if (text) made.value = { token: text, small: await smallCodeOf(text) }
    },
    { immediate: true },
  )
  const current = computed(() => (made.value?.token === token() ? made.value : undefined))
  /** A token of before there were small codes has none. */
  const hasSmall = computed(() => current.value?.small !== undefined)
  const shown = computed(
    () => (isFull.value ? undefined : current.value?.small) ?? current.value?.token ?? '',
  )
  return { shown, hasSmall, isFull }
}
