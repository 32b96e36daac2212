/**
 * Background Sync: the end of sessions that were left, then one pass for each account on this phone that has something to send, and for each
 * branch that it is a till of. What a page is not there for. Where the browser wakes the worker now and then by itself, each account is asked for
 * news, and each till hears what has ended.
 */
import { type LedgerDb, openLedgerDb } from '../db/database.ts'
import { type DeviceDb, readFact } from '../db/device.ts'
import { sendSignOuts } from '../db/sign-outs.ts'
import { TillDb } from '../db/till.ts'
import { groupOfCode } from '../domain/methodology/which-pack.ts'
import { createBackendApi } from '../sync/backend-api.ts'
import { type Connection, lockNameOf, passOf } from '../sync/connect.ts'
import type { Lock } from '../sync/lock.ts'
import { tillExchangeOf } from '../sync/till-exchange.ts'
import type { Send } from '../sync/till-transport.ts'

/** What a till's requests need beside it: they carry a proof of their own. */
interface AtTills {
  readonly send: Send
  readonly newId: () => string
}

export type Background = Accounts & AtTills

type Accounts = Pick<Connection, 'transport' | 'now' | 'pins'> & {
  readonly device: DeviceDb
  readonly lock: Lock
  /** Also accounts that have nothing to send: something may have come. */
  readonly asksAll?: boolean
  /** After a pass, with its ledger still open. */
  readonly onSynced?: (db: LedgerDb, ledgerId: string) => Promise<void>
}

/** What the shops are paid by does not wait for what an account cannot send, nor the other way round. */
export async function syncBoth(background: Background): Promise<void> {
  const done = await Promise.allSettled([syncTills(background), syncAll(background)])
  for (const each of done) if (each.status === 'rejected') throw each.reason
}

/** Only on a device that is a till: elsewhere not even its database is made. */
async function syncTills({ device, asksAll, ...around }: Background): Promise<void> {
  if (!(await readFact(device, 'isTill'))) return
  const tills = new TillDb()
  try {
    const exchange = tillExchangeOf({ ...around, device, random: Math.random, setTimer: () => () => {} })
    await exchange.sendAll({ tills, ...(asksAll ? { now: around.now } : {}) })
  } finally {
    tills.close()
  }
}

/** A failure keeps no other account waiting, and is thrown on, so that the browser tries again. */
export async function syncAll(background: Accounts): Promise<void> {
  const { device, lock, asksAll = false, onSynced, ...connection } = background
  const profiles = await device.profiles
    .filter((each) => each.kind === 'account' && each.signedOutAt === undefined)
    .toArray()
  let failure: unknown
  const { signOut } = createBackendApi(connection.transport)
  if (!(await sendSignOuts(device, signOut))) failure = new Error('a session has still to be ended')
  for (const { ledgerId } of profiles) {
    const db = openLedgerDb(ledgerId)
    try {
      if (!asksAll && (await db.outbox.where('state').equals('queued').count()) === 0) continue
      const pass = passOf({ ...connection, db, accountId: ledgerId, device, groupOf: groupOfCode })
      await lock(lockNameOf(ledgerId), () => pass())
      await onSynced?.(db, ledgerId)
    } catch (error) {
      failure ??= error
    } finally {
      db.close()
    }
  }
  if (failure !== undefined) throw failure
}
