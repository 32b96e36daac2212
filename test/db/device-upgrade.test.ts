/** What belongs to the phone, as an older version of the app left it, opened by today's: nobody's ledger is forgotten, and public feeds can be kept. */
import { readdirSync, readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { DeviceDb, readFact, writeFact } from '../../src/db/device.ts'
import { type DeviceRead, liveDevice } from '../../src/db/device-reads.ts'
import { readKept, writeKept } from '../../src/db/kept.ts'

interface Dump {
  readonly version: number
  readonly stores: Record<string, string>
  readonly tables: { readonly profiles: object[]; readonly facts: { key: string; value: unknown }[] }
}

const folder = new URL('../golden/device/', import.meta.url)
const dumps = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Dump,
)

async function openDump(dump: Dump): Promise<DeviceDb> {
  Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB
  Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
  const old = new Dexie('greentrace-device')
  old.version(dump.version).stores(dump.stores)
  for (const [table, rows] of Object.entries(dump.tables)) await old.table(table).bulkAdd(rows)
  old.close()
  return new DeviceDb()
}

it.each(dumps)('version $version opens: every profile and fact is there, as it was', async (dump) => {
  const device = await openDump(dump)
  expect(await device.profiles.toArray()).toEqual(dump.tables.profiles)
  expect(await device.facts.orderBy('key').toArray()).toEqual(
    dump.tables.facts.toSorted((a, b) => a.key.localeCompare(b.key)),
  )
  const read = await new Promise<DeviceRead>((resolve) => liveDevice(device).subscribe(resolve))
  expect(read.current).toMatchObject({ kind: 'account', city: 'weifang' })
  expect(device.verno).toBeGreaterThan(dump.version)
  device.close()
})

it.each(dumps)(
  'after version $version, answers of public feeds are kept and survive the next start',
  async (dump) => {
    const device = await openDump(dump)
    const row = { key: 'content:weifang', value: { version: '2026-12-01' }, etag: 'W/"1"', at: 7 }
    expect(await readKept(device, row.key)).toBeUndefined()
    await writeKept(device, row)
    await writeFact(device, 'deviceId', 'another')
    device.close()
    const again = new DeviceDb()
    expect(await readKept(again, row.key)).toEqual(row)
    expect(await readFact(again, 'deviceId')).toBe('another')
    again.close()
  },
)
