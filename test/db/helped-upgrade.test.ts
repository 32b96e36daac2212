/** What a phone keeps of those for whom it logs, as an older version of the app left it, opened by today's. */
import { readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { type HelpedAct, HelpedDb, type HelpedPerson } from '../../src/db/helped.ts'

interface Dump {
  readonly version: number
  readonly stores: Record<string, string>
  readonly tables: { readonly people: HelpedPerson[]; readonly acts: HelpedAct[] }
}

const dump = JSON.parse(readFileSync(new URL('../golden/helped/v1.json', import.meta.url), 'utf8')) as Dump

it('version 1 opens: everything is there, and what was counted no longer says that it waits', async () => {
  Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB
  Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
  const old = new Dexie('greentrace-helped')
  old.version(dump.version).stores(dump.stores)
  for (const [table, rows] of Object.entries(dump.tables)) await old.table(table).bulkAdd(rows)
  old.close()
  const helped = new HelpedDb()
  expect(await helped.people.toArray()).toEqual(dump.tables.people)
  const [counted, ...others] = dump.tables.acts
  expect(await helped.acts.orderBy('n').toArray()).toEqual([{ ...counted, state: 'answered' }, ...others])
  helped.close()
})
