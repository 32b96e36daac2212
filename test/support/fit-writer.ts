// FIT files byte by byte, for what Garmin's encoder does not write: compressed timestamps, both byte orders, developer fields, events.

export interface FitField {
  readonly number: number
  readonly type: 'enum' | 'uint16' | 'sint32' | 'uint32'
  readonly value: number
}

export interface FitMessageText {
  readonly number: number
  readonly fields: readonly FitField[]
  /** The second of which the header carries five bits, in place of a timestamp field. */
  readonly compressed?: number
  /** So many bytes of a developer's own field behind the others. */
  readonly developerBytes?: number
}

const TYPES = { enum: [1, 0x00], uint16: [2, 0x84], sint32: [4, 0x85], uint32: [4, 0x86] } as const
const FIT_EPOCH_SECONDS = 631_065_600
const CRC = [
  ...[0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401],
  ...[0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400],
]

/** A definition stands before each message that is not like the one before. */
export function fitFile(
  messages: readonly FitMessageText[],
  /** `isSummedBehindHeader`: as where two zeros took the place of the header's own checksum later. */
  options: { bigEndian?: boolean; isSummedBehindHeader?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const little = !options.bigEndian
  const data = messages.flatMap((message, i) => {
    const before = messages[i - 1]
    const isSame =
      before &&
      (before === message || String(definition(before, little)) === String(definition(message, little)))
    return [...(isSame ? [] : definition(message, little)), ...content(message, little)]
  })
  const size = [0, 8, 16, 24].map((shift) => (data.length >> shift) & 0xff)
  const body = [
    14,
    0x20,
    0x54,
    0x08,
    ...size,
    ...[...'.FIT'].map((letter) => letter.charCodeAt(0)),
    0,
    0,
    ...data,
  ]
  const crc = crcOf(options.isSummedBehindHeader ? data : body)
  return Uint8Array.from([...body, crc & 0xff, crc >> 8])
}

function definition(
  { number, fields, compressed, developerBytes }: FitMessageText,
  little: boolean,
): number[] {
  const header = 0x40 | (developerBytes ? 0x20 : 0) | (compressed === undefined ? 0 : 1)
  const triples = fields.flatMap((field) => [field.number, ...TYPES[field.type]])
  const developer = developerBytes ? [1, 0, developerBytes, 0] : []
  return [header, 0, little ? 0 : 1, ...bytesOf(number, 2, little), fields.length, ...triples, ...developer]
}

function content({ fields, compressed, developerBytes }: FitMessageText, little: boolean): number[] {
  const header = compressed === undefined ? 0 : 0x80 | (1 << 5) | (compressed & 0x1f)
  const values = fields.flatMap(({ type, value }) => bytesOf(value, TYPES[type][0], little))
  return [header, ...values, ...Array.from({ length: developerBytes ?? 0 }, (_, i) => i)]
}

function bytesOf(value: number, size: number, little: boolean): number[] {
  const bytes = Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 0xff)
  return little ? bytes : bytes.reverse()
}

function crcOf(bytes: readonly number[]): number {
  let crc = 0
  for (const byte of bytes)
    for (const part of [byte & 15, byte >> 4]) crc = (crc >> 4) ^ CRC[crc & 15]! ^ CRC[part]!
  return crc
}

export const fitSeconds = (at: number) => Math.floor(at / 1000) - FIT_EPOCH_SECONDS
const semicircles = (degrees: number) => Math.round((degrees * 2 ** 31) / 180)

export const stampField = (at: number): FitField => ({ number: 253, type: 'uint32', value: fitSeconds(at) })

export const fileId = (type = 4): FitMessageText => ({
  number: 0,
  fields: [{ number: 0, type: 'enum', value: type }],
})

export function recordMessage({ lat, lon, at }: { lat: number; lon: number; at: number }): FitMessageText {
  return { number: 20, fields: [stampField(at), ...placeFields({ lat, lon })] }
}

export function placeFields({ lat, lon }: { lat: number; lon: number }): FitField[] {
  return [
    { number: 0, type: 'sint32', value: semicircles(lat) },
    { number: 1, type: 'sint32', value: semicircles(lon) },
  ]
}

export function timerMessage(at: number, type: 'start' | 'stop'): FitMessageText {
  const number = { start: 0, stop: 4 }[type]
  return {
    number: 21,
    fields: [
      stampField(at),
      { number: 0, type: 'enum', value: 0 },
      { number: 1, type: 'enum', value: number },
    ],
  }
}

export function sessionMessage(start: number, end: number, sport: number): FitMessageText {
  return {
    number: 18,
    fields: [
      stampField(end),
      { number: 2, type: 'uint32', value: fitSeconds(start) },
      { number: 5, type: 'enum', value: sport },
    ],
  }
}
