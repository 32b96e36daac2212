/** Which city a page of this tab is about, and that city's pack: at once when it was read before, else loading, ready or failed. */
import { type ComputedRef, computed, nextTick, type Ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { readSetting, settingKeys } from '../../composables/device-setting.ts'
import { useOnline } from '../../composables/useOnline.ts'
import { type CityId, DEFAULT_CITY, isCityId } from '../../domain/base/city.ts'
import { useContentStore } from '../../stores/content.ts'
import { useDeviceStore } from '../../stores/device.ts'

export type PackState = 'loading' | 'ready' | 'failed'

/** The city in the address; else the person's own city, else the first. Looking at another city does not change one's own. */
export function useCityId(): ComputedRef<CityId> {
  const route = useRoute()
  const device = useDeviceStore()
  return computed(() => {
    const asked = String(route.params.city ?? '')
    if (isCityId(asked)) return asked
    const own = device.city ?? readSetting(settingKeys.city) ?? ''
    return isCityId(own) ? own : DEFAULT_CITY
  })
}

/** Also asks the backend for a newer pack, in the background: it is shown from the next page on. */
export function useCityPack(id: Ref<CityId>) {
  const content = useContentStore()
  const isOnline = useOnline()
  const failed = shallowRef<CityId | null>(null)
  const pack = computed(() => content.inUse.get(id.value) ?? null)
  const state = computed<PackState>(() => {
    if (pack.value) return 'ready'
    return failed.value === id.value ? 'failed' : 'loading'
  })

  async function load(wanted: CityId): Promise<void> {
    content.apply(wanted)
    try {
      await content.read(wanted)
    } catch {
      failed.value = wanted
    }
  }

  watch(id, load, { immediate: true })
  watch([id, isOnline], ([wanted, online]) => online && content.refresh(wanted), { immediate: true })
  return { pack, state }
}

/** Brings what the address names by `#id` into view: the router looks for it before the pack is there. */
export function useAnchor(state: Ref<PackState>): void {
  const route = useRoute()
  watch(
    () => [state.value, route.hash],
    async () => {
      if (state.value !== 'ready' || !route.hash) return
      await nextTick()
      document.getElementById(route.hash.slice(1))?.scrollIntoView()
    },
    { immediate: true },
  )
}

/** A failed lazy load is remembered by the browser for this page's life; only a reload asks for the file again. */
export function reloadPage(): void {
  location.reload()
}
