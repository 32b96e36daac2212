/** What is known of an indicator in each year: measured, aimed at, left to the province, said in words, or not published. */
import type { Comparator, Indicator } from './schema.ts'

export interface YearPoint {
  readonly year: number
  readonly state: 'measured' | 'target' | 'province' | 'words' | 'none'
  readonly value?: number
  readonly max?: number | undefined
  readonly isEstimate?: boolean
  readonly comparator?: Comparator | null | undefined
}

/** Something to draw or to say, beyond that the document has nothing. */
export function isSaid(point: YearPoint): boolean {
  return point.state !== 'none'
}

export function pointsOf(one: Indicator): YearPoint[] {
  const points = [
    point(one, 2020, one.value2020),
    point(one, 2025, one.target2025),
    point(one, 2030, one.target2030),
  ]
  return one.target2035 === undefined ? points : [...points, point(one, 2035, one.target2035)]
}

function point(one: Indicator, year: number, value: number | null): YearPoint {
  if (value === null) {
    if (one.setByProvince?.includes(year)) return { year, state: 'province' }
    return { year, state: one.inWords?.year === year ? 'words' : 'none' }
  }
  if (year === 2020) {
    const isEstimate = one.isEstimate2020 === true
    return { year, state: 'measured', value, isEstimate, comparator: one.comparator2020 }
  }
  return {
    year,
    state: 'target',
    value,
    max: year === 2025 ? one.target2025Max : undefined,
    comparator: year === 2030 ? (one.comparator2030 ?? one.comparator) : one.comparator,
  }
}

/**
 * Height of a value in the picture, 0 to 1, always from zero so that a small step does not look like a leap.
 * A share of something is drawn against the whole when it comes near it.
 */
export function heightIn(points: readonly YearPoint[], unit: string): (value: number) => number {
  const top = Math.max(...points.flatMap((one) => [one.value ?? 0, one.max ?? 0]))
  const full = unit === '%' && top >= 50 && top <= 100 ? 100 : top
  return (value) => (full > 0 ? value / full : 0)
}
