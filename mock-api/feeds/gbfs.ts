/** Public bikes as a feed of the General Bikeshare Feed Specification 3.0 (gbfs.org): one system per city whose plan speaks of them. */
import type { v3 } from 'gbfs-typescript-types'
import { cityById } from '../../src/content/registry.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { TICK_MS, tickOf } from '../demo/day-course.ts'
import { type BikeStation, bikeStations, bikeStatus } from '../demo/sample-bikes.ts'

const FILES = [
  'gbfs',
  'gbfs_versions',
  'system_information',
  'vehicle_types',
  'station_information',
  'station_status',
] as const
type FileName = (typeof FILES)[number]

type StationInformation = v3.StationInformation['data']['stations'][number]
type StationStatus = v3.StationStatus['data']['stations'][number]

interface GbfsRequest {
  readonly city: CityId
  readonly now: Instant
  /** Where the feed's files are, as the asker reaches them, without a slash at the end. */
  readonly baseUrl: string
}

/** Since when the sample's stations have been where they are. */
const SAMPLE_SINCE = Date.parse('2026-01-01T00:00:00+08:00')
const STATIC_TTL_SECONDS = 24 * 3600
const VEHICLE_TYPE = 'bicycle'

export function isGbfsFile(name: string): name is FileName {
  return (FILES as readonly string[]).includes(name)
}

export function gbfsFile(name: FileName, request: GbfsRequest): object {
  switch (name) {
    case 'gbfs':
      return discovery(request)
    case 'gbfs_versions':
      return versions(request)
    case 'system_information':
      return systemInformation(request)
    case 'vehicle_types':
      return vehicleTypes()
    case 'station_information':
      return stationInformation(request)
    case 'station_status':
      return stationStatus(request)
  }
}

/** Each station as both files tell it, for whoever shows them together; `sample` holds what GBFS has no field for. */
export function bikeFeeds(city: CityId, tick: Instant) {
  return bikeStations(city).map((sample) => ({
    sample,
    information: informationOf(sample),
    status: statusOf(sample, tick),
  }))
}

function discovery({ baseUrl }: GbfsRequest): v3.Gbfs {
  return { ...fixed, data: { feeds: FILES.map((name) => ({ name, url: `${baseUrl}/${name}.json` })) } }
}

function versions({ baseUrl }: GbfsRequest): v3.GbfsVersions {
  return { ...fixed, data: { versions: [{ version: '3.0', url: `${baseUrl}/gbfs.json` }] } }
}

function systemInformation({ city }: GbfsRequest): v3.SystemInformation {
  const { nameZh, nameEn } = cityById(city)
  return {
    ...fixed,
    data: {
      system_id: `greentrace_sample_${city}`,
      languages: ['zh-CN', 'en'],
      name: bothLanguages(`${nameZh}公共自行车（示例）`, `${nameEn} public bikes (sample)`),
      opening_hours: '24/7',
      // The address is required; `.example` can never be anybody's.
      feed_contact_email: 'gbfs@greentrace.example',
      timezone: 'Asia/Shanghai',
    },
  }
}

function vehicleTypes(): v3.VehicleTypes {
  return {
    ...fixed,
    data: {
      vehicle_types: [
        {
          vehicle_type_id: VEHICLE_TYPE,
          form_factor: 'bicycle',
          propulsion_type: 'human',
          rider_capacity: 1,
          wheel_count: 2,
          return_constraint: 'any_station',
          name: bothLanguages('示例公共自行车', 'Sample public bike'),
        },
      ],
    },
  }
}

function stationInformation({ city, now }: GbfsRequest): v3.StationInformation {
  const stations = bikeFeeds(city, tickOf(now)).map(({ information }) => information)
  return { ...fixed, data: { stations } }
}

function stationStatus({ city, now }: GbfsRequest): v3.StationStatus {
  const tick = tickOf(now)
  return {
    last_updated: rfc3339(tick),
    ttl: TICK_MS / 1000,
    version: '3.0',
    data: { stations: bikeFeeds(city, tick).map(({ status }) => status) },
  }
}

function informationOf(one: BikeStation): StationInformation {
  return {
    station_id: one.id,
    name: bothLanguages(one.nameZh, one.nameEn),
    lat: one.lat,
    lon: one.lon,
    address: one.addressZh,
    capacity: one.capacity,
    is_virtual_station: false,
    is_charging_station: false,
  }
}

function statusOf(one: BikeStation, tick: Instant): StationStatus {
  const { bikes, bikesDisabled, docks, docksDisabled, isOpen, reportedAt } = bikeStatus(one, tick)
  return {
    station_id: one.id,
    num_vehicles_available: bikes,
    vehicle_types_available: [{ vehicle_type_id: VEHICLE_TYPE, count: bikes }],
    num_vehicles_disabled: bikesDisabled,
    num_docks_available: docks,
    num_docks_disabled: docksDisabled,
    is_installed: true,
    is_renting: isOpen,
    is_returning: isOpen,
    last_reported: rfc3339(reportedAt),
  }
}

function bothLanguages(zh: string, en: string) {
  return [
    { text: zh, language: 'zh-CN' },
    { text: en, language: 'en' },
  ]
}

/** In Shandong's time, to the second. */
function rfc3339(at: Instant): string {
  return `${new Date(at + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`
}

const fixed = { last_updated: rfc3339(SAMPLE_SINCE), ttl: STATIC_TTL_SECONDS, version: '3.0' } as const
