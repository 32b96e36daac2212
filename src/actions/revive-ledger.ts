/** The browser has cleared the site's data under an open page: what the page still has in memory is written anew, into the new databases. */

import type { LedgerDb } from '../db/database.ts'
import { type DeviceDb, type Profile, readFact, writeFact } from '../db/device.ts'
import { type Keepsakes, writeKeepsakes } from '../db/keepsakes.ts'
import { type Meta, readMeta, writeMeta } from '../db/meta.ts'
import type { OutboxRow } from '../db/tables.ts'

/** Whose ledgers were on the phone. Another tab may have been first: what it has written stays. */
export async function reviveDevice(
  device: DeviceDb,
  memory: { profiles: readonly Profile[]; currentId: string | undefined },
): Promise<void> {
  device.guard.renew()
  await device.transaction('rw', device.profiles, device.facts, async () => {
    for (const profile of memory.profiles)
      if (!(await device.profiles.get(profile.ledgerId))) await device.profiles.add(profile)
    if (memory.currentId !== undefined && (await readFact(device, 'currentLedgerId')) === undefined)
      await writeFact(device, 'currentLedgerId', memory.currentId)
  })
}

export interface LedgerMemory {
  readonly outbox: readonly OutboxRow[]
  readonly goalGrams: number | undefined
  readonly favourites: Meta['favourites']
  /** Without it the cookie, if that is still there, opens nothing. */
  readonly sessionSecret: string | undefined
  /** Cards, words that were begun, photos on their way. */
  readonly keepsakes: Keepsakes
}

/**
 * What this device still asks for, in its order; of an account, all that was posted comes back with the next exchange. Returns how many
 * commands were written anew.
 */
export async function reviveLedger(db: LedgerDb, memory: LedgerMemory): Promise<number> {
  db.guard.renew()
  return db.transaction('rw', db.outbox, db.journal, db.meta, db.photos, async () => {
    const known = new Set([
      ...(await db.outbox.orderBy('id').keys()),
      ...(await db.journal.orderBy('id').keys()),
    ] as string[])
    const missing = memory.outbox.filter(({ id }) => !known.has(id))
    // The record that an answered row waited for is fetched with all others, and settles it.
    await db.outbox.bulkAdd(
      missing.map(({ n: _, seq: __, ...row }) => ({
        ...row,
        state: row.state === 'deferred' ? ('deferred' as const) : ('queued' as const),
      })),
    )
    if (memory.sessionSecret !== undefined && (await readMeta(db, 'sessionSecret')) === undefined)
      await writeMeta(db, 'sessionSecret', memory.sessionSecret)
    if (memory.goalGrams !== undefined && (await readMeta(db, 'goalGrams')) === undefined)
      await writeMeta(db, 'goalGrams', memory.goalGrams)
    if (memory.favourites.length > 0 && (await readMeta(db, 'favourites')) === undefined)
      await writeMeta(db, 'favourites', memory.favourites)
    await writeKeepsakes(db, memory.keepsakes)
    return missing.length
  })
}
