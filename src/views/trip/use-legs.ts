/** An ended trip: read from the phone, cut into legs off the page's thread, each with its kind and what it would earn; logged together, and taken back. */
import { computed, ref, shallowRef, watch } from 'vue'
import { logTrip, takeTripBack } from '../../actions/log-trip.ts'
import { useToast } from '../../composables/useToast.ts'
import { DEFAULT_CITY } from '../../domain/base/city.ts'
import type { CommandId } from '../../domain/base/ids.ts'
import { type LiveTrip, sectionsOf, type TripFix } from '../../domain/evidence/live-trip.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useDraft } from '../../stores/drafts.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { usePackInForce } from '../../stores/pack-in-force.ts'
import { isQuotaError } from '../../stores/quota-error.ts'
import { useTripStore } from '../../stores/trip.ts'
import { useText } from '../../text/define-text.ts'
import { tripText } from '../../text/log/trip.ts'
import { importTrackInWorker } from '../../tracks/import-in-worker.ts'
import { type ReadTrip, tripsRead } from '../log/read-track.ts'
import { legClaim, likelyWay, SKIPPED, type Way, waysOf } from './leg-claim.ts'

export function useLegs(trip: () => LiveTrip) {
  const t = useText(tripText)
  const trips = useTripStore()
  const ledger = useLedgerStore()
  const device = useDeviceStore()
  const pack = usePackInForce()
  const toast = useToast()
  const fixes = shallowRef<readonly TripFix[]>([])
  const read = shallowRef<readonly ReadTrip[]>()
  const hasFailed = ref(false)
  const isBusy = ref(false)
  const problem = ref<'quota' | 'failed' | null>(null)
  const home = computed(() => device.city ?? DEFAULT_CITY)
  /** What the person has said of each leg, by its digest. */
  const { draft, forget } = useDraft<{ ways: Record<string, Way> }>(
    () => `trip-${trip().startedAt}`,
    () => ({ ways: {} }),
    { restore: (stored) => ({ ways: waysIn(stored) }) },
  )

  async function readLegs(): Promise<void> {
    hasFailed.value = false
    try {
      fixes.value = await trips.fixesOf(trip().startedAt)
      read.value = fixes.value.length < 2 ? [] : await legsOf(trip(), fixes.value)
    } catch {
      hasFailed.value = true
    }
  }
  watch(() => [trip().startedAt, trip().marks.length, trips.db], readLegs, { immediate: true })

  const legs = computed(() =>
    (read.value ?? []).map((leg) => {
      const way = draft.ways[leg.track.digest] ?? likelyWay(leg)
      const made =
        way === SKIPPED ? undefined : legClaim(leg.track, way, { pack: pack.value, home: home.value })
      const estimate = made && ledger.estimate(made.claim)
      return { leg, way, ways: waysOf(pack.value, leg.kind, home.value), made, estimate }
    }),
  )
  const claims = computed(() => legs.value.flatMap(({ made }) => (made ? [made.claim] : [])))

  function choose(leg: ReadTrip, way: Way): void {
    draft.ways[leg.track.digest] = way
  }

  async function log(): Promise<void> {
    if (isBusy.value || claims.value.length === 0) return
    isBusy.value = true
    problem.value = null
    const { startedAt } = trip()
    try {
      const ids = await ledger.act((context) => logTrip(context, startedAt, claims.value))
      await forget()
      toast.show({ text: t.value.done(ids.length), action: undoOf(startedAt, ids) })
    } catch (error) {
      problem.value = isQuotaError(error) ? 'quota' : 'failed'
    } finally {
      isBusy.value = false
    }
  }

  function undoOf(startedAt: number, ids: readonly CommandId[]) {
    const run = async () => {
      const result = await ledger.act((context) => takeTripBack(context, startedAt, ids))
      toast.show({ text: result === 'forgotten' ? t.value.undone : t.value.undoAsked })
    }
    return { label: t.value.undo, run }
  }

  return { fixes, read, hasFailed, legs, claims, isBusy, problem, readLegs, choose, log, forget }
}

async function legsOf(trip: LiveTrip, fixes: readonly TripFix[]): Promise<ReadTrip[]> {
  const content = {
    format: 'live',
    sections: sectionsOf(trip, fixes),
    paused: [],
    localTimes: 'none',
    leftOut: {},
    planned: 0,
  } as const
  const result = await importTrackInWorker({ content }, {})
  return result.status === 'ok' ? tripsRead(result, '') : []
}

function waysIn(stored: unknown): Record<string, Way> {
  const ways = typeof stored === 'object' && stored !== null && 'ways' in stored ? stored.ways : {}
  const entries = Object.entries(typeof ways === 'object' && ways !== null ? ways : {})
  return Object.fromEntries(entries.filter(([, way]) => typeof way === 'string'))
}
