/** One tap: the same act again, with the time now, and Undo in the toast. What would not count is not logged but said. */
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { claimWords } from '../../components/activity/claim-words.ts'
import { repeatClaim } from '../../components/activity/usual-acts.ts'
import { useToast } from '../../composables/useToast.ts'
import type { ActivityId } from '../../domain/base/ids.ts'
import type { PastAct } from '../../domain/evidence/past-act.ts'
import { isAssessmentCode } from '../../domain/methodology/effect.ts'
import { useActLog } from '../../stores/act-log.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { loadEstimator } from '../../stores/estimates.ts'
import { useLedgerStore } from '../../stores/ledger.ts'
import { usePackInForce } from '../../stores/pack-in-force.ts'
import { isQuotaError } from '../../stores/quota-error.ts'
import { assessmentReasonText } from '../../text/activity/assessment-reasons.ts'
import { useText } from '../../text/define-text.ts'
import { formatChange } from '../../text/format.ts'
import { homeMoreText } from '../../text/home/home-more.ts'
import { language } from '../../text/language.ts'

export function useRepeat() {
  const t = useText(homeMoreText)
  const reasons = useText(assessmentReasonText)
  const ledger = useLedgerStore()
  const acts = useActLog()
  const pack = usePackInForce()
  const device = useDeviceStore()
  const router = useRouter()
  const toast = useToast()
  const busyKey = ref('')

  async function repeat(act: PastAct, key: string): Promise<void> {
    const { city } = device
    if (!city || busyKey.value) return
    busyKey.value = key
    try {
      await loadEstimator()
      const claim = repeatClaim(act, { pack: pack.value, city, now: ledger.phoneNow() })
      const { verdict, points, reasons: why } = await ledger.estimateSoon(claim)
      if (verdict === 'rejected') return sayWhy(act, why[0])
      const id = await acts.record(claim)
      const words = claimWords(act, language.value)
      const text =
        points > 0 ? t.value.logged(words, formatChange(points, language.value)) : t.value.loggedZero(words)
      toast.show({ text, action: { label: t.value.undo, run: () => undo(id) } })
    } catch (error) {
      toast.show({ text: isQuotaError(error) ? t.value.quota : t.value.failed })
    } finally {
      busyKey.value = ''
    }
  }

  async function undo(id: ActivityId): Promise<void> {
    const result = await acts.undo(id)
    toast.show({ text: result === 'forgotten' ? t.value.undone : t.value.undoAsked })
  }

  async function change(act: PastAct): Promise<void> {
    const { openFilled } = await import('../log/open-filled.ts')
    await openFilled(act, router)
  }

  function sayWhy(
    act: PastAct,
    reason: { code: string; numbers?: Readonly<Record<string, number>> } | undefined,
  ): void {
    const words =
      reason && isAssessmentCode(reason.code) ? reasons.value[reason.code](reason.numbers, 'metre') : ''
    const action = { label: t.value.change, run: () => change(act) }
    toast.show({ text: t.value.notLogged(words), action })
  }

  return { repeat, busyKey }
}
