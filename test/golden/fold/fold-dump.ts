/** The journals of phones as they were left behind, folded by today's rules. */
import { readdirSync, readFileSync } from 'node:fs'
import { emptyLedger, type Ledger, post } from '../../../src/domain/ledger/ledger.ts'
import type { RecordBody, RecordDetail } from '../../../src/domain/ledger/record.ts'

interface Dump {
  readonly tables: { readonly journal: readonly { readonly body: string; readonly detail: string }[] }
}

const folder = new URL('../db/', import.meta.url)

export function foldDumps(): Record<string, Ledger> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(names.map((name) => [name, foldDump(name)]))
}

function foldDump(name: string): Ledger {
  const { tables } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Dump
  const ledger = emptyLedger()
  for (const { body, detail } of tables.journal)
    post(ledger, JSON.parse(body) as RecordBody, JSON.parse(detail) as RecordDetail)
  return ledger
}
