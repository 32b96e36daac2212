/** A ledger for someone who has not signed in: all it holds is its outbox, until an account adopts it. */
import { type Profile, writeFact } from '../db/device.ts'
import type { CityId } from '../domain/base/city.ts'
import type { DeviceContext } from './context.ts'

export async function openGuestLedger({ device, now, newId }: DeviceContext, city: CityId): Promise<Profile> {
  const profile: Profile = { ledgerId: newId(), kind: 'guest', city, createdAt: now() }
  await device.transaction('rw', device.profiles, device.facts, async () => {
    await device.profiles.add(profile)
    await writeFact(device, 'currentLedgerId', profile.ledgerId)
  })
  return profile
}
