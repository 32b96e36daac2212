/** What the backend signed when an account ended, checked with the keys that this phone trusts. Works without a network. */
import { type DeviceDb, readFact } from '../db/device.ts'
import type { Instant } from '../domain/time.ts'
import { readSigned } from '../proof/keys.ts'

export interface DeletionReceipt {
  readonly account: string
  readonly deletedAt: Instant
  readonly records: number
  /** Hash of the last record: the chain of pseudonymous transfers stays checkable. */
  readonly hash: string
}

export async function readDeletionReceipt(
  device: DeviceDb,
  receipt: string,
): Promise<DeletionReceipt | undefined> {
  const keys = await readFact(device, 'keys')
  return keys && readSigned<DeletionReceipt>(receipt, keys, ({ deletedAt }) => deletedAt)
}
