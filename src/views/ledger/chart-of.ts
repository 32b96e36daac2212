/** Grams stacked by act: the three commonest of the whole time by name, the rest together. */
import { monthOfDay } from '../../domain/base/time.ts'
import type { DayRow } from '../../stores/entry-details.ts'

const NAMED_MAX = 3

interface Stacked {
  readonly codes: readonly string[]
  readonly hasOthers: boolean
  /** One list per column, with one value per code, and the others' last. */
  readonly values: readonly (readonly number[])[]
}

interface LedgerChartData extends Pick<Stacked, 'codes' | 'hasOthers'> {
  readonly bars: readonly { readonly month: string; readonly values: readonly number[] }[]
}

export function chartOf(days: readonly DayRow[], months: readonly string[]): LedgerChartData {
  const byMonth = new Map<string, Map<string, number>>(months.map((month) => [month, new Map()]))
  for (const { day, grams } of days) {
    const sums = byMonth.get(monthOfDay(day))
    if (!sums) continue
    for (const [code, value] of Object.entries(grams)) sums.set(code, (sums.get(code) ?? 0) + value)
  }
  const { codes, hasOthers, values } = stackedBy([...byMonth.values()])
  return { codes, hasOthers, bars: months.map((month, index) => ({ month, values: values[index] ?? [] })) }
}

/** @param columns grams by code, a map for each bar */
export function stackedBy(columns: readonly ReadonlyMap<string, number>[]): Stacked {
  const totals = new Map<string, number>()
  for (const sums of columns)
    for (const [code, value] of sums) totals.set(code, (totals.get(code) ?? 0) + value)
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([code]) => code)
  // A fourth alone keeps its name: "other" for one kind would hide more than it saves.
  const codes = ranked.length === NAMED_MAX + 1 ? ranked : ranked.slice(0, NAMED_MAX)
  const rest = ranked.slice(codes.length)
  const values = columns.map((sums) => {
    const own = codes.map((code) => sums.get(code) ?? 0)
    const others = rest.reduce((sum, code) => sum + (sums.get(code) ?? 0), 0)
    return rest.length > 0 ? [...own, others] : own
  })
  return { codes, hasOthers: rest.length > 0, values }
}
