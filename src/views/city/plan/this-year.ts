/** The year that "today" lies in, where the cities are: a target's year is past only when it is over. */
import { type ComputedRef, computed } from 'vue'
import { useNow } from '../../../composables/useNow.ts'
import { dayOf } from '../../../domain/base/time.ts'

export function useThisYear(): ComputedRef<number> {
  const now = useNow()
  return computed(() => Number(dayOf(now.value).slice(0, 4)))
}
