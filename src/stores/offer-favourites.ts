/** Offers that the person has marked, and of which they want to be told. For components: its read ends with them. */
import { computed, watch } from 'vue'
import { useLive } from '../composables/useLive.ts'
import {
  changeOfferFavourite,
  liveOfferFavourites,
  noteOffersBack,
  type OfferFavourites,
} from '../db/offer-favourites.ts'
import { offerEndsAt } from '../domain/offers/offer.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'
import { useOffersStore } from './offers.ts'

export function useOfferFavourites() {
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const offers = useOffersStore()
  const read = useLive(() => (device.db ? liveOfferFavourites(device.db) : undefined))
  const favourites = computed<OfferFavourites>(() => read.value.value ?? {})
  const isWaiting = computed(() =>
    Object.values(favourites.value).some(({ waitsSince }) => waitsSince !== undefined),
  )

  const available = computed(() => {
    const had = offers.rows.filter(
      ({ offer, stock }) =>
        stock.remaining > 0 &&
        stock.budgetFen - stock.spentFen >= offer.valueFen &&
        ledger.now() < offerEndsAt(offer),
    )
    return new Set<string>(had.map(({ offer }) => offer.id))
  })
  watch(
    [available, isWaiting, () => device.db],
    ([ids, waits, db]) => {
      // A ledger that is left closes under it.
      if (waits && db) void noteOffersBack(db, ids, ledger.now()).catch(() => undefined)
    },
    { immediate: true },
  )

  async function change(offerId: string, to: Parameters<typeof changeOfferFavourite>[2]): Promise<void> {
    if (device.db) await changeOfferFavourite(device.db, offerId, to)
  }

  return {
    favourites,
    /** Somebody waits to be told of more. */
    isWaiting,
    toggle: (offerId: string) => change(offerId, (before) => (before ? undefined : {})),
    tellMe: (offerId: string) => change(offerId, () => ({ waitsSince: ledger.now() })),
  }
}
