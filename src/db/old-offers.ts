/** Offers of a phone from before they stood on a shelf of the whole phone: they were kept in each ledger, and are read offline until newer ones come. */
import type { LedgerDb } from './database.ts'
import type { DeviceDb } from './device.ts'
import { readKept, writeKept } from './kept.ts'
import { clearMeta, readMeta } from './meta.ts'

/** Puts what the upgrade of the ledger's database has laid aside on the shelf, unless newer ones stand there. */
export async function shelveOldOffers(db: LedgerDb, device: DeviceDb): Promise<void> {
  const old = await readMeta(db, 'oldOffers')
  if (old === undefined) return
  const { at } = old
  const standing = await readKept(device, 'offers')
  if (standing === undefined || standing.at < at) await writeKept(device, { key: 'offers', value: old, at })
  await clearMeta(db, 'oldOffers')
}
