/** Events of the demo: one that is open this week and one next week in every city, and a date for the days that move. Nobody holds them. */
import type { CityId } from '../../src/domain/base/city.ts'
import { addDays, type Day, weekOfDay, yearOfDay } from '../../src/domain/base/time.ts'
import type { Points } from '../../src/domain/base/units.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'

const OPEN_WEEK_POINTS = 30 as Points
const WEEK_DAYS = 7

export function sampleEvents(city: CityId, today: Day): Occurrence[] {
  const monday = weekOfDay(today)
  const june = juneWeek(today)
  return [
    openWeek(city, monday),
    openWeek(city, addDays(monday, WEEK_DAYS)),
    {
      ...named(city, 'energy-week', june),
      titleZh: '示例日期：全国节能宣传周',
      titleEn: 'Sample date: National Energy Conservation Week',
      fromDay: june,
      toDay: addDays(june, WEEK_DAYS - 1),
    },
    {
      ...named(city, 'low-carbon-day', june),
      titleZh: '示例日期：全国低碳日',
      titleEn: 'Sample date: National Low Carbon Day',
      // The third day of the week, as the cities' plans say.
      fromDay: addDays(june, 2),
      toDay: addDays(june, 2),
    },
  ]
}

function openWeek(city: CityId, monday: Day): Occurrence {
  return {
    ...named(city, 'sample-open-week', monday),
    titleZh: '示例：绿色生活开放周',
    titleEn: 'Sample: green living open week',
    placeZh: '示例地点：社区活动室',
    placeEn: 'Sample place: community room',
    fromDay: monday,
    toDay: addDays(monday, WEEK_DAYS - 1),
    points: OPEN_WEEK_POINTS,
    hasCheckIn: true,
  }
}

function named(city: CityId, eventId: string, from: Day) {
  return {
    id: `${eventId}-${city}-${from.replaceAll('-', '')}`,
    eventId,
    city,
    points: 0 as Points,
    hasCheckIn: false,
    sample: true,
  }
}

/** The week is announced each year, and has mostly been in the second week of June. Only a stand-in for what will be announced. */
function juneWeek(today: Day): Day {
  const year = Number(yearOfDay(today))
  const inYear = (each: number) => weekOfDay(`${each}-06-14`)
  return addDays(inYear(year), WEEK_DAYS - 1) >= today ? inYear(year) : inYear(year + 1)
}
