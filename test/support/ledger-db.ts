/** A phone’s database without a phone, and rows of a journal for it: new with each test. Call `useLedgerDb` at the top of a test file. */

import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach } from 'vitest'
import type { LedgerDb } from '../../src/db/database.ts'
import { openLedgerDb } from '../../src/db/database.ts'
import type { ParsedRecord } from '../../src/db/derive.ts'
import type { JournalRow, OutboxRow } from '../../src/db/tables.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ACCOUNT, NOON } from './builders.ts'

export function useLedgerDb(): { readonly db: LedgerDb } {
  let db: LedgerDb
  beforeEach(() => {
    Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB
    Dexie.dependencies.IDBKeyRange = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange
    db = openLedgerDb('test')
  })
  afterEach(() => db.close())
  return {
    get db() {
      return db
    },
  }
}

/** The record of a step, or of a command that moved nothing. */
export function recordAt(
  seq: number,
  of: Command | Pick<RecordBody, 'kind' | 'id'>,
  detail: ParsedRecord['detail'] = 'body' in of ? { command: canonicalJson(of) } : {},
): ParsedRecord {
  const { kind, id } = of
  const body: RecordBody = {
    ...{ v: 1, account: ACCOUNT, seq, at: NOON, kind, id, outcome: 'accepted', transfers: [] },
  }
  return { body, detail }
}

/** As it stands in a journal. The hash says of which history it is, and nothing else. */
export function journalRow({ body, detail }: ParsedRecord, history = 'ours'): JournalRow {
  const { seq, id } = body
  return {
    seq,
    id,
    body: canonicalJson(body),
    hash: `${history} ${seq}`,
    detail: canonicalJson(detail ?? {}),
  }
}

export function outboxRow(n: number, of: Command, given: Partial<OutboxRow> = {}): OutboxRow {
  return { n, id: of.id, text: canonicalJson(of), state: 'queued', ...given }
}
