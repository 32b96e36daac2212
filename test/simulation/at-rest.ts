/**
 * What lies in a phone's storage, without opening it: opening a database to look at it after each step took more of a run than the steps. Only where
 * nothing is under way there; else the storage itself is asked, which waits until it is.
 */
import type { Storage } from '../support/phone.ts'

/** fake-indexeddb's own, as far as it is looked at. */
interface RawDatabase {
  readonly transactions: readonly { readonly _state: string }[]
  readonly rawObjectStores: ReadonlyMap<string, { readonly records: { values(): Iterable<RawRecord> } }>
}

interface RawRecord {
  readonly key: unknown
  readonly value: unknown
}

/** Undefined: something is being written, or no such database is there. */
export function atRest({ factory }: Storage, name: string): RawDatabase | undefined {
  const { _databases: all } = factory as unknown as { _databases: ReadonlyMap<string, RawDatabase> }
  const raw = all.get(name)
  return raw?.transactions.every(({ _state }) => _state === 'finished') ? raw : undefined
}

/** The ids of the rows in one of its tables; none where it has no such table. */
export function rowIdsIn(raw: RawDatabase, table: string): string[] {
  return rowsIn(raw, table).map(({ value }) => (value as { id: string }).id)
}

export function keysIn(raw: RawDatabase, table: string): string[] {
  return rowsIn(raw, table).map(({ key }) => key as string)
}

function rowsIn({ rawObjectStores }: RawDatabase, table: string): RawRecord[] {
  const store = rawObjectStores.get(table)
  return store ? [...store.records.values()] : []
}
