/** Which city a page of this tab is about, and that city's pack: at once when it was read before, else loading, ready or failed. */
import { type ComputedRef, computed, type Ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { readSetting, settingKeys } from '../../composables/device-setting.ts'
import { loadCity } from '../../content/registry.ts'
import type { CityPack } from '../../content/schema.ts'
import { CITY_IDS, type CityId, isCityId } from '../../domain/city.ts'
import { useDeviceStore } from '../../stores/device.ts'

export type PackState = 'loading' | 'ready' | 'failed'

/** Read once per visit: coming back to a page shows it without a flash of skeleton, and at the old scroll position. */
const packs = new Map<CityId, CityPack>()

export async function readCity(id: CityId): Promise<CityPack> {
  const pack = packs.get(id) ?? (await loadCity(id))
  packs.set(id, pack)
  return pack
}

/** The city in the address; else the person's own city, else the first. Looking at another city does not change one's own. */
export function useCityId(): ComputedRef<CityId> {
  const route = useRoute()
  const device = useDeviceStore()
  return computed(() => {
    const asked = String(route.params.city ?? '')
    if (isCityId(asked)) return asked
    const own = device.city ?? readSetting(settingKeys.city) ?? ''
    return isCityId(own) ? own : CITY_IDS[0]
  })
}

export function useCityPack(id: Ref<CityId>) {
  const pack = shallowRef<CityPack | null>(null)
  const state = shallowRef<PackState>('loading')

  async function load(wanted: CityId): Promise<void> {
    const known = packs.get(wanted)
    if (known) {
      pack.value = known
      state.value = 'ready'
      return
    }
    state.value = 'loading'
    try {
      const read = await readCity(wanted)
      if (wanted !== id.value) return
      pack.value = read
      state.value = 'ready'
    } catch {
      if (wanted === id.value) state.value = 'failed'
    }
  }

  watch(id, load, { immediate: true })
  return { pack, state }
}

/** A failed lazy load is remembered by the browser for this page's life; only a reload asks for the file again. */
export function reloadPage(): void {
  location.reload()
}
