/** While a new version is rolled out, processes of the one before go on: today's tables understand all that those were heard saying, and answer the same. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import type { Param } from '../../mock-api/storage/db.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { ENGINES, openTestDb } from '../support/database.ts'

interface Said {
  readonly text: string
  readonly params: readonly Param[]
  readonly rows: readonly object[]
}

const folder = new URL('../golden/statements/', import.meta.url)
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    said: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Said[],
  }))

/** Two rows may come in either order where none was asked for; members in any. */
const inOrder = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()

describe.each(ENGINES)('a roll-out on %s', (engine) => {
  it.each(recordings)(
    'understands the version of $name, and goes on from what it wrote',
    async ({ said }) => {
      const { db, close } = await openTestDb(engine)
      await migrate(db, 1)
      expect(said.length).toBeGreaterThan(100)
      for (const { text, params, rows } of said)
        expect(inOrder(await db.query(text, params)), text).toEqual(inOrder(rows))
      expect(await audit(db)).not.toHaveProperty('fault')
      const next = await startBackend({ db, samples: false, now: Date.parse('2027-03-20T12:00:00+08:00') })
      const me = await signIn(next)
      expect((await me.sync([cleanPlate(next)])).receipts[0]?.outcome).toBe('accepted')
      await next.sweep()
      expect(await audit(db)).not.toHaveProperty('fault')
      await close()
    },
  )
})
