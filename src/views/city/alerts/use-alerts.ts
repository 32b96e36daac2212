/** The warnings of a city as they stand at this minute. One that ran out while the phone was offline is past here too. */
import { computed, type MaybeRefOrGetter } from 'vue'
import { useNow } from '../../../composables/useNow.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { type AlertInfo, colourOf, judgeAlerts } from '../../../domain/taking-part/alert.ts'
import { useKept } from '../../../stores/kept.ts'
import { useLedgerStore } from '../../../stores/ledger.ts'
import type { alertText } from '../../../text/city/alerts/alerts.ts'

export function useAlerts(city: MaybeRefOrGetter<CityId>) {
  const kept = useKept('alerts', city)
  const ledger = useLedgerStore()
  const clock = useNow()
  /** By the backend's clock where it is known: a phone whose clock is off by a day would show yesterday's as valid. */
  const now = computed(() => {
    void clock.value
    void kept.at.value
    return ledger.now()
  })
  const judged = computed(() => judgeAlerts(kept.value.value?.alert ?? [], now.value))
  return {
    now,
    kept,
    valid: computed(() => judged.value.filter(({ state }) => state === 'valid')),
    coming: computed(() => judged.value.filter(({ state }) => state === 'coming')),
    past: computed(() => judged.value.filter(({ state }) => state !== 'valid' && state !== 'coming')),
  }
}

type AlertWords = (typeof alertText)['zh-CN'] | (typeof alertText)['en']

/** 寒潮黄色预警, or 寒潮预警 where the sender gives no colour. */
export function shortName(info: AlertInfo, words: AlertWords): string {
  const colour = colourOf(info)
  return colour ? words.coloured(words.colour[colour], info.event) : words.uncoloured(info.event)
}
