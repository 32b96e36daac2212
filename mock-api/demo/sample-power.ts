/**
 * Sample charging and integrated energy stations, a few per city, of the kinds that the city's own plan speaks of. Which plugs are taken is
 * simulated, as a function of plug and time alone.
 */
import type { Connector, EnergyService, Station } from '../../src/contract/stations.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import { dayCourse, lastReport } from './day-course.ts'
import { sampleAddress, samplePlace } from './sample-place.ts'
import { shareOf, smoothStep } from './share.ts'

type Plugs = Pick<Connector, 'type' | 'powerKw' | 'total'>

interface Series {
  readonly kind: 'charging' | 'energy'
  readonly measure: string
  readonly count: number
  readonly radiusMetres: number
  readonly nameZh: string
  readonly nameEn: string
  /** Given out in turn. */
  readonly plugs: readonly (readonly Plugs[])[]
  readonly services?: readonly EnergyService[]
}

const ac = (total: number): Plugs => ({ type: 'ac', powerKw: 7, total })
const dc = (powerKw: number, total: number): Plugs => ({ type: 'dc', powerKw, total })

const COMMUNITY = [[ac(12), dc(60, 4)], [ac(20)], [dc(120, 8)], [ac(8), dc(60, 6)]]
const HUB = [[dc(120, 10)], [ac(16), dc(60, 8)], [dc(180, 12)]]
const ROADSIDE = [[dc(120, 8)], [dc(180, 6), dc(60, 4)], [dc(240, 6)]]

const charging = { kind: 'charging', nameZh: '示例充电', nameEn: 'Sample charging' } as const
const energy = { kind: 'energy', nameZh: '示例综合能源', nameEn: 'Sample energy' } as const

/** A city without a line has none. */
const SERIES: Readonly<Partial<Record<CityId, readonly Series[]>>> = {
  jinan: [{ ...charging, measure: 'jn-m-charging', count: 7, radiusMetres: 8000, plugs: HUB }],
  qingdao: [
    { ...charging, measure: 'qd-m-charging', count: 6, radiusMetres: 3500, plugs: HUB },
    {
      ...energy,
      measure: 'qd-m-charging',
      count: 3,
      radiusMetres: 3500,
      plugs: ROADSIDE,
      services: ['charging', 'gas', 'hydrogen', 'petrol'],
    },
  ],
  weifang: [
    { ...charging, measure: 'wf-m-charging', count: 6, radiusMetres: 7000, plugs: HUB },
    {
      ...energy,
      measure: 'wf-m-charging',
      count: 2,
      radiusMetres: 9000,
      plugs: ROADSIDE,
      services: ['charging', 'gas', 'hydrogen'],
    },
  ],
  zibo: [
    { ...charging, measure: 'zb-m-charging', count: 8, radiusMetres: 6000, plugs: COMMUNITY },
    {
      ...energy,
      // A tenth of the 90 that the plan wants by 2025.
      measure: 'zb-m-energy-ports',
      count: 9,
      radiusMetres: 9000,
      plugs: ROADSIDE,
      services: ['charging', 'swapping', 'hydrogen', 'gas', 'petrol'],
    },
  ],
  binzhou: [
    { ...charging, measure: 'bz-m-charging', count: 6, radiusMetres: 12_000, plugs: ROADSIDE },
    {
      ...energy,
      measure: 'bz-m-clean-heating',
      count: 4,
      radiusMetres: 9000,
      plugs: ROADSIDE,
      services: ['charging', 'hydrogen'],
    },
  ],
}

export function powerStations(city: CityId, tick: Instant): Station[] {
  return (SERIES[city] ?? []).flatMap((series) =>
    Array.from({ length: series.count }, (_, index) => powerStation(city, { series, index, tick })),
  )
}

function powerStation(city: CityId, given: { series: Series; index: number; tick: Instant }): Station {
  const { series, index, tick } = given
  const { kind, measure, count, radiusMetres } = series
  const place = samplePlace(city, { series: kind, index, count, radiusMetres })
  const id = `${city}-${kind}-${index + 1}`
  const reportedAt = lastReport(tick, index)
  const plugs = series.plugs[index % series.plugs.length] as readonly Plugs[]
  const connectors = plugs.map((each) => ({
    ...each,
    free: freeOf(`${id} ${each.type} ${each.powerKw}`, { plugs: each, at: reportedAt }),
  }))
  const common = {
    id,
    nameZh: `${series.nameZh} ${index + 1} 号站`,
    nameEn: `${series.nameEn} station ${index + 1}`,
    ...sampleAddress(city, place),
    ...place,
    measure,
    sample: true,
    isOpen: true,
    reportedAt,
    connectors,
  }
  return kind === 'charging' ? { ...common, kind } : { ...common, kind, services: servicesOf(series, index) }
}

/** Plugs everywhere; of the rest every station but the first lacks one, in turn, so that there is something to choose by. */
function servicesOf({ services = [] }: Series, index: number): EnergyService[] {
  const others = services.filter((service) => service !== 'charging')
  const lacking = index === 0 || others.length < 2 ? undefined : others[index % others.length]
  return services.filter((service) => service !== lacking)
}

/** A car stays two hours at a slow plug and half an hour at a fast one; each plug has its own moment at which cars change. */
function freeOf(id: string, { plugs, at }: { plugs: Plugs; at: Instant }): number {
  const stayMs = (plugs.type === 'ac' ? 120 : 30) * MINUTE_MS
  return Array.from({ length: plugs.total }, (_, index) => {
    const stay = Math.floor(at / stayMs + shareOf(`${id} ${index}`))
    const begunAt = (stay - shareOf(`${id} ${index}`)) * stayMs
    return shareOf(`${id} ${index} ${stay}`) >= takenShare(dayCourse(begunAt).hours)
  }).filter(Boolean).length
}

/** A fifth of the plugs at night, three quarters at noon and in the evening. */
function takenShare(hours: number): number {
  const peak = (at: number) =>
    smoothStep(hours, { from: at - 3, to: at }) - smoothStep(hours, { from: at + 1, to: at + 4 })
  return 0.2 + 0.55 * Math.max(peak(12), peak(19))
}
