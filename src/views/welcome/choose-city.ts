/** The home city: whose programme pays. Kept in localStorage, where the router can read it before the database is open. */
import { readChoice, settingKeys, writeSetting } from '../../composables/device-setting.ts'
import { CITY_IDS, type CityId } from '../../domain/city.ts'

export function chooseCity(city: CityId): void {
  writeSetting(settingKeys.city, city)
}

export function chosenCity(): CityId | null {
  return readChoice<CityId | ''>(settingKeys.city, CITY_IDS, '') || null
}
