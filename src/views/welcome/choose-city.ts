/**
 * The home city: whose programme pays. It belongs to the open ledger; that one was chosen at all is kept in localStorage too, where the
 * router can read it before the database is open.
 */
import { watch } from 'vue'
import { readChoice, settingKeys, writeSetting } from '../../composables/device-setting.ts'
import { CITY_IDS, type CityId } from '../../domain/city.ts'
import { useDeviceStore } from '../../stores/device.ts'

/** The first read takes milliseconds; a browser without storage never ends it, and must not hold up the person. */
const FIRST_READ_MS = 2000

/** Opens a guest ledger in that city where none is open yet. A tap before the first read would otherwise open a second one. */
export async function chooseCity(city: CityId): Promise<void> {
  const device = useDeviceStore()
  await new Promise<void>((resolve) => {
    const stop = watch(
      () => device.isKnown,
      (isKnown) => isKnown && resolve(),
      { immediate: true },
    )
    setTimeout(
      () => {
        stop()
        resolve()
      },
      device.isKnown ? 0 : FIRST_READ_MS,
    )
  })
  await device.chooseCity(city)
  rememberCity(city)
}

/** The open ledger is another one now, with a city of its own; or none is left, and the first step begins anew. */
export function rememberCity(city: CityId | undefined): void {
  writeSetting(settingKeys.city, city ?? null)
}

export function chosenCity(): CityId | null {
  return readChoice<CityId | ''>(settingKeys.city, CITY_IDS, '') || null
}
