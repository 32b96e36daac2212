/** The search of the city tab: its code and all five packs are fetched when first needed, then every letter answers at once. */
import { computed, type Ref, shallowRef, watch } from 'vue'
import { cities } from '../../content/registry.ts'
import type { CitySearch, SearchHit } from '../../content/search.ts'
import type { CityId } from '../../domain/city.ts'
import { language } from '../../text/language.ts'
import { readCity } from './use-city.ts'

export type SearchState = 'idle' | 'loading' | 'ready' | 'failed'

const index = shallowRef<CitySearch | null>(null)
const state = shallowRef<SearchState>('idle')

export async function prepareSearch(): Promise<void> {
  if (state.value === 'loading' || state.value === 'ready') return
  state.value = 'loading'
  try {
    const all = Promise.all(cities.map((city) => readCity(city.id)))
    const [{ buildSearch }, packs] = await Promise.all([import('../../content/search.ts'), all])
    index.value = buildSearch(packs)
    state.value = 'ready'
  } catch {
    state.value = 'failed'
  }
}

export function useSearch(query: Ref<string>, city: Ref<CityId>) {
  const isOn = computed(() => query.value.trim() !== '')
  watch(isOn, (on) => on && prepareSearch(), { immediate: true })
  const hits = computed<SearchHit[]>(() =>
    isOn.value && index.value
      ? index.value.find(query.value, { language: language.value, preferCity: city.value })
      : [],
  )
  return { hits, state, isOn }
}
