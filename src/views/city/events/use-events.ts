/** What a city's event pages show: the days of its plan and of every calendar, with the dates that the backend gave last. */
import { computed, type Ref } from 'vue'
import { useNow } from '../../../composables/useNow.ts'
import { daysOf } from '../../../content/events.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { dayOf } from '../../../domain/base/time.ts'
import type { Occurrence } from '../../../domain/taking-part/occurrence.ts'
import { useKept } from '../../../stores/kept.ts'
import { useLedgerStore } from '../../../stores/ledger.ts'
import { useCityPack } from '../use-city.ts'

export function useEvents(city: Ref<CityId>) {
  const { pack, state } = useCityPack(city)
  const kept = useKept('events', city)
  const ledger = useLedgerStore()
  const clock = useNow()
  const now = computed(() => {
    void clock.value
    void kept.at.value
    return ledger.now()
  })
  return {
    pack,
    state,
    kept,
    now,
    today: computed(() => dayOf(now.value)),
    days: computed(() => (pack.value ? daysOf(pack.value) : [])),
    occurrences: computed(() => (kept.value.value?.occurrences ?? []) as readonly Occurrence[]),
  }
}
