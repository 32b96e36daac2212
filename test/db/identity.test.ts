/** A browser that throws the site's data away under an open page: nothing is recorded into the empty database that takes its place. */
import { Dexie } from 'dexie'
import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import { DeviceDb } from '../../src/db/device.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { claim, freshId, NOON } from '../support/builders.ts'

const LEDGER = 'c0ffee00-0000-4000-8000-000000000001'
let factory: IDBFactory
let open: Dexie[] = []

beforeEach(() => {
  factory = new IDBFactory()
  Dexie.dependencies.indexedDB = factory
  Dexie.dependencies.IDBKeyRange = IDBKeyRange
})
afterEach(() => {
  for (const db of open) db.close()
  open = []
})

function ledger(mark: string): LedgerDb {
  const db = openLedgerDb(LEDGER, mark)
  open.push(db)
  return db
}

const record = (db: LedgerDb) =>
  enqueue(db, { id: freshId() as CommandId, kind: 'activity.record', at: NOON, body: claim() })

/** What "clear site data" does: connections are closed by force, then the databases are gone. */
async function clear(dbs: readonly Dexie[]): Promise<void> {
  const names = dbs.map((db) => db.name)
  for (const db of dbs) forceCloseDatabase(db.backendDB() as never)
  for (const name of new Set(names)) {
    await new Promise((resolve) => {
      factory.deleteDatabase(name).onsuccess = resolve
    })
  }
}

describe('a database', () => {
  it('of an older app, without a mark, gets one and keeps its rows', async () => {
    const before = openLedgerDb(LEDGER)
    await record(before)
    before.close()
    const db = ledger('first')
    expect(await db.outbox.count()).toBe(1)
    expect((await db.meta.get('identity'))?.value).toBe('first')
  })

  it('keeps the mark of its birth, whoever opens it', async () => {
    await record(ledger('first'))
    const second = ledger('second')
    await record(second)
    expect((await second.meta.get('identity'))?.value).toBe('first')
  })

  it('closed by the browser and still there is opened again, and goes on', async () => {
    const db = ledger('first')
    await record(db)
    forceCloseDatabase(db.backendDB() as never)
    await record(db)
    expect(await db.outbox.count()).toBe(2)
  })

  it('cleared under an open page takes no act, and the page is told at once', async () => {
    const db = ledger('first')
    await record(db)
    const told = new Promise<void>((resolve) => {
      db.guard.onCleared = resolve
    })
    await clear([db])
    await told
    expect(db.guard.isCleared).toBe(true)
    await expect(record(db)).rejects.toThrow()
    await expect(db.outbox.count()).rejects.toThrow()
    db.guard.renew()
    await record(db)
    expect(await db.outbox.count()).toBe(1)
  })

  it('that cannot be opened for a moment, while it is being cleared, is looked at again', async () => {
    const db = ledger('first')
    await record(db)
    const told = new Promise<void>((resolve) => {
      db.guard.onCleared = resolve
    })
    const open = factory.open.bind(factory)
    let refusals = 2
    factory.open = (...args) => {
      if (refusals-- > 0) throw new DOMException('The connection was closed.', 'AbortError')
      return open(...args)
    }
    await clear([db])
    await told
    db.guard.renew()
    await record(db)
    expect(await db.outbox.count()).toBe(1)
  })

  it('that another tab has begun anew is not taken for the old one', async () => {
    const [one, two] = [ledger('one'), ledger('two')]
    await record(one)
    await record(two)
    await clear([one, two])
    one.guard.renew()
    await record(one)
    // The first was born here too: the other tab knows its mark, and must not find it again.
    expect((await one.meta.get('identity'))?.value).not.toBe('one')
    await expect(record(two)).rejects.toThrow()
  })

  it('begun anew by two tabs at once is known to both by one mark', async () => {
    const [one, two] = [ledger('one'), ledger('two')]
    await record(one)
    await record(two)
    await clear([one, two])
    await Promise.all([one.guard.look(), two.guard.look()])
    for (const db of [one, two]) db.guard.renew()
    await Promise.all([record(one), record(two)])
    await record(one)
    await record(two)
    expect(await one.outbox.count()).toBe(4)
    expect(one.guard.mark).toBe(two.guard.mark)
  })

  it('whose mark another has overwritten is refused, told, and gone on in', async () => {
    const db = ledger('one')
    await record(db)
    const told = new Promise<void>((resolve) => {
      db.guard.onCleared = resolve
    })
    await db.meta.put({ key: 'identity', value: 'of another' })
    await expect(record(db)).rejects.toThrow()
    await told
    db.guard.renew()
    await record(db)
    expect(await db.outbox.count()).toBe(2)
  })

  it('begun anew by the tab that began the first is another one all the same', async () => {
    const db = ledger('one')
    await record(db)
    await clear([db])
    await db.guard.look()
    db.guard.renew()
    await record(db)
    const mark = (await db.meta.get('identity'))?.value
    expect(mark).toBeTypeOf('string')
    expect(mark).not.toBe('one')
  })

  it('of the phone itself is held to its mark too', async () => {
    const device = new DeviceDb('mark')
    open.push(device)
    await device.facts.put({ key: 'deviceId', value: 'x' })
    await clear([device])
    await expect(device.facts.put({ key: 'deviceId', value: 'y' })).rejects.toThrow()
  })
})
