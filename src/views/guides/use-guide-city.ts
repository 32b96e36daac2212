/** Which city a guide speaks of: the one in the address, so that a link says the same to everybody; else the person's own. */
import { type ComputedRef, computed } from 'vue'
import { useRoute } from 'vue-router'
import { type CityId, isCityId } from '../../domain/base/city.ts'
import { useCityId } from '../city/use-city.ts'

export function useGuideCity(): ComputedRef<CityId> {
  const route = useRoute()
  const own = useCityId()
  return computed(() => {
    const asked = String(route.query.city ?? '')
    return isCityId(asked) ? asked : own.value
  })
}
