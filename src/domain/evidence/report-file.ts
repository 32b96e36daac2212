/**
 * A list of acts as an operator without engineers keeps it: a CSV file, as spreadsheets write it. Each line is read by itself, so that one that is
 * wrong says what is wrong and stops no other.
 */
import { type CityId, isCityId } from '../base/city.ts'
import { plainText } from '../base/plain-text.ts'
import { HOUR_MS, type Instant, isRealDay } from '../base/time.ts'
import type { Quantity, QuantityUnit } from './activity.ts'
import { HANDLE_PATTERN, QUANTITY_MAX, REPORT_NAME, REPORT_NAME_MAX } from './report.ts'
import { type Row, rowsOf, type TableEncoding, textsIn } from './report-table.ts'

/** More is a job for a program. */
const REPORT_LINES_MAX = 5000
export const REPORT_FILE_BYTES_MAX = 1024 * 1024

const COLUMNS = {
  reference: ['reference', '流水号', '单号', '流水號', '單號'],
  handle: ['handle', '用户标识', '标识', '用戶標識', '標識'],
  code: ['code', '行为', '类型', '行為', '類型'],
  city: ['city', '城市'],
  startedAt: ['start', '开始时间', '开始', '開始時間', '開始'],
  endedAt: ['end', '结束时间', '结束', '結束時間', '結束'],
  amount: ['amount', '数量', '數量'],
  unit: ['unit', '单位', '單位'],
} as const

export type ReportColumn = keyof typeof COLUMNS
const NEEDED: readonly ReportColumn[] = ['reference', 'handle', 'code', 'city', 'startedAt', 'amount', 'unit']

const CITY_NAMES: ReadonlyMap<string, CityId> = new Map([
  ...(['潍坊', '濰坊'] as const).map((name) => [name, 'weifang'] as const),
  ...(['青岛', '青島'] as const).map((name) => [name, 'qingdao'] as const),
  ['淄博', 'zibo'],
  ...(['滨州', '濱州'] as const).map((name) => [name, 'binzhou'] as const),
  ...(['济南', '濟南'] as const).map((name) => [name, 'jinan'] as const),
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
  千瓦時: { unit: 'watt_hour', size: 1000 },
  g: { unit: 'gram', size: 1 },
  克: { unit: 'gram', size: 1 },
  kg: { unit: 'gram', size: 1000 },
  公斤: { unit: 'gram', size: 1000 },
  千克: { unit: 'gram', size: 1000 },
  次: { unit: 'count', size: 1 },
  棵: { unit: 'count', size: 1 },
  台: { unit: 'count', size: 1 },
  臺: { unit: 'count', size: 1 },
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

/**
 * Of one field, or of the line: `twice`: the reference stands further up; `cells`: too few or too many; `quotes`: one is not closed where its cell ends.
 */
export type LineFault =
  | 'missing'
  | 'unknown'
  | 'not_a_time'
  | 'not_a_number'
  | 'too_much'
  | 'too_long'
  | 'not_a_name'
  | 'not_a_handle'
  | 'ends_before_start'
  | 'twice'
  | 'cells'
  | 'quotes'

export interface FaultyLine {
  readonly line: number
  readonly column?: ReportColumn
  readonly fault: LineFault
  /** What stands there, as far as it is short. */
  readonly found?: string
}

/** `not_text`: a workbook, or in no encoding that is read here; `no_header`: without its columns nothing can be read. */
export type FileFault = 'empty' | 'too_large' | 'too_many_lines' | 'not_text' | 'no_header'

export type ReadFile =
  | { readonly fault: FileFault; readonly missing?: readonly ReportColumn[] }
  | {
      readonly encoding: TableEncoding
      readonly reports: readonly FileReport[]
      readonly faulty: readonly FaultyLine[]
    }

/** What a provider may report: anything else is `unknown`. */
interface Declared {
  readonly codes: readonly string[]
  readonly cities: readonly CityId[]
}

/** By the text in which a line can be read; else what is wrong with the likeliest. */
export function readReportFile(bytes: Uint8Array, declared: Declared): ReadFile {
  if (bytes.length > REPORT_FILE_BYTES_MAX) return { fault: 'too_large' }
  let first: ReadFile | undefined
  for (const { text, encoding } of textsIn(bytes)) {
    const read = readTable(text, encoding, declared)
    if (!('fault' in read) && read.reports.length > 0) return read
    first ??= read
  }
  return first ?? { fault: 'not_text' }
}

function readTable(text: string, encoding: TableEncoding, declared: Declared): ReadFile {
  // The header is a row, too.
  const { rows, separator } = rowsOf(text, REPORT_LINES_MAX + 1)
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
  for (const row of lines) {
    const read = readLine({ ...row, width: header.cells.length, separator }, places, declared)
    if ('fault' in read) faulty.push(read)
    else if (seen.has(read.reference))
      faulty.push({ line: row.line, column: 'reference', fault: 'twice', found: read.reference })
    else reports.push(read)
    if (!('fault' in read)) seen.add(read.reference)
  }
  return { encoding, reports, faulty }
}

function placesOf(header: readonly string[]): Map<ReportColumn, number> {
  const names = header.map((each) => plain(each).toLowerCase())
  const found = (Object.keys(COLUMNS) as ReportColumn[]).map((column) => {
    const known: readonly string[] = COLUMNS[column]
    return [column, names.findIndex((name) => known.includes(name))] as const
  })
  return new Map(found.filter(([, place]) => place >= 0))
}

/** In one width, without what nobody sees. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
}

const FOUND_MAX = 40

interface Line extends Row {
  readonly width: number
  readonly separator: string
}

function readLine(
  { line, cells, width, separator, isTorn }: Line,
  places: ReadonlyMap<ReportColumn, number>,
  { codes, cities }: Declared,
): FileReport | FaultyLine {
  const cellOf = (column: ReportColumn) => cells[places.get(column) ?? -1] ?? ''
  const wrong = (column: ReportColumn, fault: LineFault): FaultyLine => {
    const found = [...plainText(cellOf(column))].slice(0, FOUND_MAX).join('')
    return { line, column, fault, ...(found === '' ? {} : { found }) }
  }
  if (isTorn) return { line, fault: 'quotes' }
  if (cells.length < width || cells.slice(width).some((cell) => cell !== '')) return { line, fault: 'cells' }
  const empty = NEEDED.find((column) => cellOf(column) === '')
  if (empty) return wrong(empty, 'missing')
  const [reference, handle, code] = [cellOf('reference'), cellOf('handle'), cellOf('code')]
  if (reference.length > REPORT_NAME_MAX) return wrong('reference', 'too_long')
  if (!REPORT_NAME.test(reference)) return wrong('reference', 'not_a_name')
  if (!HANDLE_PATTERN.test(handle)) return wrong('handle', 'not_a_handle')
  if (!codes.includes(code)) return wrong('code', 'unknown')
  const city = cityOf(plain(cellOf('city')).toLowerCase())
  if (!city || !cities.includes(city)) return wrong('city', 'unknown')
  const startedAt = readTime(plain(cellOf('startedAt')))
  if (startedAt === undefined) return wrong('startedAt', 'not_a_time')
  const endedAt = cellOf('endedAt') === '' ? undefined : readTime(plain(cellOf('endedAt')))
  if (cellOf('endedAt') !== '' && endedAt === undefined) return wrong('endedAt', 'not_a_time')
  if (endedAt !== undefined && endedAt < startedAt) return wrong('endedAt', 'ends_before_start')
  const unit = unitOf(plain(cellOf('unit')).toLowerCase())
  if (!unit) return wrong('unit', 'unknown')
  const value = readAmount(plain(cellOf('amount')), { size: unit.size, separator })
  if (value === undefined) return wrong('amount', 'not_a_number')
  if (value > QUANTITY_MAX) return wrong('amount', 'too_much')
  return {
    ...{ line, reference, handle, code, city, startedAt },
    ...(endedAt === undefined ? {} : { endedAt }),
    quantity: { value, unit: unit.unit },
  }
}

function cityOf(name: string): CityId | undefined {
  return isCityId(name) ? name : CITY_NAMES.get(name.replace(/市$/, ''))
}

function unitOf(word: string): (typeof UNITS)[string] | undefined {
  return Object.hasOwn(UNITS, word) ? UNITS[word] : undefined
}

const DAY = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)/
const TIME = /^(?:T|\s*)(\d{1,2}):(\d{2})(?::(\d{2}))?$/
/** Of times that a token can carry: before it and after it nobody has done anything that is reported here. */
const YEARS = { from: 1970, until: 2199 } as const
/** Shandong has one, and no summer time. */
const ZONE_MS = 8 * HOUR_MS

/** `2026-11-29 08:15`, as spreadsheets write it, in Shandong's time. */
function readTime(text: string): Instant | undefined {
  const day = DAY.exec(text)
  const time = day && TIME.exec(text.slice(day[0].length))
  if (!day || !time) return undefined
  const [year = '', month = '', date = ''] = [day[1], day[3] ?? day[5], day[4] ?? day[6]]
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)]
  if (!isRealDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)) return undefined
  if (Number(year) < YEARS.from || Number(year) > YEARS.until) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return Date.UTC(Number(year), Number(month) - 1, Number(date), hour, minute, second) - ZONE_MS
}

const AMOUNT = /^\d{1,9}(?:\.\d{1,3})?$/
/** Commas between thousands; where one does not part the cells it may be a decimal point, and 3,250 is two numbers. */
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?$/

/** Whole in the smallest unit: a number with more places than that has lost its way. */
function readAmount(
  text: string,
  { size, separator }: { size: number; separator: string },
): number | undefined {
  const isGrouped = (separator === ',' || separator === '，') && GROUPED.test(text)
  const number = isGrouped ? text.replaceAll(',', '') : text
  if (!AMOUNT.test(number)) return undefined
  const value = Math.round(Number(number) * size * 1000) / 1000
  return Number.isSafeInteger(value) && value > 0 ? value : undefined
}
