/** All stations of a city in one answer, so that a phone asks once and keeps counts and places that belong together. */

import { cityById } from '../../src/content/registry.ts'
import type { CityStations, Station } from '../../src/contract/stations.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { tickOf } from '../demo/day-course.ts'
import { powerStations } from '../demo/sample-power.ts'
import { bikeFeeds } from './gbfs.ts'

/** There are only samples: where those are switched off, a city has no stations yet. */
export function stationsOf(
  city: CityId,
  { now, hasSamples }: { now: Instant; hasSamples: boolean },
): CityStations {
  const at = tickOf(now)
  const stations = hasSamples ? [...publicBikes(city, at), ...powerStations(city, at)] : []
  return { city, at, centre: cityById(city).centre, stations }
}

/** Read off the very objects that the GBFS feed serves: the two cannot say different things. */
function publicBikes(city: CityId, at: Instant): Station[] {
  return bikeFeeds(city, at).map(({ sample, information, status }) => ({
    kind: 'bike',
    id: information.station_id,
    nameZh: textIn(information.name, 'zh-CN'),
    nameEn: textIn(information.name, 'en'),
    addressZh: sample.addressZh,
    addressEn: sample.addressEn,
    lat: information.lat,
    lon: information.lon,
    measure: sample.measure,
    sample: true,
    isOpen: status.is_renting && status.is_returning,
    reportedAt: Date.parse(status.last_reported),
    bikes: status.num_vehicles_available,
    docks: status.num_docks_available ?? 0,
    capacity: information.capacity ?? 0,
  }))
}

function textIn(name: readonly { text: string; language: string }[], language: string): string {
  return name.find((each) => each.language === language)?.text ?? ''
}
