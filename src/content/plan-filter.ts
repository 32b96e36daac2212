/** Which indicators and measures of a plan have a target year, or a body that answers for them; and how many each choice would leave. */
import { pointsOf } from './indicator-points.ts'
import type { CityPack, Indicator, Measure } from './schema.ts'

/** The years that the plans set their targets for. */
export const PLAN_YEARS = [2025, 2030] as const
type PlanYear = (typeof PLAN_YEARS)[number]

export interface PlanFilter {
  readonly year?: PlanYear | undefined
  /** As the plan prints it. */
  readonly body?: string | undefined
}

/** A city, or a part of it such as one field; the plan's bodies are always those of the whole. */
export interface PlanRows {
  readonly indicators: readonly Indicator[]
  readonly measures: readonly Measure[]
}

export interface PlanChoices {
  readonly years: readonly { readonly value: PlanYear; readonly count: number }[]
  /** Those with most to do first. */
  readonly bodies: readonly { readonly value: string; readonly count: number }[]
}

/** Whether the plan names any body at all; two of the five do not. */
export function namesBodies(pack: CityPack): boolean {
  return pack.measures.some(({ agencies }) => agencies.length > 0)
}

/**
 * The plans print their bodies once for a section and name none for a single indicator: those of the section's measures answer for its
 * indicators too.
 */
export function bodiesOf(pack: CityPack, one: Indicator): readonly string[] {
  const beside = pack.measures.filter(({ section }) => section === one.section)
  return [...new Set(beside.flatMap(({ agencies }) => agencies))]
}

export function filterPlan(pack: CityPack, { indicators, measures }: PlanRows, filter: PlanFilter): PlanRows {
  const { year, body } = filter
  return {
    indicators: indicators.filter(
      (one) =>
        (year === undefined || hasTarget(one, year)) &&
        (body === undefined || bodiesOf(pack, one).includes(body)),
    ),
    measures: measures.filter(
      (one) =>
        (year === undefined || one.figures.some((figure) => figure.year === year)) &&
        (body === undefined || one.agencies.includes(body)),
    ),
  }
}

/** Each counted with the other filter as it is, so that no number promises too much. */
export function planChoices(pack: CityPack, rows: PlanRows, { year, body }: PlanFilter): PlanChoices {
  const inBody = filterPlan(pack, rows, { body })
  const inYear = filterPlan(pack, rows, { year })
  const named = [
    ...inYear.measures.map(({ agencies }) => agencies),
    ...inYear.indicators.map((one) => bodiesOf(pack, one)),
  ]
  const counts = new Map<string, number>()
  for (const one of named.flat()) counts.set(one, (counts.get(one) ?? 0) + 1)
  return {
    years: PLAN_YEARS.map((value) => ({ value, count: sizeOf(filterPlan(pack, inBody, { year: value })) })),
    bodies: [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
  }
}

function sizeOf({ indicators, measures }: PlanRows): number {
  return indicators.length + measures.length
}

/** A number, a target in words, or one that the province sets. */
function hasTarget(one: Indicator, year: PlanYear): boolean {
  return pointsOf(one).some((point) => point.year === year && point.state !== 'none')
}
