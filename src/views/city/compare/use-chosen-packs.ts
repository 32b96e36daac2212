/** The packs of several cities at once. All five are read: they lie on the phone, and a city added to the choice then shows at once. */
import { computed, type Ref, ref } from 'vue'
import { CITY_IDS, type CityId } from '../../../domain/base/city.ts'
import { type PackState, useCityPack } from '../use-city.ts'

export function useChosenPacks(chosen: Ref<readonly CityId[]>) {
  const all = CITY_IDS.map((id) => ({ id, ...useCityPack(ref(id)) }))
  const wanted = computed(() => all.filter((one) => chosen.value.includes(one.id)))
  const packs = computed(() => wanted.value.flatMap((one) => one.pack.value ?? []))
  const state = computed<PackState>(() => {
    const states = wanted.value.map((one) => one.state.value)
    if (states.includes('failed')) return 'failed'
    return states.includes('loading') ? 'loading' : 'ready'
  })
  return { packs, state }
}
