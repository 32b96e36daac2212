/**
 * The home city: whose programme pays. It belongs to the open ledger; that one was chosen at all is kept in localStorage too, where the
 * router can read it before the database is open.
 */
import { watch } from 'vue'
import { readChoice, settingKeys, writeSetting } from '../../composables/device-setting.ts'
import { CITY_IDS, type CityId } from '../../domain/base/city.ts'
import { useDeviceStore } from '../../stores/device.ts'

/** A live read takes milliseconds; a browser without storage never ends it, and must not hold up the person. */
const READ_MS = 2000

/** The phone's storage answers nothing: nothing was chosen, and the shell says why. */
class NoStorageError extends Error {
  override readonly name = 'NoStorageError'
}

function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, READ_MS)
    const stop = watch(isSo, (so) => so && done(), { flush: 'sync' })
    function done(): void {
      clearTimeout(timer)
      stop()
      resolve()
    }
    if (isSo()) done()
  })
}

/** Opens a guest ledger in that city where none is open yet. A tap before the first read would otherwise open a second one. */
export async function chooseCity(city: CityId): Promise<void> {
  const device = useDeviceStore()
  await until(() => device.isKnown || device.blockedBy !== undefined)
  try {
    if (!device.isKnown) throw device.blockedBy ?? new NoStorageError()
    await device.chooseCity(city)
    await untilOpen()
  } catch (error) {
    device.giveUp(error)
    throw error
  }
  rememberCity(city)
}

/**
 * The next page finds a ledger that is open. Left in the very moment in which a database is made, WebKit has been seen to answer nothing of
 * it to the page that follows.
 */
async function untilOpen(): Promise<void> {
  const device = useDeviceStore()
  await until(() => device.db !== undefined)
  await Promise.race([device.db?.open(), new Promise((resolve) => setTimeout(resolve, READ_MS))])
}

/** A ledger was removed: waits until the next one is open, or none, and begins from there. */
export async function rememberAfter(ledgerId: string): Promise<void> {
  const device = useDeviceStore()
  await until(() => device.current?.ledgerId !== ledgerId)
  rememberCity(device.current?.city)
}

/** The open ledger is another one now, with a city of its own; or none is left, and the first step begins anew. */
export function rememberCity(city: CityId | undefined): void {
  writeSetting(settingKeys.city, city ?? null)
}

export function chosenCity(): CityId | null {
  return readChoice<CityId | ''>(settingKeys.city, CITY_IDS, '') || null
}
