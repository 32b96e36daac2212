/** Days of planting of the demo: the next two Saturdays in every city. Nobody holds them. */
import type { CityId } from '../../src/domain/base/city.ts'
import {
  addDays,
  type Day,
  dayOf,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  startOfDay,
  weekOfDay,
} from '../../src/domain/base/time.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'

const SATURDAY = 5
const WEEK_DAYS = 7

export function samplePlantingDays(city: CityId, now: Instant): PlantingDay[] {
  const today = dayOf(now)
  const saturday = addDays(weekOfDay(today), SATURDAY)
  const first = today < addDays(saturday, -1) ? saturday : addDays(saturday, WEEK_DAYS)
  return [
    {
      ...saturdayAt(city, first),
      titleZh: '示例：山坡植侧柏',
      titleEn: 'Sample: cypresses on the slope',
      places: 20,
    },
    {
      ...saturdayAt(city, addDays(first, WEEK_DAYS)),
      titleZh: '示例：河岸补植柳树',
      titleEn: 'Sample: willows along the river',
      places: 12,
    },
  ]
}

function saturdayAt(city: CityId, day: Day) {
  const midnight = startOfDay(day)
  return {
    id: `sample-planting-${city}-${day.replaceAll('-', '')}`,
    provider: 'planting',
    city,
    placeZh: '示例地点：东门集合',
    placeEn: 'Sample place: meet at the east gate',
    bringZh: '手套、水、防滑的鞋；铁锹和树苗现场有。',
    bringEn: 'Gloves, water and shoes that grip; spades and saplings are there.',
    startsAt: midnight + 9 * HOUR_MS,
    endsAt: midnight + 11 * HOUR_MS + 30 * MINUTE_MS,
    // The evening before.
    cancelBy: startOfDay(addDays(day, -1)) + 18 * HOUR_MS,
    revision: 1,
    sample: true,
  }
}
