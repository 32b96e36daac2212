/** Offers as a person meets them: with what follows from their points, asked for anew on each visit, kept when that fails. */
import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import { offerFacts } from '../../components/offer/offer-facts.ts'
import { useNow } from '../../composables/useNow.ts'
import { useOnline } from '../../composables/useOnline.ts'
import { fenLeft } from '../../domain/offers/value-limits.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { type OfferRow, useOffersStore } from '../../stores/offers.ts'
import { usePackInForce } from '../../stores/pack-in-force.ts'
import { type ProblemKey, problemOf } from '../../text/app/problems.ts'

export function useOffers() {
  const offers = useOffersStore()
  const ledger = useLedgerStore()
  const pack = usePackInForce()
  const isOnline = useOnline()
  const clock = useNow()
  const now = computed(() => clock.value + (ledger.base?.clockOffset ?? 0))
  const isRefreshing = ref(false)
  const problem = shallowRef<ProblemKey>()

  async function refresh(): Promise<void> {
    if (isRefreshing.value) return
    isRefreshing.value = true
    try {
      await offers.refresh()
      problem.value = undefined
    } catch (error) {
      problem.value = problemOf(error).code
    }
    isRefreshing.value = false
  }

  // They are everybody's: also of who has no ledger yet, and opens a link to one.
  onMounted(refresh)
  watch(isOnline, (online) => void (online && refresh()))

  const rows = computed(() => offers.rows.map((row) => ({ ...row, facts: factsOf(row) })))

  function factsOf(row: OfferRow) {
    return offerFacts(row, {
      spendable: ledger.projection.spendable,
      had: ledger.projection.expected.bought[row.offer.id] ?? 0,
      now: now.value,
      pointsPerGram: pack.value.reward.pointsPerGram.value,
      fenLeft: fenLeft(row.offer, ledger.projection.expected, now.value),
    })
  }

  return { rows, factsOf, refresh, isRefreshing, problem, isOnline, now }
}
