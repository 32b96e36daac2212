/** What is said of a station in the chosen language: its name, the way there, and what is free. */
import type { Station } from '../../../contract/stations.ts'
import { stationsText } from '../../../text/city/stations/stations.ts'
import { useText } from '../../../text/define-text.ts'
import { formatMetres } from '../../../text/format.ts'
import { language } from '../../../text/language.ts'
import { inLanguage } from '../words.ts'
import {
  allPlugs,
  freePlugs,
  HERE_METRES,
  type StationRow,
  WALK_METRES_MAX,
  walkMinutes,
} from './station-list.ts'

const t = useText(stationsText)

export function nameOf(station: Station): string {
  return inLanguage(station, 'name')
}

/** To ten metres: the place and the receiver are no better. */
export function distanceText(metres: number): string {
  return formatMetres(Math.round(metres / 10) * 10, language.value)
}

/** `350 m 东北`; nothing but that one is there, when one is. */
export function wayText({ metres, point }: StationRow): string {
  return metres < HERE_METRES ? t.value.here : `${distanceText(metres)} ${t.value.point[point]}`
}

export function walkText({ metres }: StationRow): string | undefined {
  return metres < HERE_METRES || metres > WALK_METRES_MAX ? undefined : t.value.walk(walkMinutes(metres))
}

export function countWords(station: Station): string[] {
  if (!station.isOpen) return []
  if (station.kind === 'bike')
    return [
      station.bikes > 0 ? t.value.bikes(station.bikes) : t.value.noBikes,
      station.docks > 0 ? t.value.docks(station.docks) : t.value.noDocks,
    ]
  const free = freePlugs(station)
  const fastest = Math.max(...station.connectors.map(({ powerKw }) => powerKw))
  const services =
    station.kind === 'energy'
      ? station.services.filter((each) => each !== 'charging').map((each) => t.value.filters[each])
      : []
  return [
    free > 0 ? t.value.plugs(free, allPlugs(station)) : t.value.noPlugs,
    ...(services.length > 0 ? services : [t.value.upTo(fastest)]),
  ]
}

export function countParts(station: Station): { filled: number; hollow: number; off: number } {
  if (station.kind === 'bike') {
    const { bikes, docks, capacity } = station
    return { filled: bikes, hollow: docks, off: capacity - bikes - docks }
  }
  const [free, total] = [freePlugs(station), allPlugs(station)]
  return { filled: free, hollow: total - free, off: 0 }
}
