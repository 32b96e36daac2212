/** Everything in a city's pack that has a year, in order: values and targets of indicators, figures of measures, dated steps. */
import { pointsOf, type YearPoint } from './indicator-points.ts'
import type { CityEvent, CityPack, Figure, Indicator, Measure } from './schema.ts'

export interface YearInPlan {
  readonly year: number
  readonly goals: readonly { readonly indicator: Indicator; readonly point: YearPoint }[]
  readonly measures: readonly { readonly measure: Measure; readonly figures: readonly Figure[] }[]
  readonly events: readonly CityEvent[]
}

export function yearsInPlan(pack: CityPack): YearInPlan[] {
  const goals = pack.indicators.flatMap((indicator) =>
    pointsOf(indicator)
      .filter((point) => point.state !== 'none')
      .map((point) => ({ indicator, point })),
  )
  const events = pack.events.flatMap((event) => {
    const year = yearOf(event)
    return year === null ? [] : [{ event, year }]
  })
  const years = new Set([
    ...goals.map(({ point }) => point.year),
    ...pack.measures.flatMap((one) => one.figures.flatMap((figure) => figure.year ?? [])),
    ...events.map(({ year }) => year),
  ])
  return [...years]
    .sort((a, b) => a - b)
    .map((year) => ({
      year,
      goals: goals.filter(({ point }) => point.year === year),
      measures: pack.measures.flatMap((measure) => {
        const figures = measure.figures.filter((figure) => figure.year === year)
        return figures.length > 0 ? [{ measure, figures }] : []
      }),
      events: events.filter((one) => one.year === year).map(({ event }) => event),
    }))
}

/** A day of every year has no year of its own. */
function yearOf(event: CityEvent): number | null {
  return event.when && /^\d{4}-/.test(event.when) ? Number(event.when.slice(0, 4)) : null
}

export function countIn(year: YearInPlan): number {
  return year.goals.length + year.measures.length + year.events.length
}
