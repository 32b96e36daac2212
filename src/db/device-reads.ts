/** What the screens read of the phone itself, live: whose ledgers are on it, and which one is open. */
import { liveQuery, type Observable } from 'dexie'
import type { CityId } from '../domain/base/city.ts'
import { type DeviceDb, type Profile, readFact } from './device.ts'

export interface DeviceRead {
  readonly profiles: readonly Profile[]
  readonly current: Profile | undefined
  /** The database of a ledger that was left has still to be removed. */
  readonly hasLeft: boolean
}

/** Of one moment: half before and half after another tab has left a ledger, nobody would know that it is gone. */
export function liveDevice(device: DeviceDb): Observable<DeviceRead> {
  return liveQuery(() =>
    device.transaction('r', device.profiles, device.facts, async () => {
      const profiles = await device.profiles.toArray()
      const currentId = await readFact(device, 'currentLedgerId')
      return {
        profiles,
        current: profiles.find((profile) => profile.ledgerId === currentId),
        hasLeft: (await readFact(device, 'leftLedgers')) !== undefined,
      }
    }),
  )
}

export async function setProfileCity(device: DeviceDb, ledgerId: string, city: CityId): Promise<void> {
  await device.profiles.update(ledgerId, { city })
}
