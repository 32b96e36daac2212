/** The five cities by name, light enough for the first screen, and the way to each city's pack: one lazy chunk per city. */
import type { CityId } from '../domain/base/city.ts'
import type { CityPack } from './schema.ts'

export interface City {
  readonly id: CityId
  readonly nameZh: string
  readonly nameEn: string
  /** Administrative division code, GB/T 2260. */
  readonly adcode: string
}

export const cities: readonly City[] = [
  { id: 'jinan', nameZh: '济南', nameEn: 'Jinan', adcode: '370100' },
  { id: 'qingdao', nameZh: '青岛', nameEn: 'Qingdao', adcode: '370200' },
  { id: 'weifang', nameZh: '潍坊', nameEn: 'Weifang', adcode: '370700' },
  { id: 'zibo', nameZh: '淄博', nameEn: 'Zibo', adcode: '370300' },
  { id: 'binzhou', nameZh: '滨州', nameEn: 'Binzhou', adcode: '371600' },
]

export function cityById(id: CityId): City {
  const city = cities.find((one) => one.id === id)
  if (!city) throw new Error(`No such city: ${id}`)
  return city
}

/** Reads one city's pack. Tests hold the packs to the schema, so the phone does not check them again. */
export async function loadCity(id: CityId): Promise<CityPack> {
  const file = await importPack(id)
  return file.default as unknown as CityPack
}

/** Spelled out, because the bundler makes a chunk of each literal path, and Node asks for the attribute. */
function importPack(id: CityId): Promise<{ default: unknown }> {
  switch (id) {
    case 'jinan':
      return import('./cities/jinan.json', { with: { type: 'json' } })
    case 'qingdao':
      return import('./cities/qingdao.json', { with: { type: 'json' } })
    case 'weifang':
      return import('./cities/weifang.json', { with: { type: 'json' } })
    case 'zibo':
      return import('./cities/zibo.json', { with: { type: 'json' } })
    case 'binzhou':
      return import('./cities/binzhou.json', { with: { type: 'json' } })
  }
}

export function loadAllCities(): Promise<CityPack[]> {
  return Promise.all(cities.map((city) => loadCity(city.id)))
}
