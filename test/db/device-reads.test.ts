/** Whose ledgers are on the phone, read while another tab leaves one: never half before and half after. */
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { DeviceDb, type Profile, writeFact } from '../../src/db/device.ts'
import { type DeviceRead, liveDevice } from '../../src/db/device-reads.ts'

const mine: Profile = { ledgerId: 'mine', kind: 'account', city: 'weifang', createdAt: 0 }

/** Does something in the midst of reading the profiles: it stands in line behind that read, and before whatever comes after it. */
function inTheMidst(db: DeviceDb, work: () => void): void {
  db.use({
    stack: 'dbcore',
    name: 'in the midst',
    create: (core) => ({
      ...core,
      table(name) {
        const table = core.table(name)
        if (name !== 'profiles') return table
        return {
          ...table,
          query(request) {
            const answer = table.query(request)
            work()
            return answer
          },
        }
      },
    }),
  })
}

it('the open ledger is gone in the same moment as its profile', async () => {
  Dexie.dependencies.indexedDB = new IDBFactory()
  Dexie.dependencies.IDBKeyRange = IDBKeyRange
  const [here, elsewhere] = [new DeviceDb(), new DeviceDb()]
  await elsewhere.profiles.put(mine)
  await writeFact(elsewhere, 'currentLedgerId', mine.ledgerId)
  // Another tab's Dexie: what it says of its writes comes later.
  const stores = elsewhere.backendDB()
  let hasLeft = false
  inTheMidst(here, () => {
    if (hasLeft) return
    hasLeft = true
    const leaving = stores.transaction(['profiles', 'facts'], 'readwrite')
    leaving.objectStore('profiles').delete(mine.ledgerId)
    leaving.objectStore('facts').delete('currentLedgerId')
  })
  const read = await new Promise<DeviceRead>((resolve) => liveDevice(here).subscribe(resolve))
  expect(hasLeft).toBe(true)
  expect(read.current).toEqual(read.profiles[0])
  here.close()
  elsewhere.close()
})
