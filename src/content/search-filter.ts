/** Filters of a search, and how many finds each choice would leave: counted with all other filters as they are, so that no number promises too much. */
import { CITY_IDS, type CityId } from '../domain/base/city.ts'
import type { Audience, Domain } from './schema.ts'
import type { SearchRow } from './search-rows.ts'

export interface SearchFilter {
  readonly city?: CityId | undefined
  readonly domain?: Domain | undefined
  readonly audience?: Audience | undefined
  readonly year?: number | undefined
}

export type FilterName = keyof SearchFilter

/** For each filter, how many finds a choice leaves. A record of two years counts under both. */
export type FilterCounts = {
  readonly [Name in FilterName]: ReadonlyMap<NonNullable<SearchFilter[Name]>, number>
}

type Value = CityId | Domain | Audience | number

const VALUES: { readonly [Name in FilterName]-?: (row: SearchRow) => readonly Value[] } = {
  // What holds everywhere holds in each.
  city: (row) => (row.city ? [row.city] : CITY_IDS),
  domain: (row) => (row.domain ? [row.domain] : []),
  audience: (row) => (row.audience ? [row.audience] : []),
  year: (row) => row.years,
}

const NAMES = Object.keys(VALUES) as FilterName[]

/** @param rows the finds before any filter, best first. */
export function applyFilter(
  rows: readonly SearchRow[],
  filter: SearchFilter,
): { rows: SearchRow[]; counts: FilterCounts } {
  const counts = { city: new Map(), domain: new Map(), audience: new Map(), year: new Map() }
  const kept = rows.filter((row) => {
    const misses = NAMES.filter((name) => {
      const wanted = filter[name]
      return wanted !== undefined && !VALUES[name](row).includes(wanted)
    })
    for (const name of NAMES) {
      if (misses.some((missed) => missed !== name)) continue
      for (const value of VALUES[name](row)) counts[name].set(value, (counts[name].get(value) ?? 0) + 1)
    }
    return misses.length === 0
  })
  return { rows: kept, counts }
}
