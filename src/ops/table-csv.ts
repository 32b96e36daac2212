/** A table as a file for a spreadsheet, in which no cell is taken for a formula. */
import type { DeskColumn } from './desk-column.ts'

/** What a spreadsheet would run instead of showing. */
const FORMULA = /^[=+\-@\t\r]/

export function tableCsv<Row>(columns: readonly DeskColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => cell(title)),
    ...rows.map((row) =>
      columns.map(({ value, shown }) => {
        const raw = value(row)
        // A number is a number, also below zero.
        return typeof raw === 'number' && !shown ? String(raw) : cell(shown?.(row) ?? String(raw))
      }),
    ),
  ]
  // The mark at the beginning tells Excel that it is UTF-8.
  return `\ufeff${lines.map((line) => `${line.join(',')}\r\n`).join('')}`
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
