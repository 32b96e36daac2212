/**
 * Signing out leaves no trace: the ledger is removed from this phone. Two databases cannot share a transaction, so it goes in steps: say
 * that it is being left; close it, which what still waits prevents; take the profile away and queue the end of the session, in one step;
 * only then remove the ledger's database. A crash in between is finished at the next start: with all of it still here, or nothing.
 */
import { deleteLedgerDb, hasLedgerDb, type LedgerDb, openLedgerDb } from '../db/database.ts'
import { type DeviceDb, type DeviceFacts, readFact, writeFact } from '../db/device.ts'
import { dropDrafts } from '../db/draft-shelf.ts'
import { queueSignOut } from '../db/sign-outs.ts'
import { closeToLeave, openAgain, readWaiting, sumOf, type Waiting } from '../db/waiting.ts'

/** What would be lost: to be synced or exported first; discarding it needs typing. */
export async function countUnsynced(db: LedgerDb): Promise<number> {
  return sumOf(await readWaiting(db))
}

/** What waits, if that keeps the ledger here. Otherwise nothing can be recorded in it any more: `leaveLedger` is next. */
export async function beginLeaving(
  device: DeviceDb,
  ledgerId: string,
  { discards }: { discards: boolean },
): Promise<Waiting | undefined> {
  await device.profiles.update(ledgerId, { leaving: discards ? 'discard' : 'keep' })
  const db = openLedgerDb(ledgerId)
  try {
    const waiting = await closeToLeave(db, { discards })
    if (waiting) await stayOn(device, ledgerId)
    return waiting
  } finally {
    db.close()
  }
}

async function stayOn(device: DeviceDb, ledgerId: string): Promise<void> {
  await device.profiles
    .where('ledgerId')
    .equals(ledgerId)
    .modify((profile) => {
      delete profile.leaving
    })
}

/**
 * Removes the ledger from the phone. Another profile, if any, becomes the current one; its id is returned. `endsSession`: the backend is to
 * hear of it, now or when there is a network.
 */
export async function leaveLedger(
  device: DeviceDb,
  ledgerId: string,
  { endsSession = false } = {},
): Promise<string | undefined> {
  const next = await device.transaction('rw', device.profiles, device.facts, async () => {
    const profile = await device.profiles.get(ledgerId)
    if (endsSession && profile?.kind === 'account') await queueSignOut(device, ledgerId)
    await writeFact(device, 'leftLedgers', [...((await readFact(device, 'leftLedgers')) ?? []), ledgerId])
    await device.profiles.delete(ledgerId)
    return goOnWith(device, ledgerId)
  })
  await removeLeft(device, ledgerId)
  return next
}

async function goOnWith(device: DeviceDb, left: string): Promise<string | undefined> {
  const current: DeviceFacts['currentLedgerId'] | undefined = await readFact(device, 'currentLedgerId')
  if (current !== left) return current
  const next = (await device.profiles.toCollection().first())?.ledgerId
  if (next === undefined) await device.facts.delete('currentLedgerId')
  else await device.facts.put({ key: 'currentLedgerId', value: next })
  return next
}

async function removeLeft(device: DeviceDb, ledgerId: string): Promise<void> {
  await deleteLedgerDb(ledgerId)
  dropDrafts(ledgerId)
  await device.transaction('rw', device.facts, async () => {
    const left = ((await readFact(device, 'leftLedgers')) ?? []).filter((id) => id !== ledgerId)
    if (left.length > 0) await writeFact(device, 'leftLedgers', left)
    else await device.facts.delete('leftLedgers')
  })
}

/** What a crash interrupted: gone, or, where something waits that was not discarded, still here with all of it. */
export async function finishLeaving(device: DeviceDb): Promise<void> {
  const begun = await device.profiles.filter(({ leaving }) => leaving !== undefined).toArray()
  for (const { ledgerId, leaving } of begun) {
    const waiting = await beginLeaving(device, ledgerId, { discards: leaving === 'discard' })
    if (!waiting) await leaveLedger(device, ledgerId, { endsSession: true })
  }
  for (const ledgerId of (await readFact(device, 'leftLedgers')) ?? []) await removeLeft(device, ledgerId)
}

/**
 * Somebody signs in to a ledger whose leaving was cut short, perhaps in another tab. What was left goes now, before anything new stands in it
 * that a later start would take for the old; what was only closed is open again.
 */
export async function returnTo(device: DeviceDb, ledgerId: string): Promise<void> {
  if ((await readFact(device, 'leftLedgers'))?.includes(ledgerId)) return removeLeft(device, ledgerId)
  if (!(await hasLedgerDb(ledgerId))) return
  const db = openLedgerDb(ledgerId)
  try {
    await openAgain(db)
  } finally {
    db.close()
  }
}
