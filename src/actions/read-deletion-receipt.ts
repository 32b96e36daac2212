/** What the backend signed when an account ended, checked with the keys that this phone trusts. Works without a network. */
import { type DeviceDb, readTrustedKeys } from '../db/device.ts'
import { type DeletionReceipt, readDeletion } from '../proof/deletion-receipt.ts'

export async function readDeletionReceipt(
  device: DeviceDb,
  receipt: string,
): Promise<DeletionReceipt | undefined> {
  return readDeletion(receipt, await readTrustedKeys(device))
}
