/** A planting day in rows, and as an entry of the phone's calendar. */
import { dayOf, type Instant } from '../../domain/base/time.ts'
import type { PlantingDay } from '../../domain/taking-part/planting.ts'
import { formatTime, formatWhen } from '../../text/format-date.ts'
import { language } from '../../text/language.ts'
import { plantingText } from '../../text/planting/planting.ts'
import type { CalendarEntry } from '../city/events/calendar-file.ts'
import { inLanguage } from '../city/words.ts'

/** @param left places, where that is known */
export function plantingFacts(
  day: PlantingDay,
  { now, left, organiser }: { readonly now: Instant; readonly left?: number; readonly organiser?: string },
) {
  const t = plantingText[language.value]
  const { startsAt, endsAt, cancelBy, places } = day
  const when = t.range(formatWhen(startsAt, now, language.value), formatTime(endsAt, language.value))
  return [
    { key: 'when', label: t.when, value: when },
    { key: 'where', label: t.where, value: inLanguage(day, 'place') },
    { key: 'bring', label: t.bring, value: inLanguage(day, 'bring') },
    ...(left === undefined ? [] : [{ key: 'places', label: t.places, value: t.placesOf(left, places) }]),
    { key: 'cancelBy', label: t.cancelBy, value: formatWhen(cancelBy, now, language.value) },
    ...(organiser === undefined ? [] : [{ key: 'organiser', label: t.organiser, value: organiser }]),
  ]
}

export function plantingCalendar(day: PlantingDay): CalendarEntry {
  const t = plantingText[language.value]
  const { id, startsAt, endsAt, sample, calledOff } = day
  return {
    id,
    title: inLanguage(day, 'title'),
    description: [sample ? t.sampleOf(t.sampleText) : '', `${t.bring}: ${inLanguage(day, 'bring')}`]
      .filter(Boolean)
      .join('\n'),
    place: inLanguage(day, 'place'),
    url: `${location.origin}/planting/${id}`,
    from: dayOf(startsAt),
    to: dayOf(endsAt),
    times: { from: startsAt, to: endsAt },
    isYearly: false,
    isCancelled: calledOff !== undefined,
  }
}
