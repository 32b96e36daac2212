/**
 * Dumps of each schema version, as a phone left them behind, opened by today's app. When the schema changes: a new entry in
 * src/db/versions.ts, and a new dump by `node test/golden/db/make-dump.ts`; the old ones stay for ever.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { openLedgerDb } from '../../src/db/database.ts'
import { DeviceDb } from '../../src/db/device.ts'
import { refresh } from '../../src/db/journal.ts'
import { readKept } from '../../src/db/kept.ts'
import { readMeta, writeMeta } from '../../src/db/meta.ts'
import { shelveOldOffers } from '../../src/db/old-offers.ts'
import { readHead } from '../../src/db/pieces.ts'
import { changeTrip, readFixes } from '../../src/db/trips.ts'
import { versions } from '../../src/db/versions.ts'
import { resumed } from '../../src/domain/evidence/live-trip.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { FOLD, type Ledger } from '../../src/domain/ledger/ledger-state.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { findChainFault, START } from '../../src/proof/chain.ts'
import { expectRebuildEqual } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'

interface Dump {
  readonly version: number
  readonly stores: Record<string, string>
  readonly tables: Record<string, object[]>
}

const folder = new URL('../golden/db/', import.meta.url)
const dumps = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Dump)

async function openDump(dump: Dump) {
  Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB
  Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
  const old = new Dexie('greentrace-ledger-old')
  old.version(dump.version).stores(dump.stores)
  for (const [table, rows] of Object.entries(dump.tables)) await old.table(table).bulkAdd(rows)
  old.close()
  return openLedgerDb('old')
}

describe('a phone that comes from an older version', () => {
  it('has a dump for every version that was ever published', () => {
    expect(new Set(dumps.map((dump) => dump.version))).toEqual(new Set(versions.map((_, i) => i + 1)))
  })

  it.each(dumps)(
    'version $version opens: journal, outbox and derived rows are all there and agree',
    async (dump) => {
      const db = await openDump(dump)
      const journal = await db.journal.orderBy('seq').toArray()
      expect(journal.length).toBe(dump.tables.journal?.length)
      expect(await findChainFault(START, journal)).toBeUndefined()
      const texts = (await db.outbox.orderBy('n').toArray()).map((row) => row.text)
      expect(texts).toEqual(dump.tables.outbox?.map((row) => (row as { text: string }).text))
      for (const text of texts) expect(canonicalJson(JSON.parse(text) as Command)).toBe(text)
      await refresh(db, groupOfCode) // as the app does before it reads
      expect(await readLedger(db)).toMatchObject({ fold: FOLD, seq: journal.length })
      await expectRebuildEqual(db)
      db.close()
    },
  )

  it('keeps the offers that its ledger had, on the shelf of the whole phone, unless newer ones stand there', async () => {
    const [oldest] = dumps.filter(({ version }) => version === 1)
    const offers = { offers: [], at: 1_700_000_000_000 }
    const catalog = [{ key: 'offers', value: offers }]
    const tables = { ...oldest?.tables, catalog }
    const db = await openDump({ ...(oldest as Dump), tables })
    const device = new DeviceDb()
    await shelveOldOffers(db, device)
    expect(await readKept(device, 'offers')).toMatchObject({ value: offers, at: offers.at })
    await writeMeta(db, 'oldOffers', { at: offers.at - 1 })
    await shelveOldOffers(db, device)
    expect(await readKept(device, 'offers')).toMatchObject({ at: offers.at })
    expect(await readMeta(db, 'oldOffers')).toBeUndefined()
    db.close()
    device.close()
  })

  it.each(dumps.filter(({ version }) => version >= 5))(
    'a trip under way of version $version is there with all its fixes, and goes on',
    async (dump) => {
      const db = await openDump(dump)
      const [trip] = await db.trips.toArray()
      const { startedAt = 0 } = trip ?? {}
      expect(trip?.state).toBe('paused')
      const fixes = await readFixes(db, startedAt)
      expect(fixes).toHaveLength(dump.tables.tripPoints?.length ?? 0)
      expect(fixes[0]).toEqual({ at: startedAt + 1000, lat: 36.7068, lon: 119.10115, accuracyMetres: 8 })
      expect((await changeTrip(db, startedAt, resumed(startedAt + 9000)))?.state).toBe('recording')
      db.close()
    },
  )

  it.each(dumps.filter(({ version }) => version < 3))(
    'a state in one piece of version $version is split: the head keeps no day, each day has its row, and tracks are found by it',
    async (dump) => {
      const db = await openDump(dump)
      const stored = dump.tables.meta?.find((row) => (row as { key: string }).key === 'ledger')
      const { days, ...head } = (stored as { value: Ledger }).value
      expect(await readHead(db)).toEqual(head)
      expect(Object.keys(days).length).toBeGreaterThan(0)
      expect(await readLedger(db)).toEqual({ ...head, days })
      const [tracked] = Object.values(days)
        .flat()
        .filter(({ digest }) => digest !== undefined)
      const rows = await db.pieces
        .where('digests')
        .equals(tracked?.digest ?? '')
        .toArray()
      expect(rows.flatMap(({ acts }) => acts.map(({ id }) => id))).toContain(tracked?.id)
      db.close()
    },
  )
})
