/** What faces need to know beside their entry: language, the present moment, names of offers, what other entries are about. */
import { type ComputedRef, computed } from 'vue'
import { useNow } from '../../composables/useNow.ts'
import type { EntryRow } from '../../stores/entry-details.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { useOffersStore } from '../../stores/offers.ts'
import { language } from '../../text/language.ts'
import type { FaceContext } from './kinds/face.ts'

export function useFaceContext(target: (id: string) => EntryRow | undefined): ComputedRef<FaceContext> {
  const offers = useOffersStore()
  const ledger = useLedgerStore()
  const now = useNow()
  const vouchers = computed(() => new Map(offers.vouchers?.map(({ id, offerId }) => [id, offerId])))
  const titles = computed(() => {
    const granted = offers.vouchers?.map(({ offer }) => offer) ?? []
    const known = [...granted, ...offers.rows.map(({ offer }) => offer)]
    return new Map<string, string>(
      known.map((offer) => [offer.id, language.value === 'en' ? offer.titleEn : offer.titleZh]),
    )
  })
  return computed(() => ({
    language: language.value,
    now: now.value + (ledger.base?.clockOffset ?? 0),
    target,
    offerTitle: (offerId) => titles.value.get(offerId),
    offerOfVoucher: (voucherId) => vouchers.value.get(voucherId),
  }))
}
