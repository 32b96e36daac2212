/** Background Sync: the end of sessions that were left, then one pass for each account on this phone. What a page is not there for. */
import { openLedgerDb } from '../db/database.ts'
import type { DeviceDb } from '../db/device.ts'
import { sendSignOuts } from '../db/sign-outs.ts'
import { groupOfCode } from '../domain/methodology/which-pack.ts'
import { createBackendApi } from '../sync/backend-api.ts'
import { type Connection, lockNameOf, passOf } from '../sync/connect.ts'
import type { Lock } from '../sync/lock.ts'

export type Background = Pick<Connection, 'transport' | 'now' | 'pins'> & {
  readonly device: DeviceDb
  readonly lock: Lock
}

/** A failure keeps no other account waiting, and is thrown on, so that the browser tries again. */
export async function syncAll({ device, lock, ...connection }: Background): Promise<void> {
  const profiles = await device.profiles
    .filter((each) => each.kind === 'account' && each.signedOutAt === undefined)
    .toArray()
  let failure: unknown
  const { signOut } = createBackendApi(connection.transport)
  if (!(await sendSignOuts(device, signOut))) failure = new Error('a session has still to be ended')
  for (const { ledgerId } of profiles) {
    const db = openLedgerDb(ledgerId)
    try {
      if ((await db.outbox.where('state').equals('queued').count()) === 0) continue
      const pass = passOf({ ...connection, db, accountId: ledgerId, device, groupOf: groupOfCode })
      await lock(lockNameOf(ledgerId), () => pass())
    } catch (error) {
      failure ??= error
    } finally {
      db.close()
    }
  }
  if (failure !== undefined) throw failure
}
