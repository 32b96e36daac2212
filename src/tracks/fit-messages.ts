// The FIT container, byte by byte: files in a row, definitions, data, developer fields, both byte orders, compressed timestamps.
// Garmin's own SDK refuses the last, and anything after a good checksum; of its megabyte profile four messages are read here.

export interface FitMessage {
  readonly number: number
  /** By field number: whole numbers of up to four bytes; the rest is skipped. */
  readonly fields: ReadonlyMap<number, number>
}

/** The file ends in the middle, its checksum is wrong, or its records do not fit each other. */
export class FitBroken extends Error {}

export const TIMESTAMP = 253
/** The message of a place, by its number. */
export const RECORD = 20
const NO_FIELDS: ReadonlyMap<number, number> = new Map()

interface Definition {
  readonly number: number
  readonly isLittle: boolean
  readonly fields: readonly { readonly number: number; readonly size: number; readonly type: number }[]
  readonly developerBytes: number
}

/**
 * Where the file that starts at `start` ends, checksum included; undefined where none starts. Throws when it is broken. The header may have a
 * checksum of its own, or two zeros in its place: tools that put them there later leave the file's as it was, which then fits what follows the header.
 * Two zeros in the place of the file's own say that nobody reckoned one: then its records tell whether it is whole.
 */
export function fitEnd(bytes: Uint8Array, start: number): number | undefined {
  const header = bytes[start] ?? 0
  const mark = String.fromCharCode(...bytes.subarray(start + 8, start + 12))
  if (header < 12 || mark !== '.FIT') return undefined
  const size = new DataView(bytes.buffer, bytes.byteOffset + start).getUint32(4, true)
  const end = start + header + size + 2
  if (end > bytes.length) throw new FitBroken('shorter than it says')
  if (bytes[end - 2] === 0 && bytes[end - 1] === 0) return end
  const isWhole = checksum(bytes.subarray(start, end)) === 0
  const isUnsigned = header >= 14 && bytes[start + 12] === 0 && bytes[start + 13] === 0
  if (!isWhole && !(isUnsigned && checksum(bytes.subarray(start + header, end)) === 0))
    throw new FitBroken('checksum')
  return end
}

/** Where the next file begins, there or behind what is none; the end of all bytes where there is no more. */
export function nextFit(bytes: Uint8Array, from: number): number {
  for (let mark = bytes.indexOf(0x2e, from + 8); mark >= 0; mark = bytes.indexOf(0x2e, mark + 1)) {
    const start = mark - 8
    const isMark = String.fromCharCode(...bytes.subarray(mark, mark + 4)) === '.FIT'
    if (isMark && (bytes[start] === 12 || bytes[start] === 14)) return start
  }
  return bytes.length
}

/** Each message of one whole file, with the time that a compressed header stands for as its timestamp. */
export function readFitMessages(file: Uint8Array, take: (message: FitMessage) => void): void {
  const view = new DataView(file.buffer, file.byteOffset, file.length - 2)
  const definitions = new Map<number, Definition>()
  let at = file[0]!
  let clock: number | undefined
  while (at < view.byteLength) {
    const header = view.getUint8(at++)
    const isCompressed = (header & 0x80) !== 0
    if (!isCompressed && (header & 0x40) !== 0) {
      const { definition, end } = definitionAt(view, at, (header & 0x20) !== 0)
      definitions.set(header & 0x0f, definition)
      at = end
      continue
    }
    const definition = definitions.get(isCompressed ? (header >> 5) & 3 : header & 0x0f)
    if (!definition) throw new FitBroken('data before its definition')
    const { fields, end } = fieldsAt(view, at, definition)
    if (end > view.byteLength) throw new FitBroken('a message beyond the end')
    at = end
    clock =
      isCompressed && clock !== undefined
        ? clockAfter(clock, header & 0x1f)
        : clockAt(fields.get(TIMESTAMP), { clock, isRecord: definition.number === RECORD })
    const isStamped = isCompressed && clock !== undefined
    take({ number: definition.number, fields: isStamped ? new Map(fields).set(TIMESTAMP, clock!) : fields })
  }
}

function fieldsAt(view: DataView, start: number, { fields, isLittle, developerBytes }: Definition) {
  let at = start
  const found = fields.length > 0 ? new Map<number, number>() : NO_FIELDS
  for (const { number, size, type } of fields) {
    const value = numberAt(view, at, { type, size, isLittle })
    if (value !== undefined) (found as Map<number, number>).set(number, value)
    at += size
  }
  return { fields: found, end: at + developerBytes }
}

/** What tells of a device or a lap may be stamped with when that began: only a record sets the clock back. */
function clockAt(
  stamp: number | undefined,
  { clock, isRecord }: { clock: number | undefined; isRecord: boolean },
): number | undefined {
  if (stamp === undefined || clock === undefined || isRecord) return stamp ?? clock
  return Math.max(stamp, clock)
}

/** The header carries the lowest five bits of the second; they run over every 32 seconds. */
function clockAfter(clock: number, low: number): number {
  return clock + ((low - (clock & 0x1f)) & 0x1f)
}

function definitionAt(view: DataView, start: number, hasDeveloperFields: boolean) {
  if (start + 5 > view.byteLength) throw new FitBroken('a definition beyond the end')
  const isLittle = view.getUint8(start + 1) === 0
  const number = view.getUint16(start + 2, isLittle)
  const triples = (at: number) => {
    const count = at < view.byteLength ? view.getUint8(at) : 0
    const end = at + 1 + count * 3
    if (end > view.byteLength) throw new FitBroken('a definition beyond the end')
    const fields = Array.from({ length: count }, (_, i) => {
      const field = at + 1 + i * 3
      return { number: view.getUint8(field), size: view.getUint8(field + 1), type: view.getUint8(field + 2) }
    })
    return { fields, end }
  }
  const own = triples(start + 4)
  const developer = hasDeveloperFields ? triples(own.end) : { fields: [], end: own.end }
  const developerBytes = developer.fields.reduce((sum, { size }) => sum + size, 0)
  return { definition: { number, isLittle, fields: own.fields, developerBytes }, end: developer.end }
}

/** Base types (lower five bits): enum, sint8 … uint32, uint8z … uint32z. Undefined for other types, arrays, and FIT's "no value". */
const READERS: Readonly<
  Record<number, { size: number; none: number; read: (v: DataView, at: number, le: boolean) => number }>
> = {
  0: { size: 1, none: 0xff, read: (v, at) => v.getUint8(at) },
  1: { size: 1, none: 0x7f, read: (v, at) => v.getInt8(at) },
  2: { size: 1, none: 0xff, read: (v, at) => v.getUint8(at) },
  3: { size: 2, none: 0x7fff, read: (v, at, le) => v.getInt16(at, le) },
  4: { size: 2, none: 0xffff, read: (v, at, le) => v.getUint16(at, le) },
  5: { size: 4, none: 0x7fffffff, read: (v, at, le) => v.getInt32(at, le) },
  6: { size: 4, none: 0xffffffff, read: (v, at, le) => v.getUint32(at, le) },
  10: { size: 1, none: 0, read: (v, at) => v.getUint8(at) },
  11: { size: 2, none: 0, read: (v, at, le) => v.getUint16(at, le) },
  12: { size: 4, none: 0, read: (v, at, le) => v.getUint32(at, le) },
}

function numberAt(
  view: DataView,
  at: number,
  { type, size, isLittle }: { type: number; size: number; isLittle: boolean },
): number | undefined {
  const reader = READERS[type & 0x1f]
  if (!reader || reader.size !== size || at + size > view.byteLength) return undefined
  const value = reader.read(view, at, isLittle)
  return value === reader.none ? undefined : value
}

const NIBBLES = [
  ...[0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401],
  ...[0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400],
]

/** CRC-16 of the FIT protocol; over a file with its own checksum it is 0. */
function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    for (const nibble of [byte & 0x0f, byte >> 4]) crc = (crc >> 4) ^ NIBBLES[crc & 0x0f]! ^ NIBBLES[nibble]!
  }
  return crc
}
