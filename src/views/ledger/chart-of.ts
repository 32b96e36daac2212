/** Grams by month and act, of days: the three commonest acts of the whole time by name, the rest together. */
import { monthOfDay } from '../../domain/base/time.ts'
import type { DayRow } from '../../stores/entry-details.ts'

const NAMED_MAX = 3

interface LedgerChartData {
  readonly codes: readonly string[]
  readonly hasOthers: boolean
  readonly bars: readonly { readonly month: string; readonly values: readonly number[] }[]
}

export function chartOf(days: readonly DayRow[], months: readonly string[]): LedgerChartData {
  const byMonth = new Map<string, Map<string, number>>(months.map((month) => [month, new Map()]))
  const totals = new Map<string, number>()
  for (const { day, grams } of days) {
    const sums = byMonth.get(monthOfDay(day))
    if (!sums) continue
    for (const [code, value] of Object.entries(grams)) {
      sums.set(code, (sums.get(code) ?? 0) + value)
      totals.set(code, (totals.get(code) ?? 0) + value)
    }
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([code]) => code)
  // A fourth alone keeps its name: "other" for one kind would hide more than it saves.
  const codes = ranked.length === NAMED_MAX + 1 ? ranked : ranked.slice(0, NAMED_MAX)
  const rest = ranked.slice(codes.length)
  const bars = months.map((month) => {
    const sums = byMonth.get(month) as Map<string, number>
    const values = codes.map((code) => sums.get(code) ?? 0)
    const others = rest.reduce((sum, code) => sum + (sums.get(code) ?? 0), 0)
    return { month, values: rest.length > 0 ? [...values, others] : values }
  })
  return { codes, hasOthers: rest.length > 0, bars }
}
