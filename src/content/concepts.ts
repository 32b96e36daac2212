/**
 * Which indicators of different cities mean the same thing, picked by hand in `concepts.json`. Where a city counts it in another way, the
 * entry says how; what the numbers themselves show (other base year, years, bound) is found by `compare`. Nothing is converted: a concept has one unit.
 */
import list from './concepts.json' with { type: 'json' }
import type { Domain } from './schema.ts'

export interface ConceptEntry {
  readonly indicator: string
  /** What this city counts otherwise than the concept's name says. */
  readonly scopeZh?: string
  readonly scopeEn?: string
}

export interface Concept {
  readonly id: string
  readonly domain: Domain
  readonly nameZh: string
  readonly nameEn: string
  /** What it measures, as one would tell a neighbour. */
  readonly plainZh: string
  readonly plainEn: string
  /** The concept under which a city that lacks this one may have said the like. */
  readonly likewise?: string
  readonly entries: readonly ConceptEntry[]
}

export const concepts = list as readonly Concept[]

/** The concept an indicator belongs to, so that its picture can lead to the comparison. */
export function conceptOf(indicator: string): Concept | undefined {
  return concepts.find((one) => one.entries.some((entry) => entry.indicator === indicator))
}
