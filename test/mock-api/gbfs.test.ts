/** The public-bike feed is GBFS 3.0 to the letter of the official schemas, whenever it is asked, and says nothing that could not be true. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import type { v3 } from 'gbfs-typescript-types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tickOf } from '../../mock-api/demo/day-course.ts'
import { bikeStations, bikeStatus, SAMPLE_BIKES } from '../../mock-api/demo/sample-bikes.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'

const FILES = [
  'gbfs',
  'gbfs_versions',
  'system_information',
  'vehicle_types',
  'station_information',
  'station_status',
]
const FRIDAY = startOfDay('2026-11-20')
/** Night, both rush hours, a minute before midnight and after it, a Sunday, a leap day. */
const INSTANTS = [
  FRIDAY + 3 * HOUR_MS,
  FRIDAY + 8 * HOUR_MS + 12_345,
  FRIDAY + 18 * HOUR_MS,
  FRIDAY - MINUTE_MS,
  FRIDAY + MINUTE_MS,
  startOfDay('2026-11-22') + 12 * HOUR_MS,
  startOfDay('2028-02-29') + 7 * HOUR_MS,
]

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: false })
})
afterAll(() => backend.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  call(backend, { method: 'GET', path, headers })
const root = '/api/v1/gbfs/weifang/3.0'
const read = async <T>(file: string): Promise<T> => (await get(`${root}/${file}.json`)).json() as Promise<T>

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
const checks = new Map(
  FILES.map((file) => {
    const schema = JSON.parse(readFileSync(`test/golden/gbfs-v3.0/${file}.json`, 'utf8')) as object
    return [file, ajv.compile(schema)]
  }),
)

function faultsOf(file: string, data: unknown): unknown[] {
  const check = checks.get(file)
  if (!check) throw new Error(`no schema for ${file}`)
  check(data)
  return check.errors ?? []
}

describe('by the official schemas', () => {
  it.each(FILES)('%s is valid at any time of the day and the year', async (file) => {
    for (const at of INSTANTS) {
      backend.now.set(at)
      expect(faultsOf(file, await read(file)), `${file} at ${new Date(at).toISOString()}`).toEqual([])
    }
  })

  it('a feed with a fault would not pass: each schema sees what is missing or wrong', async () => {
    for (const file of FILES) {
      const data = await read<Record<string, unknown>>(file)
      expect(faultsOf(file, { ...data, version: '2.3' })).not.toEqual([])
      expect(faultsOf(file, { ...data, last_updated: 1_790_000_000 })).not.toEqual([])
      expect(faultsOf(file, { ...data, data: undefined })).not.toEqual([])
    }
    const status = await read<v3.StationStatus>('station_status')
    const [first] = status.data.stations
    const broken = { ...status, data: { stations: [{ ...first, num_docks_available: -1 }] } }
    expect(faultsOf('station_status', broken)).not.toEqual([])
  })

  it('lists every file by an address that answers, under the origin that was asked', async () => {
    const { data } = await read<v3.Gbfs>('gbfs')
    expect(data.feeds.map(({ name }) => name)).toEqual(FILES)
    for (const { name, url } of data.feeds) {
      expect(url).toBe(`http://localhost:4173${root}/${name}.json`)
      expect((await get(new URL(url).pathname)).status).toBe(200)
    }
    const { data: versions } = await read<v3.GbfsVersions>('gbfs_versions')
    expect(versions.versions).toEqual([{ version: '3.0', url: data.feeds[0]?.url }])
  })

  it('behind a gateway the addresses are the gateway’s, whatever host is named in the request', async () => {
    const publicOrigins = ['https://app.example', 'https://other.example']
    const open = await startBackend({ db: backend.db, samples: false, config: { publicOrigins } })
    const firstUrl = async (host: string) => {
      const response = await call(open, { method: 'GET', path: `${root}/gbfs.json`, headers: { host } })
      return new URL(((await response.json()) as v3.Gbfs).data.feeds[0]?.url ?? '').origin
    }
    expect(await firstUrl('app.example')).toBe('https://app.example')
    expect(await firstUrl('other.example')).toBe('https://other.example')
    expect(await firstUrl('evil.example')).toBe('https://app.example')
    const direct = await get(`${root}/gbfs.json`, { host: 'no host at all' })
    expect(faultsOf('gbfs', await direct.json())).toEqual([])
  })

  it('without a gateway they are this machine’s own, never a host that somebody only wrote down', async () => {
    const told = async (host: string, path = `${root}/gbfs.json`) =>
      (await call(backend, { method: 'GET', path, headers: { host, 'x-forwarded-host': host } })).text()
    for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost'])
      expect(await told(host)).toContain(`http://${host}${root}/station_status.json`)
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      'localhost@evil.example',
      '10.0.0.7:4173',
      'evil.example:80/localhost',
    ])
      for (const path of [
        `${root}/gbfs.json`,
        `${root}/gbfs_versions.json`,
        '/api/v1/openapi.json',
        '/api/docs',
        '/api/v1/cities/jinan/alerts',
      ]) {
        const text = await told(host, path)
        expect(text, `${host} ${path}`).not.toContain('evil.example')
        expect(text, `${host} ${path}`).not.toContain('10.0.0.7')
      }
    expect(await told('evil.example')).toContain(`http://localhost:4173${root}/gbfs.json`)
  })

  it('speaks of the same stations in both files, in both languages, and names them as samples', async () => {
    const information = await read<v3.StationInformation>('station_information')
    const status = await read<v3.StationStatus>('station_status')
    expect(status.data.stations.map((one) => one.station_id)).toEqual(
      information.data.stations.map((one) => one.station_id),
    )
    for (const { name, address } of information.data.stations) {
      expect(name.map(({ language }) => language)).toEqual(['zh-CN', 'en'])
      expect(name[0]?.text).toMatch(/^示例 \d+ 号站$/)
      expect(name[1]?.text).toMatch(/^Sample station \d+$/)
      expect(address).toContain('示例')
    }
    const { data } = await read<v3.SystemInformation>('system_information')
    expect(data.name.map(({ text }) => text)).toEqual([
      '潍坊公共自行车（示例）',
      'Weifang public bikes (sample)',
    ])
    const types = await read<v3.VehicleTypes>('vehicle_types')
    const known = types.data.vehicle_types.map(({ vehicle_type_id }) => vehicle_type_id)
    for (const { vehicle_types_available } of status.data.stations)
      expect(vehicle_types_available?.map(({ vehicle_type_id }) => vehicle_type_id)).toEqual(known)
  })
})

describe('over the wire', () => {
  it('any page may read it, and is told when nothing has changed', async () => {
    backend.now.set(FRIDAY + 12 * HOUR_MS)
    for (const file of FILES) {
      const path = `${root}/${file}.json`
      const first = await get(path, { origin: 'https://maps.example' })
      expect(first.headers.get('access-control-allow-origin')).toBe('*')
      expect(first.headers.get('content-type')).toContain('application/json')
      const etag = first.headers.get('etag') ?? ''
      const again = await get(path, { 'if-none-match': etag })
      expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*'])
    }
    const path = `${root}/station_status.json`
    const etag = (await get(path)).headers.get('etag') ?? ''
    backend.now.advance(59_999)
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
    backend.now.advance(1)
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200)
  })

  it('a browser’s question beforehand is answered, so that a page may send its ETag', async () => {
    const headers = {
      origin: 'https://maps.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'if-none-match',
    }
    const response = await call(backend, { method: 'OPTIONS', path: `${root}/gbfs.json`, headers })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toBe('if-none-match')
  })

  it('there is no feed where no plan speaks of public bikes, and no file that GBFS does not know', async () => {
    for (const city of CITY_IDS.filter((id) => id !== 'weifang'))
      expect((await get(`/api/v1/gbfs/${city}/3.0/gbfs.json`)).status).toBe(404)
    for (const file of ['free_bike_status.json', 'gbfs', 'gbfs.xml', 'constructor.json'])
      expect((await get(`${root}/${file}`)).status, file).toBe(404)
    expect((await get('/api/v1/gbfs/nowhere/3.0/gbfs.json')).status).toBe(404)
  })

  it('samples are not served where they are switched off', async () => {
    const plain = await startBackend({ db: backend.db, samples: false, config: { demo: false } })
    expect((await call(plain, { method: 'GET', path: `${root}/gbfs.json` })).status).toBe(404)
  })
})

describe('the simulation', () => {
  const stations = bikeStations('weifang')
  const moments = fc.integer({ min: startOfDay('2025-01-01'), max: startOfDay('2040-01-01') })
  const standing = (at: number) =>
    stations
      .map((one) => bikeStatus(one, tickOf(at)))
      .reduce((sum, { bikes, bikesDisabled }) => sum + bikes + bikesDisabled, 0)

  it('has the proportions of the city’s plan: docks per station, bikes per dock', () => {
    const plan = JSON.parse(readFileSync('test/golden/facts/weifang.json', 'utf8')) as {
      measures: { id: string; figures: { value: number }[] }[]
    }
    const measure = plan.measures.find(({ id }) => id === stations[0]?.measure)
    const [planStations = 0, planDocks = 0, planBikes = 0] = measure?.figures.map(({ value }) => value) ?? []
    const docks = stations.reduce((sum, { capacity }) => sum + capacity, 0)
    expect(docks / stations.length).toBe(planDocks / planStations)
    expect(SAMPLE_BIKES / docks).toBe(planBikes / planDocks)
  })

  it('never has more bikes and docks than fit, nor more bikes than there are; no report comes from the future', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const tick = tickOf(at)
        for (const station of stations) {
          const { bikes, bikesDisabled, docks, docksDisabled, reportedAt } = bikeStatus(station, tick)
          const counts = [bikes, bikesDisabled, docks, docksDisabled]
          expect(counts.every((each) => Number.isInteger(each) && each >= 0)).toBe(true)
          expect(counts.reduce((sum, each) => sum + each, 0)).toBe(station.capacity)
          expect(reportedAt).toBeLessThanOrEqual(tick)
        }
        expect(standing(at)).toBeLessThanOrEqual(SAMPLE_BIKES)
      }),
    )
  })

  it('holds no state: the same moment gives the same answer, and what a station said stands until its next report', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...stations), (at, station) => {
        const status = bikeStatus(station, tickOf(at))
        expect(bikeStatus(station, tickOf(at))).toEqual(status)
        if (status.isOpen) expect(tickOf(at) - status.reportedAt).toBeLessThan(5 * MINUTE_MS)
        expect(bikeStatus(station, status.reportedAt)).toEqual(status)
      }),
    )
  })

  it('one station is out of service at any time, with nothing to take and nowhere to put', () => {
    fc.assert(
      fc.property(moments, (at) => {
        const shut = stations.map((one) => bikeStatus(one, tickOf(at))).filter(({ isOpen }) => !isOpen)
        expect(shut.map(({ bikes, docks }) => [bikes, docks])).toEqual([[0, 0]])
      }),
    )
  })

  it('breathes with the day: most bikes stand at night, and what homes lose in the morning work gains', () => {
    expect(standing(FRIDAY + 3 * HOUR_MS)).toBeGreaterThan(standing(FRIDAY + 8 * HOUR_MS))
    expect(standing(FRIDAY + 3 * HOUR_MS)).toBeGreaterThan(standing(FRIDAY + 18 * HOUR_MS))
    const filled = (parity: number, at: number) =>
      stations
        .filter(({ index }) => index % 2 === parity)
        .reduce((sum, one) => sum + bikeStatus(one, at).bikes, 0)
    expect(filled(0, FRIDAY + 3 * HOUR_MS)).toBeGreaterThan(filled(1, FRIDAY + 3 * HOUR_MS))
    expect(filled(0, FRIDAY + 12 * HOUR_MS)).toBeLessThan(filled(1, FRIDAY + 12 * HOUR_MS))
  })
})
