/** The keys that this phone trusts: the first set it sees, and from then on only what those keys lead to. */
import { keySetSchema } from '../contract/catalog.ts'
import { type DeviceDb, readFact, writeFact } from '../db/device.ts'
import { type KeySet, trustedKeys } from '../proof/keys.ts'
import type { Transport } from './transport.ts'

export function keysOf(device: DeviceDb, transport: Transport): (isFresh: boolean) => Promise<KeySet> {
  return async (isFresh) => {
    const trusted = await readFact(device, 'keys')
    if (trusted && !isFresh) return trusted
    const offered = await transport.get('/keys', keySetSchema)
    const keys = await trustedKeys(trusted, offered as KeySet)
    await writeFact(device, 'keys', keys)
    return keys
  }
}
