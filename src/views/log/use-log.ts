/** The 记录 page's one line of thought: draft → claim → estimate and limits → record → result, and back by Undo. */
import { computed, ref, shallowRef } from 'vue'
import { shortActivityName } from '../../components/activity/claim-words.ts'
import { useElder } from '../../composables/useElder.ts'
import { useToast } from '../../composables/useToast.ts'
import { type CityId, DEFAULT_CITY } from '../../domain/base/city.ts'
import type { CommandId } from '../../domain/base/ids.ts'
import { dayOf } from '../../domain/base/time.ts'
import type { ActivityClaim } from '../../domain/evidence/activity.ts'
import type { Assessment } from '../../domain/methodology/assess.ts'
import type { Methodology, Pack } from '../../domain/methodology/pack.ts'
import { useActLog } from '../../stores/act-log.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { type LogDraft, useLogDraftStore } from '../../stores/log-draft.ts'
import { isQuotaError } from '../../stores/quota-error.ts'
import { useText } from '../../text/define-text.ts'
import { language } from '../../text/language.ts'
import { logText } from '../../text/log/log.ts'
import { claimOfDraft } from './draft-claim.ts'
import { limitLines } from './limit-line.ts'

export interface Recorded {
  readonly id: CommandId
  readonly claim: ActivityClaim
  /** As it was shown before the tap. */
  readonly assessment: Assessment
}

export function useLog(now: () => number, methodology: () => Methodology | undefined, pack: () => Pack) {
  const t = useText(logText)
  const ledger = useLedgerStore()
  const acts = useActLog()
  const device = useDeviceStore()
  const store = useLogDraftStore()
  const toast = useToast()
  const { isElder } = useElder()

  const isBusy = ref(false)
  const problem = ref<'quota' | 'failed' | null>(null)
  const recorded = shallowRef<Recorded>()
  const isResultOpen = ref(false)
  let kept: LogDraft | undefined

  const home = computed<CityId>(() => device.city ?? DEFAULT_CITY)
  const made = computed(() => {
    const chosen = methodology()
    return (
      chosen &&
      claimOfDraft(store.draft, {
        ...{ methodology: chosen, pack: pack(), home: home.value, now: now() },
        isAllGiven: isElder.value,
      })
    )
  })
  const claim = computed(() => (made.value && 'claim' in made.value ? made.value.claim : undefined))
  const missing = computed(() => (made.value && 'missing' in made.value ? made.value.missing : undefined))
  const estimate = computed(() => (claim.value ? ledger.estimate(claim.value) : undefined))
  const limits = computed(() => {
    const chosen = methodology()
    // Of what does not count at all, no limit is of interest.
    if (!chosen || estimate.value?.verdict === 'rejected') return []
    const at = claim.value?.startedAt ?? now()
    const left = ledger.limitsFor(chosen.code, claim.value?.evidence.trust ?? 'manual', at)
    const name = shortActivityName(chosen.code, language.value)
    const isWeek = chosen.kind === 'fixed' && chosen.daysPerAct !== undefined
    const when = isWeek ? 'thisRecord' : dayOf(at) === dayOf(now()) ? 'today' : 'thatDay'
    return limitLines(left, { code: chosen.code, name, when, language: language.value })
  })

  /** The form is emptied only once the row is written: a full phone loses nothing. */
  async function record(): Promise<void> {
    const asked = claim.value
    if (!asked || isBusy.value) return
    isBusy.value = true
    problem.value = null
    try {
      const assessment = estimate.value ?? (await ledger.estimateSoon(asked))
      const id = await acts.record(asked)
      kept = store.snapshot()
      store.clear()
      recorded.value = { id, claim: asked, assessment }
      isResultOpen.value = true
    } catch (error) {
      problem.value = isQuotaError(error) ? 'quota' : 'failed'
    } finally {
      isBusy.value = false
    }
  }

  async function undo(): Promise<void> {
    if (!recorded.value) return
    const result = await acts.undo(recorded.value.id)
    if (kept) store.restore(kept)
    isResultOpen.value = false
    toast.show({ text: result === 'forgotten' ? t.value.result.undone : t.value.result.undoAsked })
  }

  return { home, claim, missing, estimate, limits, isBusy, problem, recorded, isResultOpen, record, undo }
}
