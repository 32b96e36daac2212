/** The answers as they stand on the form, kept on this phone with the ledger that is open, and what they come to. */
import { computed } from 'vue'
import { factorsBy } from '../../../content/footprint/factors.ts'
import {
  type AnswerName,
  type Answers,
  footprintOf,
  largestSavings,
  NO_ANSWERS,
} from '../../../content/footprint/footprint.ts'
import { useDraft } from '../../../stores/drafts.ts'
import { usePackInForce } from '../../../stores/pack-in-force.ts'

type Typed = { readonly [Name in AnswerName as `${Name}Typed`]: string | null }
type Draft = { -readonly [Key in keyof (Answers & Typed)]: (Answers & Typed)[Key] }

const NAMES = Object.keys(NO_ANSWERS) as AnswerName[]
const noDraft = (): Draft => ({
  ...NO_ANSWERS,
  ...(Object.fromEntries(NAMES.map((name) => [`${name}Typed`, null])) as Typed),
})

export function useFootprint() {
  const { draft, forget } = useDraft('footprint', noDraft)
  const pack = usePackInForce()
  const factors = computed(() => factorsBy(pack.value))
  return {
    draft,
    forget,
    footprint: computed(() => footprintOf(draft, factors.value)),
    savings: computed(() => largestSavings(draft, factors.value)),
  }
}
