/**
 * Whose rules decide: the phone says where the person has moved to before anything is decided by the rules of the old city, and follows when
 * another phone of the account has moved.
 */
import type { DeviceDb } from '../db/device.ts'
import { isCityId } from '../domain/base/city.ts'
import { SyncProblem, type Transport } from './transport.ts'

export interface HomeCity {
  tell(): Promise<void>
  /** What the backend holds, in an answer to what was asked for after `tell`. */
  hear(city: string | undefined): Promise<void>
  /** The backend's history is an older one, and so may be its city: it is told once more. */
  forget(): Promise<void>
}

/** @param transport of this account. */
export function homeCityOf(device: DeviceDb, accountId: string, transport: Transport): HomeCity {
  return {
    async tell() {
      const profile = await device.profiles.get(accountId)
      if (!profile || profile.city === profile.accountCity) return
      const { city } = profile
      const bytes = new TextEncoder().encode(JSON.stringify({ city }))
      try {
        await transport.put(`/accounts/${accountId}/city`, { bytes, type: 'application/json' })
      } catch (error) {
        // An older process, which knows nothing of moves or not of that city yet: said again with the next pass.
        if (error instanceof SyncProblem && ['not_found', 'malformed'].includes(error.code)) return
        throw error
      }
      await device.profiles.update(accountId, { accountCity: city })
    },
    async hear(city) {
      if (city === undefined || !isCityId(city)) return
      await device.transaction('rw', device.profiles, async () => {
        const profile = await device.profiles.get(accountId)
        const isSettled = profile !== undefined && profile.city === profile.accountCity
        if (isSettled && profile.city !== city)
          await device.profiles.update(accountId, { city, accountCity: city })
      })
    },
    async forget() {
      await device.profiles
        .where('ledgerId')
        .equals(accountId)
        .modify((profile) => {
          delete profile.accountCity
        })
    },
  }
}
