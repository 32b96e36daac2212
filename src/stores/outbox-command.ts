/** What a row of the outbox asks for, opened once: a row that did not change is the same object at each read. */
import type { OutboxRow } from '../db/tables.ts'
import { openCommand } from '../domain/ledger/open-record.ts'
import type { OutboxCommand } from '../domain/ledger/projection.ts'

const opened = new WeakMap<OutboxRow, OutboxCommand>()

export function commandOfRow(row: OutboxRow): OutboxCommand {
  const known = opened.get(row)
  if (known) return known
  const made = { command: openCommand(row.text), text: row.text }
  opened.set(row, made)
  return made
}
