/**
 * This device becomes a till, by a code that a manager or the operator shows. Its key is made and kept first: should the answer be lost, the same
 * key asks again, and is let in again.
 */
import { type DeviceDb, writeFact } from '../../db/device.ts'
import { readTillFact, type TillDb, type TillPlace, writeTillFact } from '../../db/till.ts'
import type { TillRole } from '../../domain/ledger/till.ts'
import type { DeviceKeys } from '../../proof/dpop.ts'
import type { DeviceContext } from '../context.ts'
import { deviceIdOf } from '../device-id.ts'

interface JoinApi {
  join(
    keys: DeviceKeys,
    request: { code: string; deviceId: string },
  ): Promise<{
    readonly tillId: string
    readonly role: TillRole
    readonly name: string
    readonly branch: TillPlace & { readonly accountId: string }
    readonly sessionSecret: string
  }>
}

/** The branch's account. What was accepted here for it before, by an earlier session, is still there and goes with the next exchange. */
export async function joinTill(
  context: DeviceContext & { readonly device: DeviceDb; readonly tills: TillDb },
  api: JoinApi,
  code: string,
): Promise<string> {
  const { device, tills, now } = context
  const keys = await keysToCome(tills)
  const joined = await api.join(keys, { code, deviceId: await deviceIdOf(context) })
  const { tillId, role, name, sessionSecret: secret } = joined
  const { accountId, ...place } = joined.branch
  await tills.transaction('rw', tills.tills, tills.facts, async () => {
    await tills.tills.put({ accountId, tillId, role, name, secret, keys, place, joinedAt: now() })
    await writeTillFact(tills, 'current', accountId)
    await tills.facts.delete('keysToCome')
  })
  await writeFact(device, 'isTill', true)
  return accountId
}

class NoKeysError extends Error {
  override readonly name = 'NoKeysError'
}

async function keysToCome(tills: TillDb): Promise<DeviceKeys> {
  const before = await readTillFact(tills, 'keysToCome')
  if (before) return before
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  await writeTillFact(tills, 'keysToCome', made)
  // One browser takes some keys and gives nothing back: better known before the code is used up.
  const kept = await readTillFact(tills, 'keysToCome')
  if (!kept?.privateKey) throw new NoKeysError('this browser keeps no keys')
  return kept
}
