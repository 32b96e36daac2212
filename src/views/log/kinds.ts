/** Which kinds stand as tiles, in which order, and which are only named with the reason why. Pure. */
import type { CityId } from '../../domain/base/city.ts'
import { PER_MILLE } from '../../domain/base/units.ts'
import type { Trust } from '../../domain/evidence/activity.ts'
import { formulaFor } from '../../domain/methodology/formula.ts'
import type { ActivityGroup, Methodology, Pack } from '../../domain/methodology/pack.ts'

export interface Kinds {
  readonly tiles: readonly Methodology[]
  /** Only the report of a linked service counts. */
  readonly byProvider: readonly Methodology[]
  /** The city has none. */
  readonly notHere: readonly Methodology[]
  /** Done on a page of the city, never told in a form. */
  readonly onCityPage: readonly CityPageKind[]
}

/** A person's word for these means nothing: the answer, or the code of the place, is what counts. Each by the last part of its page's address. */
const CITY_PAGES = { quiz: 'quiz', event: 'events' } as const

interface CityPageKind {
  readonly code: keyof typeof CITY_PAGES
  readonly page: (typeof CITY_PAGES)[keyof typeof CITY_PAGES]
}

export function kindsOf(
  pack: Pack,
  group: ActivityGroup,
  { city, first }: { city: CityId; first: readonly string[] },
): Kinds {
  const all = pack.methodologies.filter((methodology) => methodology.group === group)
  const onCityPage = all.flatMap(({ code }) => cityPageOf(code) ?? [])
  const open = all.filter(({ code }) => !cityPageOf(code))
  const byProvider = open.filter((methodology) => !methodology.trusts.includes('manual'))
  const own = open.filter((methodology) => methodology.trusts.includes('manual'))
  const notHere = own.filter(({ cities }) => cities && !cities.includes(city))
  const tiles = own
    .filter((methodology) => !notHere.includes(methodology))
    .sort((a, b) => rank(a, first) - rank(b, first))
  return { tiles, byProvider, notHere, onCityPage }
}

const cityPageOf = (code: string): CityPageKind | undefined =>
  code === 'quiz' || code === 'event' ? { code, page: CITY_PAGES[code] } : undefined

/** Favourites and the most used first; then as the pack has them, with those that give no grams at the end. */
function rank(methodology: Methodology, first: readonly string[]): number {
  const index = first.indexOf(methodology.code)
  if (index >= 0) return index
  return methodology.zero ? 2000 : 1000
}

/**
 * Central grams per unit of the factor, unrounded, as evidence of this kind counts them: of a bicycle's 40.07 g a kilometre half on the
 * person's word. Null where nothing is counted, or not by this evidence.
 */
export function gramsPerUnit(methodology: Methodology, pack: Pack, trust: Trust): number | null {
  if (!methodology.trusts.includes(trust)) return null
  const formula = formulaFor(methodology, methodology.unitSize, { pack, trust })
  if (!formula) return null
  const share = formula.evidence / PER_MILLE
  if (formula.kind === 'fixed') return (formula.mgPerUnit / 1000) * share
  const savedMgPerKm = Math.max(0, formula.baselineMgPerKm - formula.projectMgPerKm)
  return ((savedMgPerKm * formula.substitution) / 1_000_000) * share
}
