/** Which of a city's measures fits what a person does, and which of its fixed days comes next. Pure. */
import { actsFor, measuresFor } from '../../content/act-links.ts'
import type { CityEvent, CityPack, Measure } from '../../content/schema.ts'
import { type Day, type Instant, startOfDay } from '../../domain/base/time.ts'

interface Fit {
  readonly measure: Measure
  /** The act that leads to it. */
  readonly code: string
  /** How often that act was done lately; zero when nothing done fits. */
  readonly count: number
}

/** By the most frequent act first; for a newcomer, a measure about something anyone can do. */
export function fittingMeasure(
  pack: CityPack,
  codes: readonly { code: string; count: number }[],
): Fit | undefined {
  const measures = new Map(pack.measures.map((measure) => [measure.id, measure]))
  for (const { code, count } of codes) {
    for (const id of measuresFor(code)) {
      const measure = measures.get(id)
      if (measure) return { measure, code, count }
    }
  }
  for (const measure of pack.measures) {
    const code = actsFor(measure.id)[0]
    if (code && measure.audience === 'citizen') return { measure, code, count: 0 }
  }
  return undefined
}

interface NextDay {
  readonly event: CityEvent
  readonly at: Instant
}

/** Only days of every year: what moves or is not printed has no date to count down to. */
export function nextFixedDay(pack: CityPack, today: Day): NextDay | undefined {
  const year = Number(today.slice(0, 4))
  const days = pack.events.flatMap((event) => {
    if (!event.when || !/^\d{2}-\d{2}$/.test(event.when)) return []
    const thisYear = `${year}-${event.when}`
    const day = thisYear >= today ? thisYear : `${year + 1}-${event.when}`
    return [{ event, at: startOfDay(day) }]
  })
  return days.sort((a, b) => a.at - b.at)[0]
}
