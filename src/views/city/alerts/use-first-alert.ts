/** The gravest warning that holds in a city now, in a few words. */
import { computed } from 'vue'
import { infoOf } from '../../../components/alert/alert-info.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { alertText } from '../../../text/city/alerts/alerts.ts'
import { useText } from '../../../text/define-text.ts'
import { shortName, useAlerts } from './use-alerts.ts'

export function useFirstAlert(city: () => CityId) {
  const t = useText(alertText)
  const { valid } = useAlerts(city)
  const first = computed(() => valid.value[0])
  const isActual = computed(() => first.value?.alert.status === 'Actual')
  const words = computed(() => {
    if (!first.value) return ''
    const name = shortName(infoOf(first.value), t.value)
    return isActual.value ? name : `${t.value.status[first.value.alert.status]} · ${name}`
  })
  return { first, isActual, words, count: computed(() => valid.value.length) }
}
