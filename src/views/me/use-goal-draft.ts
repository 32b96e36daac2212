/** The monthly goal on a form: what is saved, until somebody types another one. */
import { computed } from 'vue'
import { useDraft } from '../../stores/drafts.ts'
import { useLedgerStore } from '../../stores/ledger.ts'

/** A tenth of a kilogram; a tonne a month is out of anybody's reach. */
export const GOAL_KG = { min: 0.1, max: 1000 }

/** @param first in kilograms, where there is no goal yet. */
export function useGoalDraft(first: number | null) {
  const ledger = useLedgerStore()
  const { draft, forget } = useDraft<{ kg: number | null; typed: string | null }>('goal', () => ({
    kg: null,
    typed: null,
  }))
  const saved = computed(() => ledger.base?.goalGrams || undefined)
  const savedKg = computed(() => (saved.value === undefined ? first : saved.value / 1000))
  const typed = computed({
    get: () => draft.typed,
    set: (text) => {
      if (draft.typed === null) draft.kg = savedKg.value // what stood there is what was changed
      draft.typed = text
    },
  })
  const kg = computed({
    get: () => (draft.typed === null ? savedKg.value : draft.kg),
    set: (value) => {
      draft.kg = value
      draft.typed ??= value === null ? null : String(value)
    },
  })

  async function save(grams: number): Promise<void> {
    await ledger.setGoal(grams)
    await forget()
  }

  return { kg, typed, saved, isRead: computed(() => ledger.isRead), save }
}
