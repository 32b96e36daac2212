/**
 * A list of acts as an operator without engineers keeps it: a CSV file, in UTF-8 or GB18030, as spreadsheets write it. Each line is read by itself,
 * so that one that is wrong says what is wrong and stops no other.
 */
import { type CityId, isCityId } from '../base/city.ts'
import { HOUR_MS, type Instant } from '../base/time.ts'
import type { Quantity, QuantityUnit } from './activity.ts'

/** More is a job for a program. */
const REPORT_LINES_MAX = 5000
export const REPORT_FILE_BYTES_MAX = 1024 * 1024

const COLUMNS = {
  reference: ['reference', '流水号', '单号'],
  handle: ['handle', '用户标识', '标识'],
  code: ['code', '行为', '类型'],
  city: ['city', '城市'],
  startedAt: ['start', '开始时间', '开始'],
  endedAt: ['end', '结束时间', '结束'],
  amount: ['amount', '数量'],
  unit: ['unit', '单位'],
} as const

export type ReportColumn = keyof typeof COLUMNS
const NEEDED: readonly ReportColumn[] = ['reference', 'handle', 'code', 'city', 'startedAt', 'amount', 'unit']

const CITY_NAMES: ReadonlyMap<string, CityId> = new Map([
  ['潍坊', 'weifang'],
  ['青岛', 'qingdao'],
  ['淄博', 'zibo'],
  ['滨州', 'binzhou'],
  ['济南', 'jinan'],
])

/** How many of the smallest unit one of these is. */
const UNITS: Readonly<Record<string, { readonly unit: QuantityUnit; readonly size: number }>> = {
  m: { unit: 'metre', size: 1 },
  米: { unit: 'metre', size: 1 },
  km: { unit: 'metre', size: 1000 },
  公里: { unit: 'metre', size: 1000 },
  千米: { unit: 'metre', size: 1000 },
  wh: { unit: 'watt_hour', size: 1 },
  kwh: { unit: 'watt_hour', size: 1000 },
  度: { unit: 'watt_hour', size: 1000 },
  千瓦时: { unit: 'watt_hour', size: 1000 },
  g: { unit: 'gram', size: 1 },
  克: { unit: 'gram', size: 1 },
  kg: { unit: 'gram', size: 1000 },
  公斤: { unit: 'gram', size: 1000 },
  千克: { unit: 'gram', size: 1000 },
  次: { unit: 'count', size: 1 },
  棵: { unit: 'count', size: 1 },
  台: { unit: 'count', size: 1 },
  count: { unit: 'count', size: 1 },
}

export interface FileReport {
  readonly line: number
  readonly reference: string
  readonly handle: string
  readonly code: string
  readonly city: CityId
  readonly startedAt: Instant
  readonly endedAt?: Instant
  readonly quantity: Quantity
}

/** `missing`, `unknown`, `not_a_time`, `not_a_number`: of one field; `twice`: the reference stands further up; `cells`: too few or too many. */
export type LineFault =
  | 'missing'
  | 'unknown'
  | 'not_a_time'
  | 'not_a_number'
  | 'too_long'
  | 'ends_before_start'
  | 'twice'
  | 'cells'

export interface FaultyLine {
  readonly line: number
  readonly column?: ReportColumn
  readonly fault: LineFault
  /** What stands there, as far as it is short. */
  readonly found?: string
}

/** `not_text`: neither UTF-8 nor GB18030; `no_header`: without its columns nothing can be read. */
export type FileFault = 'empty' | 'too_large' | 'too_many_lines' | 'not_text' | 'no_header'

export type ReadFile =
  | { readonly fault: FileFault; readonly missing?: readonly ReportColumn[] }
  | {
      readonly encoding: 'utf-8' | 'gb18030'
      readonly reports: readonly FileReport[]
      readonly faulty: readonly FaultyLine[]
    }

/** @param codes what the provider reports: anything else is `unknown` */
export function readReportFile(bytes: Uint8Array, codes: readonly string[]): ReadFile {
  if (bytes.length > REPORT_FILE_BYTES_MAX) return { fault: 'too_large' }
  const decoded = decode(bytes)
  if (!decoded) return { fault: 'not_text' }
  const { text, encoding } = decoded
  const rows = rowsOf(text)
  const [header, ...lines] = rows
  if (!header) return { fault: 'empty' }
  const places = placesOf(header.cells)
  const missing = NEEDED.filter((column) => !places.has(column))
  if (missing.length > 0) return { fault: 'no_header', missing }
  if (lines.length === 0) return { fault: 'empty' }
  if (lines.length > REPORT_LINES_MAX) return { fault: 'too_many_lines' }
  const reports: FileReport[] = []
  const faulty: FaultyLine[] = []
  const seen = new Set<string>()
  for (const { line, cells } of lines) {
    const read = readLine({ line, cells, width: header.cells.length }, places, codes)
    if ('fault' in read) faulty.push(read)
    else if (seen.has(read.reference))
      faulty.push({ line, column: 'reference', fault: 'twice', found: read.reference })
    else reports.push(read)
    if (!('fault' in read)) seen.add(read.reference)
  }
  return { encoding, reports, faulty }
}

/** A file that is valid UTF-8 is UTF-8; older spreadsheets in China write GB18030 without saying so. */
function decode(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'gb18030' } | undefined {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch {
      // The next.
    }
  }
  return undefined
}

interface Row {
  /** As an editor counts it, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** RFC 4180, with the separators that spreadsheets choose by language, and the line ends of old Macs. Empty lines are none. */
function rowsOf(written: string): Row[] {
  const text = written.replaceAll(/\r\n?/g, '\n')
  const separator = [',', ';', '\t', '，'].find((each) => firstLine(text).includes(each)) ?? ','
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let startsAt = 1
  const endRow = () => {
    cells.push(cell.trim())
    if (cells.some((each) => each !== '')) rows.push({ line: startsAt, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\n') line++
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text.charAt(at + 1) === '"') cell += text.charAt(at++)
      else isQuoted = false
    } else if (char === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (char === separator) {
      cells.push(cell.trim())
      cell = ''
    } else if (char === '\n') {
      endRow()
      startsAt = line
    } else cell += char
  }
  endRow()
  return rows
}

function firstLine(text: string): string {
  return text.slice(0, Math.max(0, text.search(/\n|$/)))
}

function placesOf(header: readonly string[]): Map<ReportColumn, number> {
  const names = header.map((each) => each.replace(/^\ufeff/, '').toLowerCase())
  const found = (Object.keys(COLUMNS) as ReportColumn[]).map((column) => {
    const known: readonly string[] = COLUMNS[column]
    return [column, names.findIndex((name) => known.includes(name))] as const
  })
  return new Map(found.filter(([, place]) => place >= 0))
}

const TEXT_MAX = 128
const FOUND_MAX = 40

function readLine(
  { line, cells, width }: Row & { readonly width: number },
  places: ReadonlyMap<ReportColumn, number>,
  codes: readonly string[],
): FileReport | FaultyLine {
  const cellOf = (column: ReportColumn) => cells[places.get(column) ?? -1] ?? ''
  const wrong = (column: ReportColumn, fault: LineFault): FaultyLine => {
    const found = cellOf(column).slice(0, FOUND_MAX)
    return { line, column, fault, ...(found === '' ? {} : { found }) }
  }
  if (cells.length !== width) return { line, fault: 'cells' }
  const empty = NEEDED.find((column) => cellOf(column) === '')
  if (empty) return wrong(empty, 'missing')
  const long = (['reference', 'handle'] as const).find((column) => cellOf(column).length > TEXT_MAX)
  if (long) return wrong(long, 'too_long')
  const code = cellOf('code')
  if (!codes.includes(code)) return wrong('code', 'unknown')
  const named = cellOf('city')
  const city = isCityId(named) ? named : CITY_NAMES.get(named.replace(/市$/, ''))
  if (!city) return wrong('city', 'unknown')
  const startedAt = readTime(cellOf('startedAt'))
  if (startedAt === undefined) return wrong('startedAt', 'not_a_time')
  const endedAt = cellOf('endedAt') === '' ? undefined : readTime(cellOf('endedAt'))
  if (cellOf('endedAt') !== '' && endedAt === undefined) return wrong('endedAt', 'not_a_time')
  if (endedAt !== undefined && endedAt < startedAt) return wrong('endedAt', 'ends_before_start')
  const unit = unitOf(cellOf('unit').toLowerCase())
  if (!unit) return wrong('unit', 'unknown')
  const value = readAmount(cellOf('amount'), unit.size)
  if (value === undefined) return wrong('amount', 'not_a_number')
  return {
    ...{ line, reference: cellOf('reference'), handle: cellOf('handle'), code, city, startedAt },
    ...(endedAt === undefined ? {} : { endedAt }),
    quantity: { value, unit: unit.unit },
  }
}

function unitOf(word: string): (typeof UNITS)[string] | undefined {
  return Object.hasOwn(UNITS, word) ? UNITS[word] : undefined
}

const TIME = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?$/
/** Shandong has one, and no summer time. */
const ZONE_MS = 8 * HOUR_MS

/** `2026-11-29 08:15`, as spreadsheets write it, in Shandong's time. */
function readTime(text: string): Instant | undefined {
  const parts = TIME.exec(text)
    ?.slice(1)
    .map((each) => Number(each ?? 0))
  if (!parts) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const isReal = new Date(at).getUTCDate() === day && month <= 12 && hour < 24 && minute < 60 && second < 60
  return isReal ? at - ZONE_MS : undefined
}

const AMOUNT = /^\d{1,9}(?:\.\d{1,3})?$/

/** Whole in the smallest unit: a number with more places than that has lost its way. */
function readAmount(text: string, size: number): number | undefined {
  if (!AMOUNT.test(text)) return undefined
  const value = Math.round(Number(text) * size * 1000) / 1000
  return Number.isSafeInteger(value) && value > 0 ? value : undefined
}
