/** Signs in by phone and code: opens the account's ledger on this phone, and lets it adopt the guest's. The transport is handed in. */
import { type DeviceFacts, type Profile, readFact, writeFact } from '../db/device.ts'
import { dropDrafts, NO_LEDGER } from '../db/draft-shelf.ts'
import { keepSessionSecret } from '../db/session-secret.ts'
import { dropSignOut } from '../db/sign-outs.ts'
import { type CityId, isCityId } from '../domain/base/city.ts'
import { adoptGuestLedger } from './adopt-guest-ledger.ts'
import type { DeviceContext } from './context.ts'
import { deviceIdOf } from './device-id.ts'
import { returnTo } from './leave-ledger.ts'

interface SignInApi {
  signIn(request: {
    phone: string
    code: string
    deviceId: string
    deviceName: string
    city: CityId
  }): Promise<{
    readonly accountId: string
    readonly isNew: boolean
    readonly city: string
    readonly phoneMasked: string
    readonly sessionSecret?: string
    readonly manages?: DeviceFacts['manages']
  }>
}

export interface SignedIn {
  readonly profile: Profile
  readonly isNew: boolean
  /** Commands that came over from the guest ledger. */
  readonly adopted: number
  /** Branches of shops whose till this phone can be, by a code that lies here from now on. */
  readonly managed: number
}

export async function signIn(
  context: DeviceContext,
  api: SignInApi,
  asked: { phone: string; code: string; deviceName: string; city: CityId },
): Promise<SignedIn> {
  const { device, now } = context
  const deviceId = await deviceIdOf(context)
  const answer = await api.signIn({ ...asked, deviceId })
  await returnTo(device, answer.accountId)
  if (answer.sessionSecret !== undefined) await keepSessionSecret(answer.accountId, answer.sessionSecret)
  const known = await device.profiles.get(answer.accountId)
  const {
    signedOutAt: _,
    leaving: __,
    ...kept
  } = known ?? {
    ledgerId: answer.accountId,
    kind: 'account' as const,
    createdAt: now(),
    city: asked.city,
  }
  const accountCity = isCityId(answer.city) ? answer.city : asked.city
  const profile: Profile = {
    ...kept,
    phoneMasked: answer.phoneMasked,
    // Where the person has moved to and the backend was not told yet: it is, with the next exchange.
    city: known && hasMoved(known) ? known.city : accountCity,
    accountCity,
  }
  await device.profiles.put(profile)
  // The backend ends the earlier session of this phone itself; a late word from here would end the new one.
  await dropSignOut(device, answer.accountId)
  const guestId = await readFact(device, 'currentLedgerId')
  const guest = guestId === undefined ? undefined : await device.profiles.get(guestId)
  const adopted =
    guest?.kind === 'guest'
      ? await adoptGuestLedger(device, { guest: guest.ledgerId, account: profile.ledgerId })
      : 0
  await writeFact(device, 'currentLedgerId', profile.ledgerId)
  dropDrafts(NO_LEDGER)
  const { manages = [] } = answer
  if (manages.length > 0) await writeFact(device, 'manages', manages)
  return { profile, isNew: answer.isNew, adopted, managed: manages.length }
}

function hasMoved({ city, accountCity }: Profile): boolean {
  return accountCity !== undefined && city !== accountCity
}
