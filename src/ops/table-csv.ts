/** A table as a file for a spreadsheet, in which no cell is taken for a formula. */
import { csvLine } from '../domain/base/csv.ts'
import type { DeskColumn } from './desk-column.ts'

export function tableCsv<Row>(columns: readonly DeskColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) =>
      columns.map(({ value, shown }) => {
        const raw = value(row)
        // A number is a number, also below zero.
        return typeof raw === 'number' && !shown ? raw : (shown?.(row) ?? String(raw))
      }),
    ),
  ]
  // The mark at the beginning tells Excel that it is UTF-8.
  return `\ufeff${lines.map(csvLine).join('')}`
}
