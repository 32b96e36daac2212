/**
 * Every entry of the ledger as CSV, oldest first, in pieces, so that 100,000 of them never stand in memory as one string.
 * Columns and their words come from the caller. UTF-8 with a byte order mark, or Excel takes Chinese for Latin letters.
 */

import type { LedgerDb } from '../db/database.ts'
import type { EntryRow } from '../db/tables.ts'
import { plainText } from '../domain/base/plain-text.ts'

export interface CsvColumn {
  readonly header: string
  /** Numbers are written as they are; text is made safe for spreadsheets; undefined is an empty cell. */
  readonly value: (entry: EntryRow) => string | number | undefined
}

const BOM = '\uFEFF'
/** RFC 4180. */
const LINE_END = '\r\n'
const CHUNK = 2000

export async function* exportCsv(
  db: LedgerDb,
  columns: readonly CsvColumn[],
  onProgress?: (done: number, of: number) => void,
): AsyncGenerator<string> {
  const of = await db.entries.count()
  yield BOM + csvLine(columns.map(({ header }) => header))
  for (let after = 0, done = 0; ; ) {
    const rows = await db.entries.where('seq').above(after).limit(CHUNK).toArray()
    const last = rows.at(-1)
    if (!last) break
    yield rows.map((row) => csvLine(columns.map(({ value }) => value(row)))).join('')
    after = last.seq
    done += rows.length
    onProgress?.(done, of)
  }
}

/** A small table as one text. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return BOM + rows.map(csvLine).join('')
}

function csvLine(values: readonly (string | number | undefined)[]): string {
  return values.map(cell).join(',') + LINE_END
}

/** Begins a formula in some spreadsheet: also in full width, as a Chinese keyboard writes it and East Asian Excel reads it. */
const FORMULA = /^[\s"'“”‘’「『\p{Cf}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]/u
/** Begins a further cell or row where a spreadsheet splits more than RFC 4180 does. */
const SPLIT = /^[\t\r\n]/

/**
 * A spreadsheet runs a text that begins like a formula, some also after blanks or a quote; an apostrophe in front makes it a text again.
 * Quoted is also what parts cells where a comma is the decimal sign, or behind it a formula would begin one.
 */
function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const plain = plainText(value)
  const text = FORMULA.test(plain) || SPLIT.test(plain) ? `'${plain}` : plain
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
