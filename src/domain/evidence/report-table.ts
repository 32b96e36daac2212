/**
 * A table as spreadsheets save it: UTF-8, UTF-16, GB18030 or Big5, with whatever parts its cells. A quote that is never closed spoils its own line and no other.
 */

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'

export interface Row {
  /** As an editor counts it, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** A quote stands in it that is not closed where a cell ends: what its cells are nobody can say. */
  readonly isTorn?: true
}

/**
 * All texts that the bytes may be, the likeliest first: what is valid UTF-8 is UTF-8; older spreadsheets write GB18030, or Big5, without saying so, and
 * most of one is valid as the other. A workbook is none, nor is anything else that holds zeros.
 */
export function textsIn(bytes: Uint8Array): { readonly text: string; readonly encoding: TableEncoding }[] {
  const found = new Map<string, TableEncoding>()
  for (const encoding of encodingsOf(bytes)) {
    const text = decoded(bytes, encoding)
    if (text !== undefined && !text.includes('\0') && !NO_LETTERS.test(text) && !found.has(text))
      found.set(text, encoding)
  }
  return [...found].map(([text, encoding]) => ({ text, encoding }))
}

function encodingsOf([a = -1, b = -1, c = -1, d = -1]: Uint8Array): readonly TableEncoding[] {
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return [] // a workbook is packed
  if ((a === 0xff && b === 0xfe) || (a > 0 && b === 0 && c > 0 && d === 0)) return ['utf-16le']
  if ((a === 0xfe && b === 0xff) || (a === 0 && b > 0 && c === 0 && d > 0)) return ['utf-16be']
  return ['utf-8', 'gb18030', 'big5']
}

/** What browsers make of bytes that a Big5 text cannot hold, in place of refusing them. */
const NO_LETTERS = /[\uf800-\uf8ff]/

/** Old programs end a text by a sign of its own, and fill up what is left of the last block. */
const PADDING = '\0\u001a'

function withoutPadding(text: string): string {
  let end = text.length
  const isPadding = (letter: string) => letter.trim() === '' || PADDING.includes(letter)
  while (end > 0 && isPadding(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function decoded(bytes: Uint8Array, encoding: TableEncoding): string | undefined {
  try {
    return withoutPadding(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const SEPARATORS = [',', ';', '\t', '，'] as const
type Separator = (typeof SEPARATORS)[number]
/** Excel's own word on what parts the cells. */
const SAYS_SEPARATOR = /^"?sep=([,;\t，])"?[ \t]*$/i
/** More is no table that somebody keeps by hand; the rest of such a line is not looked at. */
const CELLS_MAX = 200
/** What is longer is no cell but a quote that was never closed. */
const QUOTED_MAX = 2000
const QUOTED: Readonly<Record<Separator, RegExp>> = {
  ',': quotedBefore(','),
  ';': quotedBefore(';'),
  '\t': quotedBefore('\t'),
  '，': quotedBefore('，'),
}

function quotedBefore(separator: Separator): RegExp {
  return new RegExp(
    `[ \\t]*"((?:[^"]|""){0,${QUOTED_MAX}})"[^\\S\\n${separator}]*(?=[\\n${separator}]|$)`,
    'y',
  )
}

/**
 * RFC 4180, with the separators that spreadsheets choose by language, and the line ends of old Macs. Empty lines are none, nor are empty cells behind
 * the last column.
 * @param most so many rows are read, and one more that says that there are too many
 */
export function rowsOf(
  written: string,
  most: number,
): { readonly rows: readonly Row[]; readonly separator: string } {
  const text = written.replaceAll(/\r\n?/g, '\n').replace(/^\ufeff/, '')
  const first = /[^\n]*\S[^\n]*/.exec(text)
  const firstLine = first?.[0] ?? ''
  const said = SAYS_SEPARATOR.exec(firstLine)?.[1] as Separator | undefined
  const separator = said ?? SEPARATORS.find((each) => firstLine.includes(each)) ?? ','
  const rows: Row[] = []
  let line = 1
  let at = 0
  while (at < text.length && rows.length <= most) {
    const row = rowAt(text, at, separator)
    const isSaid = said !== undefined && at === first?.index
    if (!isSaid && row.cells.some((each) => each !== '')) {
      const { cells, isTorn } = row
      rows.push({ line, cells, ...(isTorn ? { isTorn } : {}) })
    }
    line += linesIn(text, at, row.end)
    at = row.end + 1
  }
  return { rows, separator }
}

function rowAt(
  text: string,
  start: number,
  separator: Separator,
): { readonly cells: string[]; readonly end: number; readonly isTorn?: true } {
  const quoted = QUOTED[separator]
  const cells: string[] = []
  for (let at = start; ; ) {
    quoted.lastIndex = at
    const found = quoted.exec(text)
    const end = found ? at + found[0].length : endOfCell(text, at, separator)
    const cell = found ? (found[1] as string).replaceAll('""', '"') : text.slice(at, end)
    if (!found && /^\s*"/.test(cell)) {
      const lineEnd = endOfLine(text, start)
      return { cells: [text.slice(start, lineEnd)], end: lineEnd, isTorn: true }
    }
    cells.push(cell.trim())
    if (text[end] !== separator) return { cells, end }
    if (cells.length === CELLS_MAX)
      return { cells: [...cells, text.slice(end + 1, end + 2)], end: endOfLine(text, end) }
    at = end + 1
  }
}

function endOfCell(text: string, start: number, separator: string): number {
  let at = start
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return at
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start)
  return found < 0 ? text.length : found
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 1
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
