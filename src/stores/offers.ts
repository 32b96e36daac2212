/** Offers and vouchers: what the backend last told, kept for offline, and the person's own vouchers from the journal. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { liveCatalog, liveVouchers, writeCatalog } from '../db/reads.ts'
import type { OfferId } from '../domain/base/ids.ts'
import type { Offer, OfferStock } from '../domain/offers/offer.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'

export interface OfferRow {
  readonly offer: Offer
  readonly stock: OfferStock
}

interface OffersRead {
  readonly offers: readonly OfferRow[]
  readonly at: number
  readonly leftOut?: number
}

export const useOffersStore = defineStore('offers', () => {
  const services = useServices()
  const device = useDeviceStore()
  const read = useLive(() => (device.db ? liveCatalog<OffersRead>(device.db, 'offers') : undefined))
  /** Read once something shows them: a long ledger has thousands, and home shows none. */
  const isShown = shallowRef(false)
  const voucherRead = useLive(() => (isShown.value && device.db ? liveVouchers(device.db) : undefined))

  const rows = computed(() => read.value.value?.offers ?? [])
  /** When the offers came; undefined when none ever did. */
  const fetchedAt = computed(() => read.value.value?.at)
  /** Offers that only a later version of the app can read. */
  const leftOut = computed(() => read.value.value?.leftOut ?? 0)
  const vouchers = computed(() => {
    if (!isShown.value) {
      queueMicrotask(() => {
        isShown.value = true
      })
    }
    return voucherRead.value.value?.toSorted((a, b) => b.seq - a.seq)
  })

  /** The offer as it can be had now. */
  function currentOffer(id: OfferId | string): Offer | undefined {
    return rows.value.find((row) => row.offer.id === id)?.offer
  }

  /** The offer for showing: now, or as it was when one of the person's vouchers was granted. */
  function offerOf(id: OfferId | string): Offer | undefined {
    return currentOffer(id) ?? vouchers.value?.find((voucher) => voucher.offerId === id)?.offer
  }

  /** Asks the backend; on any failure what was known stays. Throws SyncProblem. */
  async function refresh(): Promise<void> {
    const db = device.db
    const backend = await services.backend()
    const answer = await backend.offers()
    if (db) await writeCatalog(db, 'offers', answer)
  }

  return { rows, fetchedAt, leftOut, vouchers, currentOffer, offerOf, refresh }
})
