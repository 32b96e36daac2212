/** Signing out leaves no trace: the ledger is removed from this phone once the backend has all of it. */
import { deleteLedgerDb, type LedgerDb } from '../db/database.ts'
import { type DeviceDb, type DeviceFacts, readFact } from '../db/device.ts'
import { photosToSend } from '../db/photos.ts'

/** What would be lost: to be synced or exported first; discarding it needs typing. */
export async function countUnsynced(db: LedgerDb): Promise<number> {
  // A photo goes after its nomination, which is then in the outbox no more.
  return (await db.outbox.count()) + (await photosToSend(db)).length
}

/** Removes the ledger from the phone. Another profile, if any, becomes the current one; its id is returned. */
export async function leaveLedger(device: DeviceDb, ledgerId: string): Promise<string | undefined> {
  await deleteLedgerDb(ledgerId)
  return device.transaction('rw', device.profiles, device.facts, async () => {
    await device.profiles.delete(ledgerId)
    const current: DeviceFacts['currentLedgerId'] | undefined = await readFact(device, 'currentLedgerId')
    if (current !== ledgerId) return current
    const next = (await device.profiles.toCollection().first())?.ledgerId
    if (next === undefined) await device.facts.delete('currentLedgerId')
    else await device.facts.put({ key: 'currentLedgerId', value: next })
    return next
  })
}
