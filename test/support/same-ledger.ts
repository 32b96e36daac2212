/** What two devices of one account, and the backend, must have in common. */
import { expect } from 'vitest'
import type { LedgerDb } from '../../src/db/database.ts'
import { rebuild } from '../../src/db/journal.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Backend } from './backend.ts'

export interface Copy {
  readonly journal: readonly string[]
  readonly derived: string
}

export async function copyOfDevice(db: LedgerDb): Promise<Copy> {
  const journal = (await db.journal.orderBy('seq').toArray()).map(
    (row) => `${row.seq} ${row.hash} ${row.body}`,
  )
  return { journal, derived: await derivedOf(db) }
}

/** All derived rows, and the fold, as one text. */
export async function derivedOf(db: LedgerDb): Promise<string> {
  const [entries, vouchers, months, days, pieces, ledger] = await Promise.all([
    db.entries.orderBy('seq').toArray(),
    db.vouchers.orderBy('id').toArray(),
    db.months.orderBy('month').toArray(),
    db.days.orderBy('day').toArray(),
    db.pieces.orderBy('day').toArray(),
    db.meta.get('ledger'),
  ])
  return canonicalJson({ entries, vouchers, months, days, pieces, ledger: ledger?.value ?? {} })
}

export async function journalOfBackend(backend: Backend, accountId: string): Promise<string[]> {
  const rows = await backend.db.query<{ seq: number; hash: string; body: string }>(
    'select seq, hash, body from records where account_id = $1 order by seq',
    [accountId],
  )
  return rows.map((row) => `${row.seq} ${row.hash} ${row.body}`)
}

/** Rows kept step by step equal rows made anew. */
export async function expectRebuildEqual(db: LedgerDb): Promise<void> {
  const before = await derivedOf(db)
  await rebuild(db, groupOfCode)
  expect(await derivedOf(db)).toBe(before)
}
