/** Several trips of one file: each with its kind, estimated on its own, the chosen ones recorded together. A full phone loses none. */
import { computed, ref } from 'vue'
import { useToast } from '../../composables/useToast.ts'
import type { CityId } from '../../domain/base/city.ts'
import type { CommandId } from '../../domain/base/ids.ts'
import { methodologyOf } from '../../domain/methodology/pack.ts'
import { useActLog } from '../../stores/act-log.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { type DraftTrip, useLogDraftStore } from '../../stores/log-draft.ts'
import { usePackInForce } from '../../stores/pack-in-force.ts'
import { isQuotaError } from '../../stores/quota-error.ts'
import { useText } from '../../text/define-text.ts'
import { logText } from '../../text/log/log.ts'
import { trackClaim, trackMetrics } from './draft-claim.ts'

export function useTrips(home: () => CityId) {
  const t = useText(logText)
  const ledger = useLedgerStore()
  const acts = useActLog()
  const { draft } = useLogDraftStore()
  const toast = useToast()
  const pack = usePackInForce()
  const progress = ref<{ done: number; all: number } | null>(null)
  const problem = ref<'quota' | 'failed' | null>(null)

  /** Kinds that a track can bear out. */
  const kinds = computed(() =>
    pack.value.methodologies.filter(({ kind, trusts }) => kind === 'travel' && trusts.includes('import')),
  )

  const rows = computed(() =>
    (draft.trips ?? []).flatMap((trip) => {
      const methodology = methodologyOf(pack.value, trip.code)
      if (!methodology) return []
      const claim = trackClaim(trip.track, methodology, { code: trip.code, city: draft.city ?? home() })
      const metrics = trackMetrics(trip.track, methodology)
      const estimate = ledger.estimate(claim)
      return estimate ? [{ trip, claim, metrics, estimate }] : [] // its days come in a moment
    }),
  )
  const chosen = computed(() => rows.value.filter(({ trip }) => trip.isChosen))

  /** One after another, in order of time: what is written leaves the list at once, so that a second tap doubles nothing. */
  async function record(): Promise<void> {
    const asked = chosen.value
    const kept = draft.trips
    if (asked.length === 0 || progress.value || !kept) return
    problem.value = null
    progress.value = { done: 0, all: asked.length }
    const ids: CommandId[] = []
    try {
      for (const { trip, claim } of asked) {
        ids.push(await acts.record(claim))
        draft.trips = draft.trips?.filter((other) => other !== trip) ?? null
        progress.value = { done: ids.length, all: asked.length }
      }
      draft.trips = null
      toast.show({ text: t.value.trips.done(ids.length), action: undoOf(ids, kept) })
    } catch (error) {
      problem.value = isQuotaError(error) ? 'quota' : 'failed'
    } finally {
      progress.value = null
    }
  }

  function undoOf(ids: readonly CommandId[], kept: DraftTrip[]) {
    const run = async () => {
      const results: string[] = []
      for (const id of ids) results.push(await acts.undo(id))
      draft.trips = kept
      const isGone = results.every((result) => result === 'forgotten')
      toast.show({ text: isGone ? t.value.result.undone : t.value.result.undoAsked })
    }
    return { label: t.value.trips.undo, run }
  }

  return { kinds, rows, chosen, progress, problem, record }
}
