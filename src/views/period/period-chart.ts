/** A period as bars, split by act or by evidence, and the same as the rows of a table. Pure. */
import { shortActivityName } from '../../components/activity/claim-words.ts'
import { type ActDay, daysWithin, sumsBy } from '../../domain/taking-part/act-days.ts'
import { type Period, type Span, type Step, stepsOf } from '../../domain/taking-part/period.ts'
import { TRUSTS } from '../../domain/taking-part/period-figures.ts'
import type { Language } from '../../text/language.ts'
import { ledgerText } from '../../text/ledger/ledger.ts'
import { periodText } from '../../text/period/period.ts'
import { stepMark, stepName } from '../../text/period/period-name.ts'
import { stackedBy } from '../ledger/chart-of.ts'

/** As many names as fit under the bars of a small phone. */
const MARKS_MAX = { day: 5, week: 5, month: 7 } as const

interface PeriodBar {
  readonly span: Span
  readonly label: string
  readonly mark: string
  /** Grams. */
  readonly values: readonly number[]
}

interface PeriodBars {
  readonly kinds: readonly string[]
  readonly bars: readonly PeriodBar[]
}

export function periodBars(
  days: readonly ActDay[],
  shown: { period: Period; step: Step; split: 'kind' | 'trust'; language: Language },
): PeriodBars {
  const { period, step, split, language } = shown
  const spans = stepsOf(period, step)
  const columns = spans.map(
    (span) =>
      new Map(
        sumsBy(daysWithin(days, span), (part) => (split === 'kind' ? part.code : part.trust))
          .filter(({ grams }) => grams > 0)
          .map(({ name, grams }) => [name, grams]),
      ),
  )
  const { codes, hasOthers, values } = split === 'kind' ? stackedBy(columns) : surestFirst(columns)
  const names = codes.map((code) =>
    split === 'kind' ? shortActivityName(code, language) : trustName(code, language),
  )
  const every = Math.ceil(spans.length / MARKS_MAX[step])
  return {
    kinds: hasOthers ? [...names, periodText[language].others] : names,
    bars: spans.map((span, index) => ({
      span,
      label: stepName(span, { step, of: period, language }),
      mark: index % every === 0 ? stepMark(span, step, language) : '',
      values: values[index] ?? [],
    })),
  }
}

/** All of the evidence that there is, in the order of how sure it is; what a later build has added together at the end. */
function surestFirst(columns: readonly ReadonlyMap<string, number>[]): ReturnType<typeof stackedBy> {
  const codes = TRUSTS.filter((trust) => columns.some((sums) => sums.has(trust)))
  const values = columns.map((sums) => {
    const known = codes.map((trust) => sums.get(trust) ?? 0)
    const whole = [...sums.values()].reduce((sum, grams) => sum + grams, 0)
    return [...known, whole - known.reduce((sum, grams) => sum + grams, 0)]
  })
  const hasOthers = values.some((all) => (all.at(-1) ?? 0) > 0)
  return { codes, hasOthers, values: hasOthers ? values : values.map((all) => all.slice(0, -1)) }
}

/** One that a later build has added is shown as it is. */
export function trustName(trust: string, language: Language): string {
  const known = TRUSTS.find((each) => each === trust)
  if (!known) return trust
  const name = ledgerText[language].trusts[known]
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Whole grams, so that the columns add up to the last cell. */
export function tableOf(
  { kinds, bars }: PeriodBars,
  { step, language }: { step: Step; language: Language },
): (string | number)[][] {
  const t = periodText[language]
  const head = [t.stepHead[step], ...kinds.map((kind) => `${kind} (g)`), t.csvTotal]
  const rows = bars.map(({ label, values }) => [
    label,
    ...values,
    values.reduce((sum, value) => sum + value, 0),
  ])
  return [head, ...rows]
}
