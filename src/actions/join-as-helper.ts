/** Comes in by a code to log for somebody else: their session is kept beside this phone's own people. */
import { type DeviceDb, writeFact } from '../db/device.ts'
import type { HelpedDb } from '../db/helped.ts'
import type { CityId } from '../domain/base/city.ts'
import type { DeviceContext } from './context.ts'
import { deviceIdOf } from './device-id.ts'

interface JoinApi {
  joinAsHelper(request: { code: string; deviceId: string }): Promise<{
    readonly accountId: string
    readonly city: CityId
    readonly sessionSecret: string
  }>
}

/** Whoever was helped before, and is again by a new invitation, keeps what was logged. */
export async function joinAsHelper(
  context: DeviceContext & { readonly device: DeviceDb; readonly helped: HelpedDb },
  api: JoinApi,
  { code, name }: { code: string; name: string },
): Promise<string> {
  const { device, helped, now } = context
  const {
    accountId,
    city,
    sessionSecret: secret,
  } = await api.joinAsHelper({
    code,
    deviceId: await deviceIdOf(context),
  })
  await helped.people.put({ accountId, name, city, secret, joinedAt: now() })
  await writeFact(device, 'helps', true)
  return accountId
}
