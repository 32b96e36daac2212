/** The formula as short cells in reading order: 8.9 km × (79 − 8.7) g/km × 57% × 50%. Words come from the caller's language. */
import type { Quantity } from '../../domain/evidence/activity.ts'
import type { Explanation, Term, TermKey } from '../../domain/methodology/explain.ts'
import { activityText } from '../../text/activity/activities.ts'
import { whyText } from '../../text/activity/why.ts'
import { formatNumber, formatPerMille } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { quantityWords } from './claim-words.ts'

interface Cell {
  readonly key: string
  readonly value: string
  readonly label: string
}

const gap = '\u00a0'

/** A figure of the pack in grams: 8,700 mg/km is 8.7 g/km. */
export function termValue(term: Term, code: string, language: Language): string {
  const { unit, value } = term
  switch (unit) {
    case 'per_mille':
      return formatPerMille(value, language)
    case 'mg_per_km':
    case 'mg_per_kwh':
    case 'mg_per_kg':
    case 'mg_per_time':
      return `${formatNumber(value / 1000, language, 3)}${gap}${activityText[language].factorUnits[unit]}`
    default:
      return quantityWords({ value, unit } satisfies Quantity, code, language)
  }
}

export function termRange(term: Term, language: Language): string | undefined {
  if (!term.range) return undefined
  const { low, high } = term.range
  return `${formatNumber(low / 1000, language, 3)}–${formatNumber(high / 1000, language, 3)}`
}

export function formulaCells({ terms }: Explanation, code: string, language: Language): readonly Cell[] {
  const words = whyText[language]
  const of = (key: TermKey): Term | undefined => terms.find((term) => term.key === key)
  const cells: Cell[] = []
  const quantity = of('quantity')
  if (quantity) {
    const label = words.quantity[quantity.unit as Quantity['unit']]
    cells.push({ key: 'quantity', value: termValue(quantity, code, language), label })
  }
  const [baseline, project] = [of('baseline'), of('project')]
  if (baseline && project) {
    const number = (term: Term) => formatNumber(term.value / 1000, language, 3)
    const value = `(${number(baseline)}${gap}−${gap}${number(project)})${gap}g`
    cells.push({ key: 'saved', value, label: words.saved })
  }
  const reduction = of('reduction')
  if (reduction)
    cells.push({ key: 'reduction', value: termValue(reduction, code, language), label: words.reduction })
  for (const key of ['substitution', 'evidence'] as const) {
    const term = of(key)
    // A factor of one says nothing, but for the evidence, which people compare.
    if (!term || (key === 'substitution' && term.value === 1000)) continue
    cells.push({ key, value: termValue(term, code, language), label: words[key] })
  }
  return cells
}
