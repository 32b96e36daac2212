/**
 * One concept in the words of several cities side by side, and what speaks against reading the numbers as a ranking. Differences
 * that the data show (base year, years, unit, bound, measured or only aimed at) are found here; those of meaning are written in the map.
 */
import { type Concept, type ConceptEntry, concepts } from './concepts.ts'
import { pointsOf, type YearPoint } from './indicator-points.ts'
import type { CityPack, Indicator } from './schema.ts'

export type Difference = 'scope' | 'base' | 'years' | 'unit' | 'bound' | 'measured'

export interface ComparedRow {
  /** As in the pack: `weifang`. */
  readonly city: string
  readonly entry: ConceptEntry
  readonly indicator: Indicator
  readonly points: readonly YearPoint[]
}

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  /** Chosen cities whose document says nothing of it. */
  readonly absent: readonly string[]
  /** Those of them that say the like under the concept's `likewise`. */
  readonly saidLikewise: readonly string[]
  readonly differences: readonly Difference[]
}

/** Rows stand in the order of the packs. */
export function compare(concept: Concept, packs: readonly CityPack[]): Comparison {
  const rows = packs.flatMap((pack) =>
    concept.entries.flatMap((entry) => {
      const indicator = pack.indicators.find((one) => one.id === entry.indicator)
      return indicator ? [{ city: pack.city.id, entry, indicator, points: pointsOf(indicator) }] : []
    }),
  )
  const named = new Set(rows.map((row) => row.city))
  const without = packs.filter((pack) => !named.has(pack.city.id))
  const likewise = concepts.find((one) => one.id === concept.likewise)?.entries.map((one) => one.indicator)
  return {
    rows,
    absent: without.map((pack) => pack.city.id),
    saidLikewise: without
      .filter((pack) => pack.indicators.some((one) => likewise?.includes(one.id)))
      .map((pack) => pack.city.id),
    differences: differencesOf(rows),
  }
}

/** More than one city has it, so there is something to set side by side. */
export function isShared({ rows }: Comparison): boolean {
  return new Set(rows.map((row) => row.city)).size > 1
}

export function valuesOf(row: ComparedRow): YearPoint[] {
  return row.points.filter((point) => point.value !== undefined)
}

function differencesOf(rows: readonly ComparedRow[]): Difference[] {
  const valued = rows.filter((row) => valuesOf(row).length > 0)
  const differ = (mark: (row: ComparedRow) => string): boolean => new Set(valued.map(mark)).size > 1
  const isDifferent: Record<Difference, boolean> = {
    scope: rows.some((row) => row.entry.scopeZh !== undefined),
    base: differ((row) => String(row.indicator.base ?? '')),
    years: differ((row) => String(valuesOf(row).map((point) => point.year))),
    unit: differ((row) => row.indicator.unit),
    bound: differ((row) => String(valuesOf(row).at(-1)?.comparator ?? '=')),
    measured: differ((row) => String(valuesOf(row).some((point) => point.state === 'measured'))),
  }
  return (Object.keys(isDifferent) as Difference[]).filter((each) => isDifferent[each])
}
