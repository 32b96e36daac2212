/** Offers as a person meets them: with what follows from their points, asked for anew on each visit, kept when that fails. */
import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import { offerFacts } from '../../components/offer/offer-facts.ts'
import { useNow } from '../../composables/useNow.ts'
import { useOnline } from '../../composables/useOnline.ts'
import { fenLeft } from '../../domain/offers/value-limits.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { type OfferRow, useOffersStore } from '../../stores/offers.ts'
import { usePackInForce } from '../../stores/pack-in-force.ts'
import { type ProblemKey, problemOf, problemText } from '../../text/app/problems.ts'
import { useText } from '../../text/define-text.ts'

export function useOffers() {
  const offers = useOffersStore()
  const ledger = useLedgerStore()
  const pack = usePackInForce()
  const isOnline = useOnline()
  const clock = useNow()
  const now = computed(() => clock.value + (ledger.base?.clockOffset ?? 0))
  const isRefreshing = ref(false)
  const failure = shallowRef<ProblemKey>()
  const words = useText(problemText)
  /** Why they could not be asked for, in words. A backend that does not answer is no missing network. */
  const problem = computed(() => {
    if (failure.value === undefined) return undefined
    const isUnanswered = failure.value === 'offline' && isOnline.value
    return isUnanswered ? words.value.unanswered : words.value.problems[failure.value]
  })

  async function refresh(): Promise<void> {
    if (isRefreshing.value) return
    isRefreshing.value = true
    try {
      await offers.refresh()
      failure.value = undefined
    } catch (error) {
      failure.value = problemOf(error).code
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
