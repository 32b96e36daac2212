/** Stations of all kinds in one answer: bikes as the GBFS feed has them, samples marked, nowhere outside the city. */
import type { v3 } from 'gbfs-typescript-types'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCity } from '../../src/content/registry.ts'
import { type CityStations, stationsSchema } from '../../src/contract/stations.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import { metresBetween } from '../../src/domain/base/place.ts'
import { HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'

const NIGHT = startOfDay('2026-11-20') + 3 * HOUR_MS

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: false, now: NIGHT })
})
afterAll(() => backend.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  call(backend, { method: 'GET', path, headers })
const read = async (city: CityId): Promise<CityStations> =>
  v.parse(stationsSchema, await (await get(`/api/v1/cities/${city}/stations`)).json())

describe.each(CITY_IDS)('%s', (city) => {
  it('has stations of the kinds that its plan speaks of, all marked as samples, all in the city', async () => {
    const { stations, centre } = await read(city)
    const pack = await loadCity(city)
    expect(stations.length).toBeGreaterThan(4)
    expect(new Set(stations.map(({ id }) => id)).size).toBe(stations.length)
    for (const station of stations) {
      expect(station.sample).toBe(true)
      expect([station.nameZh, station.addressZh]).toEqual([
        expect.stringContaining('示例'),
        expect.stringContaining('示例'),
      ])
      expect([station.nameEn, station.addressEn]).toEqual([
        expect.stringContaining('Sample'),
        expect.stringContaining('Sample'),
      ])
      expect(metresBetween(centre, station)).toBeLessThan(15_000)
      expect(pack.measures.map(({ id }) => id)).toContain(station.measure)
    }
  })

  it('has public bikes only if the plan does', async () => {
    const { stations } = await read(city)
    const pack = await loadCity(city)
    const inPlan = pack.measures.some(({ titleZh }) => titleZh.includes('公共自行车'))
    expect(stations.some(({ kind }) => kind === 'bike')).toBe(inPlan)
  })

  it('no plug is free twice, and the plugs change with the hours', async () => {
    const freePlugs = async (at: number) => {
      backend.now.set(at)
      const { stations } = await read(city)
      const plugs = stations.flatMap((one) => (one.kind === 'bike' ? [] : one.connectors))
      for (const { free, total } of plugs) expect(free).toBeLessThanOrEqual(total)
      return plugs.reduce((sum, { free, total }) => sum + free / total, 0)
    }
    expect(await freePlugs(NIGHT)).toBeGreaterThan(await freePlugs(NIGHT + 9.5 * HOUR_MS))
    backend.now.set(NIGHT)
  })
})

it('bikes are those of the GBFS feed, number by number', async () => {
  const { stations } = await read('weifang')
  const file = async <T>(name: string) =>
    (await get(`/api/v1/gbfs/weifang/3.0/${name}.json`)).json() as Promise<T>
  const information = await file<v3.StationInformation>('station_information')
  const status = await file<v3.StationStatus>('station_status')
  const bikes = stations.flatMap((one) => (one.kind === 'bike' ? [one] : []))
  expect(bikes.map(({ id, lat, lon, capacity }) => ({ id, lat, lon, capacity }))).toEqual(
    information.data.stations.map(({ station_id: id, lat, lon, capacity }) => ({ id, lat, lon, capacity })),
  )
  expect(bikes.map((one) => [one.bikes, one.docks, one.isOpen, one.reportedAt])).toEqual(
    status.data.stations.map((one) => [
      one.num_vehicles_available,
      one.num_docks_available,
      one.is_renting,
      Date.parse(one.last_reported),
    ]),
  )
})

it('answers 304 within the minute, 404 for a city that it does not know', async () => {
  const path = '/api/v1/cities/zibo/stations'
  const etag = (await get(path)).headers.get('etag') ?? ''
  expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
  backend.now.advance(MINUTE_MS)
  expect((await get(path, { 'if-none-match': etag })).status).toBe(200)
  expect((await get('/api/v1/cities/atlantis/stations')).status).toBe(404)
})

it('where samples are switched off, a city has no stations yet, and says so in the agreed shape', async () => {
  const plain = await startBackend({ db: backend.db, samples: false, config: { demo: false } })
  const answer = await call(plain, { method: 'GET', path: '/api/v1/cities/weifang/stations' })
  expect(v.parse(stationsSchema, await answer.json()).stations).toEqual([])
})
