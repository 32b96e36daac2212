/** The cities by name, light enough for the first screen, and the way to each city's pack: one lazy chunk per city. */
import type { CityId } from '../domain/base/city.ts'
import { binzhou } from './cities/binzhou.ts'
import type { City } from './cities/city.ts'
import { jinan } from './cities/jinan.ts'
import { qingdao } from './cities/qingdao.ts'
import { weifang } from './cities/weifang.ts'
import { zibo } from './cities/zibo.ts'
import type { CityPack } from './schema.ts'

export type { City } from './cities/city.ts'

const CITIES: { readonly [Id in CityId]: City<Id> } = { jinan, qingdao, weifang, zibo, binzhou }

/** In the order of their ids; taken from here, the list of those need not be loaded with the first screen. */
export const cities: readonly City[] = Object.values(CITIES)

export function cityById(id: CityId): City {
  return CITIES[id]
}

/** Reads one city's pack. Tests hold the packs to the schema, so the phone does not check them again. */
export async function loadCity(id: CityId): Promise<CityPack> {
  const file = await CITIES[id].loadPack()
  return file.default as CityPack
}

export function loadAllCities(): Promise<CityPack[]> {
  return Promise.all(cities.map(({ id }) => loadCity(id)))
}
