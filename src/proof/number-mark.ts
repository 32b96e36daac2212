/**
 * What a merchant's key makes of a voucher's number: the bits that name the voucher, so that a till knows again by number what it took by code,
 * and the mark that tells a number of the backend's from any other, without a network. Whoever steals the key fools that shop's screens alone.
 */
import type { VoucherId } from '../domain/base/ids.ts'
import type { Day } from '../domain/base/time.ts'
import { CODE_BITS } from '../domain/offers/voucher.ts'
import {
  dayNearest,
  formatNumber,
  type NumberFault,
  type NumberFields,
  numberContent,
  parseNumber,
} from '../domain/offers/voucher-number.ts'

const MARK_BITS = 30
const CONTENT_BYTES = 9
const utf8 = new TextEncoder()

/** `deps.secret.numberKey(merchantId)`. */
type NumberKey = Uint8Array<ArrayBuffer>

/** The bits that a voucher has unless another of the merchant has them already. */
export async function bitsOfVoucher(key: NumberKey, voucherId: VoucherId): Promise<bigint> {
  return firstBits(await hmac(key, utf8.encode(`voucher ${voucherId}`)), CODE_BITS)
}

/** The number as it is shown, in five groups of four. */
export async function writeNumber(key: NumberKey, fields: NumberFields): Promise<string> {
  const content = numberContent(fields)
  return formatNumber(content, await markOf(key, content))
}

/** `wrong`: mistyped, made up, or of another merchant. */
export async function checkNumber(
  text: string,
  { key, today }: { readonly key: NumberKey; readonly today: Day },
): Promise<NumberFields | { readonly fault: NumberFault | 'wrong' }> {
  const parsed = parseNumber(text)
  if (typeof parsed === 'string') return { fault: parsed }
  if (parsed.mark !== (await markOf(key, parsed.content))) return { fault: 'wrong' }
  return { bits: parsed.bits, n: parsed.n, expiresOn: dayNearest(parsed.day, today) }
}

async function markOf(key: NumberKey, content: bigint): Promise<number> {
  const bytes = Uint8Array.from({ length: CONTENT_BYTES }, (_, i) =>
    Number((content >> BigInt(8 * (CONTENT_BYTES - 1 - i))) & 255n),
  )
  return Number(firstBits(await hmac(key, new Uint8Array([...utf8.encode('number '), ...bytes])), MARK_BITS))
}

async function hmac(key: NumberKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, hash, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}

function firstBits(bytes: Uint8Array, count: number): bigint {
  let value = 0n
  for (const byte of bytes.subarray(0, 8)) value = (value << 8n) | BigInt(byte)
  return value >> BigInt(64 - count)
}
