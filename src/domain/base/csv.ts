/** A line of a CSV file (RFC 4180), safe to open in a spreadsheet: whatever is exported is written by this alone. */
import { plainText } from './plain-text.ts'

const LINE_END = '\r\n'

/** Numbers are written as they are; undefined is an empty cell. */
export function csvLine(values: readonly (string | number | undefined)[]): string {
  return values.map(cell).join(',') + LINE_END
}

/** Begins a formula in some spreadsheet: also in full width, as a Chinese keyboard writes it and East Asian Excel reads it. */
const FORMULA =
  /^[\s"'“”‘’「『\uff02\uff07\p{Cf}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]/u
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
