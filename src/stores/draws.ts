/** Draws: entering and leaving, what is published of one, and its check on this phone. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { DrawFindings, OwnEntry } from '../actions/check-draw.ts'
import { enterDraw, leaveDraw } from '../actions/enter-draw.ts'
import { useOnline } from '../composables/useOnline.ts'
import type { DrawAnswer } from '../contract/draws.ts'
import { openDetail } from '../domain/ledger/open-record.ts'
import type { DrawEntry, DrawnDetail } from '../domain/ledger/record.ts'
import type { EntryId } from '../domain/offers/draw.ts'
import type { Offer } from '../domain/offers/offer.ts'
import { useEntry } from './history.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'

export type { DrawFindings } from '../actions/check-draw.ts'

export function useDrawActions() {
  const ledger = useLedgerStore()
  return {
    enter: (offer: Offer) => ledger.act((context) => enterDraw(context, offer)),
    leave: (entryId: EntryId) => ledger.act((context) => leaveDraw(context, entryId)),
  }
}

/** One's own entry as the journal has it: its record, and the one that says how it came out. */
export function useOwnEntry(id: () => string) {
  const { value: record } = useEntry(id)
  const later = computed(() => record.value?.later.findLast(({ kind }) => kind.startsWith('draw.')))
  const { value: laterRecord } = useEntry(() => later.value?.id ?? '')
  const entry = computed(() => {
    const { row, entry: shown } = record.value ?? {}
    return row && shown?.kind === 'draw.enter' ? openDetail(row.detail) : undefined
  })
  return {
    record,
    /** Undefined for what is no entry, or was refused. */
    entered: computed<DrawEntry | undefined>(() => entry.value?.entry),
    reasons: computed(() =>
      record.value?.entry.outcome === 'refused' ? (entry.value?.reasons ?? []) : undefined,
    ),
    outcome: computed(() => later.value?.kind),
    /** The voucher of one that was drawn goes by its record. */
    outcomeId: computed(() => later.value?.id),
    drawn: computed<DrawnDetail | undefined>(() => openDetail(laterRecord.value?.row.detail)?.drawn),
  }
}

/** Asked for anew with each visit; what was told stays on the screen when that fails. */
export function usePublishedDraw(of: () => { offerId: string; version: number } | undefined) {
  const services = useServices()
  const told = shallowRef<DrawAnswer>()
  const hasFailed = ref(false)
  const isUnknown = ref(false)

  async function refresh(): Promise<void> {
    const asked = of()
    if (!asked) return
    try {
      const answer = await (await services.backend()).draw(asked.offerId, asked.version)
      if (of()?.offerId === asked.offerId && of()?.version === asked.version) {
        told.value = answer
        isUnknown.value = answer === undefined
      }
      hasFailed.value = false
    } catch {
      hasFailed.value = true
    }
  }
  const isOnline = useOnline()
  watch(
    () => `${of()?.offerId} ${of()?.version}`,
    () => void refresh(),
    { immediate: true },
  )
  watch(isOnline, (online) => void (online && refresh()))
  return { told, hasFailed, isUnknown, refresh }
}

/** Undefined: not all of it is published, or this browser has no digests. What was promised stands in one's own record; without one, as it is told now. */
export async function checkPublished(
  { rooted, result, ...told }: DrawAnswer,
  own?: OwnEntry,
): Promise<DrawFindings | undefined> {
  if (!rooted || !result) return undefined
  const { checkPublishedDraw } = await import('../actions/check-draw.ts') // signatures are a heavy chunk that the page does not need
  const { commitment, pieces } = own?.entered.offer.draw ?? told
  return checkPublishedDraw(useServices().device, { ...told, ...rooted, ...result, commitment, pieces }, own)
}
