/** Sessions that the person has ended and the backend has not heard of yet: kept by the phone, whatever became of the ledger, until it has. */
import { type DeviceDb, readFact, writeFact } from './device.ts'

export async function readSignOuts(device: DeviceDb): Promise<readonly string[]> {
  return (await readFact(device, 'signOuts')) ?? []
}

/** Inside the transaction that takes the profile away. */
export async function queueSignOut(device: DeviceDb, accountId: string): Promise<void> {
  const before = await readSignOuts(device)
  await writeFact(device, 'signOuts', [...before.filter((id) => id !== accountId), accountId])
}

/** It has ended, or the same person has signed in again on this phone, which ends the earlier session as well. */
export async function dropSignOut(device: DeviceDb, accountId: string): Promise<void> {
  await device.transaction('rw', device.facts, async () => {
    const left = (await readSignOuts(device)).filter((id) => id !== accountId)
    if (left.length > 0) await writeFact(device, 'signOuts', left)
    else await device.facts.delete('signOuts')
  })
}

/**
 * Tells the backend, by its cookie alone: the ledger and its secret are gone. True when nothing is left to tell. An answer that trying again
 * would not change means that there is no such session any more.
 */
export async function sendSignOuts(
  device: DeviceDb,
  signOut: (accountId: string) => Promise<void>,
): Promise<boolean> {
  for (const accountId of await readSignOuts(device)) {
    try {
      await signOut(accountId)
    } catch (error) {
      if ((error as { mayRetry?: boolean }).mayRetry !== false) continue
    }
    await dropSignOut(device, accountId)
  }
  return (await readSignOuts(device)).length === 0
}
