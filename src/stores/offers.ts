/** Offers and vouchers: what the backend last told, kept offline for everybody on the phone, and the person's own vouchers from the journal. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { shelveOldOffers } from '../db/old-offers.ts'
import { liveVouchers } from '../db/reads.ts'
import type { OfferId } from '../domain/base/ids.ts'
import type { Offer, OfferStock } from '../domain/offers/offer.ts'
import type { FeedValue } from '../sync/feeds.ts'
import { useDeviceStore } from './device.ts'
import { useKeptStore } from './kept.ts'
import { useServices } from './services.ts'

export interface OfferRow {
  readonly offer: Offer
  readonly stock: OfferStock
}

export const useOffersStore = defineStore('offers', () => {
  const services = useServices()
  const device = useDeviceStore()
  const kept = useKeptStore()
  const read = kept.live('offers')
  const shelf = read.value
  // A phone of before they stood on a shelf of the whole phone.
  watch(
    () => device.db,
    (db) => void (db && shelveOldOffers(db, services.device).catch(() => undefined)),
    { immediate: true },
  )
  /** Read once something shows them: a long ledger has thousands, and home shows none. */
  const isShown = shallowRef(false)
  const voucherRead = useLive(() => (isShown.value && device.db ? liveVouchers(device.db) : undefined))

  const rows = computed(() => (shelf.value?.value as FeedValue<'offers'> | undefined)?.offers ?? [])
  /** What this phone keeps of them is known; or that it cannot be read. */
  const isRead = computed(() => read.value.value !== undefined || read.error.value !== undefined)
  /** When the offers came; undefined when none ever did. */
  const fetchedAt = computed(() => shelf.value?.at)
  /** Offers that only a later version of the app can read. */
  const leftOut = computed(() => shelf.value?.leftOut ?? 0)
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
    await kept.refresh('offers', undefined, { isForced: true })
    const failure = kept.failureOf('offers')
    if (failure !== undefined) throw failure
  }

  return { rows, isRead, fetchedAt, leftOut, vouchers, currentOffer, offerOf, refresh }
})
