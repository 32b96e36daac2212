/** The period that the address names, with what is known of it: for its page and for its picture. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useNow } from '../../composables/useNow.ts'
import { dayOf, startOfDay } from '../../domain/base/time.ts'
import { pendingOf } from '../../domain/ledger/pending-sum.ts'
import { packInForce } from '../../domain/methodology/which-pack.ts'
import { daysWithin } from '../../domain/taking-part/act-days.ts'
import { type Period, type Step, shifted } from '../../domain/taking-part/period.ts'
import { periodFigures } from '../../domain/taking-part/period-figures.ts'
import { useActDays } from '../../stores/act-days.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { useServices } from '../../stores/services.ts'
import { language } from '../../text/language.ts'
import { addressOf, readAddress } from './period-address.ts'
import { periodWords } from './period-words.ts'

export function usePeriod() {
  const route = useRoute()
  const router = useRouter()
  const ledger = useLedgerStore()
  const device = useDeviceStore()
  const { packs } = useServices()
  const clock = useNow()
  const now = computed(() => {
    void clock.value
    return ledger.now()
  })
  const today = computed(() => dayOf(now.value))
  const address = computed(() => readAddress(route.query, today.value))
  const period = computed(() => address.value.period)
  /** As text, so that the read starts anew for other days only, and not with each minute of the clock. */
  const from = computed(() => shifted(period.value, -1).from)
  const to = computed(() => period.value.to)
  const read = useActDays(() => ({ from: from.value, to: to.value }))
  const days = computed(() => daysWithin(read.value.value ?? [], period.value))
  const figures = computed(() => periodFigures(read.value.value ?? [], period.value))
  const pending = computed(() => pendingOf(ledger.projection, period.value))
  /** The rules of the period's last day, or of now where it is not over. */
  const pack = computed(() =>
    packInForce(device.city, today.value > period.value.to ? startOfDay(period.value.to) : now.value, packs),
  )
  const words = computed(() =>
    periodWords({
      period: period.value,
      figures: figures.value,
      pending: pending.value,
      today: today.value,
      language: language.value,
      inForce: pack.value,
      packs,
    }),
  )

  function show(next: Period): void {
    void router.replace({ query: addressOf(next, { split: address.value.split }) })
  }

  function change(more: { step?: Step; split?: 'kind' | 'trust' }): void {
    const { step, split } = address.value
    void router.replace({ query: addressOf(period.value, { step, split, ...more }) })
  }

  return {
    today,
    address,
    period,
    days,
    figures,
    pack,
    words,
    /** Rows of this build are there, and what waits is known. */
    /** Of a journal that is still being fetched the figures would be a part. */
    isLoaded: computed(() => ledger.isReady && !ledger.restoring && read.value.value !== undefined),
    show,
    change,
  }
}
