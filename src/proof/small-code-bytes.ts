/** The fields of a voucher's small code as bytes: ids, digests and time of fixed length, then counts of seven bits a byte, then the signature. */
import { isUuid } from '../domain/base/ids.ts'
import { toHex } from './digest.ts'

const SIGNATURE_BYTES = 64
/** Of a merchant's id, of a key's name: the first of SHA-256. */
export const DIGEST_BYTES = 4
const ID_BYTES = 16
const TIME_BYTES = 4
const DAY_SECONDS = 24 * 60 * 60
/** Midnight in Shandong. */
const DAY_ENDS_SECONDS = 16 * 60 * 60

/** What the token says that its reader cannot know. Times in seconds, as they are signed. */
export interface CodeClaims {
  readonly jti: string
  readonly sub: string
  readonly iat: number
  readonly exp: number
  readonly n: number
  readonly version: number
  readonly points: number
  readonly fen: number
}

interface CodeFields {
  readonly claims: CodeClaims
  /** In hex. */
  readonly merchantDigest: string
  readonly kidDigest: string
  readonly signature: Uint8Array
}

/** Undefined for what cannot be written: ids that are no uuids, numbers below zero, times beyond 2106. */
export function packFields(fields: CodeFields): Uint8Array | undefined {
  return isPackable(fields) ? pack(fields) : undefined
}

/** Undefined unless these are the bytes that the fields are packed as: nothing missing, nothing after them, no number written at length. */
export function unpackFields(bytes: Uint8Array): CodeFields | undefined {
  const reader = readerOf(bytes)
  const jti = uuidOf(reader.take(ID_BYTES))
  const sub = uuidOf(reader.take(ID_BYTES))
  const merchantDigest = toHex(reader.take(DIGEST_BYTES))
  const kidDigest = toHex(reader.take(DIGEST_BYTES))
  const iat = Number.parseInt(toHex(reader.take(TIME_BYTES)), 16)
  const [life, n, version, points, fen] = [1, 2, 3, 4, 5].map(reader.takeCount) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const claims = { jti, sub, iat, exp: expOf(iat, life), n, version, points, fen }
  const fields = { claims, merchantDigest, kidDigest, signature: reader.take(SIGNATURE_BYTES) }
  const again = packFields(fields)
  return again && toHex(again) === toHex(bytes) ? fields : undefined
}

function isPackable({ claims, signature }: CodeFields): boolean {
  const { jti, sub, iat, exp, n, version, points, fen } = claims
  // Doubled, it still has to be a whole number.
  const isCount = (count: number) => count >= 0 && count <= Number.MAX_SAFE_INTEGER / 4
  const isTime = iat >= 0 && iat < 256 ** TIME_BYTES
  const isWhole = isUuid(jti) && isUuid(sub) && signature.length === SIGNATURE_BYTES
  return isWhole && isTime && [exp - iat, n, version, points, fen].every(isCount)
}

function pack({ claims, merchantDigest, kidDigest, signature }: CodeFields): Uint8Array {
  const { jti, sub, iat, n, version, points, fen } = claims
  return Uint8Array.from([
    ...[jti, sub, merchantDigest, kidDigest].flatMap(bytesOfHex),
    ...bytesOfHex(iat.toString(16).padStart(2 * TIME_BYTES, '0')),
    ...[lifeOf(claims), n, version, points, fen].flatMap(countBytes),
    ...signature,
  ])
}

/** A voucher ends with a day of Shandong: the days to then, doubled, which is one byte. To any other end the seconds, doubled, and one. */
function lifeOf({ iat, exp }: CodeClaims): number {
  const days = daysEndedBy(exp) - daysEndedBy(iat)
  return exp === endOfDay(daysEndedBy(exp)) ? 2 * days : 2 * (exp - iat) + 1
}

function expOf(iat: number, life: number): number {
  return life % 2 === 0 ? endOfDay(daysEndedBy(iat) + life / 2) : iat + (life - 1) / 2
}

function daysEndedBy(seconds: number): number {
  return Math.floor((seconds - DAY_ENDS_SECONDS) / DAY_SECONDS)
}

function endOfDay(day: number): number {
  return day * DAY_SECONDS + DAY_ENDS_SECONDS
}

/** Seven bits a byte, the least significant first; the eighth says that more follow. */
function countBytes(count: number): number[] {
  const bytes: number[] = []
  let left = count
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
  return [...bytes, left]
}

/** Beyond the end are zeros and empty parts, which the comparison of the whole then finds. */
function readerOf(bytes: Uint8Array) {
  let at = 0
  const take = (count: number): Uint8Array => {
    at += count
    return bytes.subarray(at - count, at)
  }
  const takeCount = (): number => {
    let count = 0
    for (let scale = 1; Number.isSafeInteger(scale * 128); scale *= 128) {
      const [byte = 0] = take(1)
      count += (byte & 127) * scale
      if (byte < 128) break
    }
    return count
  }
  return { take, takeCount }
}

function uuidOf(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function bytesOfHex(hex: string): number[] {
  return (hex.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16))
}
