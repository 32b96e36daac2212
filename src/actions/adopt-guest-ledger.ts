/**
 * The guest ledger becomes part of the account that signed in, once. Two databases cannot share a transaction, so it goes in steps that
 * can each be repeated: say who adopts it; close it, so that another
 * tab records elsewhere; copy the commands, by id; only then remove the guest ledger. A crash in between is finished at
 * the next start, and a guest ledger that is promised to one account is never given to another.
 */

import { deleteLedgerDb, type LedgerDb, openLedgerDb } from '../db/database.ts'
import { type DeviceDb, readFact, writeFact } from '../db/device.ts'
import { moveDrafts } from '../db/draft-shelf.ts'
import { addDrafts, addRoutes } from '../db/keepsakes.ts'
import { type MetaKey, readMeta, writeMeta } from '../db/meta.ts'
import { addNewsMemory, readNewsMemory } from '../db/news.ts'
import { assertOpen, closeOutbox } from '../db/outbox.ts'
import type { OutboxRow } from '../db/tables.ts'
import { copyTrips } from '../db/trips.ts'

/** How many commands came over. */
export async function adoptGuestLedger(
  device: DeviceDb,
  ids: { guest: string; account: string },
): Promise<number> {
  const isOurs = await device.transaction('rw', device.profiles, async () => {
    const guest = await device.profiles.get(ids.guest)
    if (guest?.kind !== 'guest') return false
    if (guest.adoptedBy !== undefined && guest.adoptedBy !== ids.account) return false
    await device.profiles.update(ids.guest, { adoptedBy: ids.account })
    return true
  })
  if (!isOurs) return 0
  const guestDb = openLedgerDb(ids.guest)
  const accountDb = openLedgerDb(ids.account)
  try {
    const rows = await closeOutbox(guestDb, ids.account)
    const count = await copyOutbox(rows, { guest: guestDb, account: accountDb })
    moveDrafts(ids.guest, ids.account)
    guestDb.close()
    await deleteLedgerDb(ids.guest)
    await device.transaction('rw', device.profiles, device.facts, async () => {
      await device.profiles.delete(ids.guest)
      // Finished late, it must not take the place of a ledger that was opened in the meantime.
      const current = await readFact(device, 'currentLedgerId')
      if (current === undefined || current === ids.guest)
        await writeFact(device, 'currentLedgerId', ids.account)
    })
    return count
  } finally {
    guestDb.close()
    accountDb.close()
  }
}

/** Adoptions that a crash interrupted. */
export async function finishAdoptions(device: DeviceDb): Promise<void> {
  const guests = await device.profiles
    .filter((profile) => profile.kind === 'guest' && profile.adoptedBy !== undefined)
    .toArray()
  for (const guest of guests)
    await adoptGuestLedger(device, { guest: guest.ledgerId, account: guest.adoptedBy as string })
}

/** What the person set for themselves comes along, unless the account has its own on this phone. */
const OWN_FACTS = ['goalGrams', 'favourites'] as const satisfies readonly MetaKey[]

async function copyOutbox(
  rows: readonly OutboxRow[],
  { guest, account }: { guest: LedgerDb; account: LedgerDb },
): Promise<number> {
  const own = await Promise.all(OWN_FACTS.map(async (key) => ({ key, value: await readMeta(guest, key) })))
  const cards = await readMeta(guest, 'cards')
  const routes = await readMeta(guest, 'routes')
  const drafts = await readMeta(guest, 'voiceDrafts')
  const news = await readNewsMemory(guest)
  const photos = await guest.photos.toArray()
  const trips = await guest.trips.toArray()
  const points = await guest.tripPoints.toArray()
  const tables = [
    account.outbox,
    account.journal,
    account.meta,
    account.photos,
    account.trips,
    account.tripPoints,
  ]
  return account.transaction('rw', tables, async () => {
    await assertOpen(account)
    for (const { key, value } of own)
      if (value !== undefined && (await readMeta(account, key)) === undefined)
        await writeMeta(account, key, value)
    if (cards) await writeMeta(account, 'cards', { ...cards, ...(await readMeta(account, 'cards')) })
    await addRoutes(account, routes ?? [])
    await addDrafts(account, drafts ?? [])
    await addNewsMemory(account, news)
    await copyTrips(account, trips, points)
    const ids = rows.map((row) => row.id)
    const known = new Set([
      ...(await account.outbox.where('id').anyOf(ids).toArray()).map((row) => row.id),
      ...(await account.journal.where('id').anyOf(ids).toArray()).map((row) => row.id),
    ])
    const missing = rows.filter((row) => !known.has(row.id))
    await account.photos.bulkPut(photos.filter(({ id }) => !known.has(id)))
    // What may stand in a file somewhere still does: the marks come along.
    await account.outbox.bulkAdd(
      missing.map(({ n: _, ...row }) => ({ ...row, state: 'queued' as const, fromGuest: true as const })),
    )
    return missing.length
  })
}
