/** The events of a city in the order in which one looks for them: today, coming by month, without a date, past. Pure. */
import type { CityDay } from '../../../content/events.ts'
import { addDays, type Day, type Month, monthOfDay, yearOfDay } from '../../../domain/base/time.ts'
import type { Occurrence } from '../../../domain/taking-part/occurrence.ts'

export interface ListedEvent {
  /** In the address of its page. */
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly from: Day
  /** The last day, itself included. */
  readonly to: Day
  readonly isYearly: boolean
  readonly isSample: boolean
  readonly hasCheckIn: boolean
  /** The city's plan names it. */
  readonly isNamed: boolean
  /** Its organiser called it off. */
  readonly isWithdrawn: boolean
  /** Only the month is known. */
  readonly isMonth: boolean
}

interface EventList {
  readonly now: readonly ListedEvent[]
  readonly coming: readonly { readonly month: Month; readonly events: readonly ListedEvent[] }[]
  /** Their date is announced each year, or is not printed. */
  readonly undated: readonly CityDay[]
  readonly past: readonly ListedEvent[]
}

export function listEvents(
  days: readonly CityDay[],
  occurrences: readonly Occurrence[],
  today: Day,
): EventList {
  const dated = [
    ...days.flatMap((day) => datedDay(day, today)),
    ...occurrences.map((each) => ofOccurrence(each, days)),
  ].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1))
  const coming = dated.filter(({ from }) => from > today)
  const months = [...new Set(coming.map(({ from }) => monthOfDay(from)))]
  const announced = new Set(
    occurrences.filter(({ toDay, withdrawn }) => toDay >= today && !withdrawn).map(({ eventId }) => eventId),
  )
  return {
    now: dated.filter(({ from, to }) => from <= today && today <= to),
    coming: months.map((month) => ({
      month,
      events: coming.filter(({ from }) => monthOfDay(from) === month),
    })),
    undated: days.filter(({ id, when }) => when === null && !announced.has(id)),
    past: dated.filter(({ to }) => to < today).reverse(),
  }
}

function datedDay(day: CityDay, today: Day): ListedEvent[] {
  if (day.when === null) return []
  const { id, nameZh, nameEn } = day
  const shared = {
    id,
    titleZh: nameZh,
    titleEn: nameEn,
    isSample: false,
    hasCheckIn: false,
    isWithdrawn: false,
    isNamed: day.named !== undefined,
  }
  if (isYearlyDay(day.when)) {
    const next = nextOf(day.when, today)
    return [{ ...shared, from: next, to: next, isYearly: true, isMonth: false }]
  }
  return [{ ...shared, from: `${day.when}-01`, to: lastDayOf(day.when), isYearly: false, isMonth: true }]
}

function ofOccurrence(each: Occurrence, days: readonly CityDay[]): ListedEvent {
  return {
    id: each.id,
    titleZh: each.titleZh,
    titleEn: each.titleEn,
    from: each.fromDay,
    to: each.toDay,
    isYearly: false,
    isSample: each.sample,
    hasCheckIn: each.hasCheckIn && !each.withdrawn,
    isWithdrawn: each.withdrawn !== undefined,
    isNamed: days.some(({ id, named }) => id === each.eventId && named !== undefined),
    isMonth: false,
  }
}

export function isYearlyDay(when: string): boolean {
  return /^\d{2}-\d{2}$/.test(when)
}

/** This year's, or next year's when it is over. */
export function nextOf(monthDay: string, today: Day): Day {
  const year = Number(yearOfDay(today))
  const thisYear = `${year}-${monthDay}`
  return thisYear >= today ? thisYear : `${year + 1}-${monthDay}`
}

function lastDayOf(month: Month): Day {
  return addDays(`${monthOfDay(addDays(`${month}-28`, 4))}-01`, -1)
}
