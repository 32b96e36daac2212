/** From how light modules are to the text of a code: the words that are least sure are taken for lost, which costs half of what a wrong one does. */
import { at } from './plane.ts'
import { correct } from './reed-solomon.ts'
import { formatsOf, MASKS, type QrSymbol } from './symbol.ts'

/** Of check words: what is left tells a word of the code from noise. */
const LOST_MAX_SHARE = 2 / 3
/** The format is written twice, and may be cracked twice. */
const MASKS_TRIED = 2

/** Undefined: too much is lost. */
export function textOf(lightness: Float64Array, symbol: QrSymbol): string | undefined {
  for (const mask of masksBySupport(lightness, symbol).slice(0, MASKS_TRIED)) {
    const data = dataIn(lightness, symbol, MASKS[mask] ?? (() => false))
    const text = data && (symbol.level === 'M' ? signsIn(data) : bytesIn(data))
    if (text !== undefined) return text
  }
  return undefined
}

/** The likeliest first. */
function masksBySupport(lightness: Float64Array, symbol: QrSymbol): number[] {
  const { size } = symbol
  const formats = formatsOf(symbol)
  const support = (mask: number) =>
    formats.reduce((sum, { x, y, dark }) => {
      const light = Math.max(-1, Math.min(1, at(lightness, y * size + x)))
      return sum + (dark[mask] ? -light : light)
    }, 0)
  return [...MASKS.keys()].sort((one, other) => support(other) - support(one))
}

interface Word {
  readonly value: number
  /** Of the least sure of its modules. */
  readonly sureness: number
}

function dataIn(
  lightness: Float64Array,
  { size, blocks, checks, order }: QrSymbol,
  isTurned: (x: number, y: number) => boolean,
): Uint8Array | undefined {
  const words = Array.from({ length: order.length >> 3 }, (_, i): Word => {
    let [value, sureness] = [0, Number.POSITIVE_INFINITY]
    for (const place of order.slice(8 * i, 8 * i + 8)) {
      const light = at(lightness, place)
      const isDark = light < 0 !== isTurned(place % size, Math.floor(place / size))
      value = (value << 1) | (isDark ? 1 : 0)
      sureness = Math.min(sureness, Math.abs(light))
    }
    return { value, sureness }
  })
  const data: number[] = []
  for (const [i, block] of blocksOf(words, blocks, checks).entries()) {
    const whole = corrected(block, checks)
    if (!whole) return undefined
    data.push(...whole.subarray(0, blocks[i]))
  }
  return Uint8Array.from(data)
}

/** Words stand one of each block after the other; longer blocks come last and end alone. */
function blocksOf(words: readonly Word[], lengths: readonly number[], checks: number): Word[][] {
  const blocks: Word[][] = lengths.map(() => [])
  let next = 0
  const deal = (isIn: (length: number) => boolean) => {
    for (const [i, length] of lengths.entries()) {
      const word = words[next]
      if (isIn(length) && word) {
        blocks[i]?.push(word)
        next++
      }
    }
  }
  for (let i = 0; i < Math.max(...lengths); i++) deal((length) => i < length)
  for (let i = 0; i < checks; i++) deal(() => true)
  return blocks
}

function corrected(block: readonly Word[], checks: number): Uint8Array | undefined {
  const unsure = [...block.keys()].sort((a, b) => (block[a]?.sureness ?? 0) - (block[b]?.sureness ?? 0))
  for (let lost = 0; lost <= checks * LOST_MAX_SHARE; lost += 2) {
    const values = Uint8Array.from(block, ({ value }) => value)
    if (correct(values, checks, unsure.slice(0, lost))) return values
  }
  return undefined
}

/** Takes so many bits, one after the other. */
function bitsOf(data: Uint8Array): (count: number) => number {
  let next = 0
  return (count) => {
    let value = 0
    for (const end = next + count; next < end; next++)
      value = (value << 1) | ((at(data, next >> 3) >> (7 - (next & 7))) & 1)
    return value
  }
}

/** What the mode and the length of a segment take, for versions up to 9 and alphanumeric, and beyond and bytes. */
const ALPHANUMERIC = { mode: 2, countBits: 9 } as const
const BYTES = { mode: 4, countBits: 16 } as const
const MODE_BITS = 4
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** Of one segment in the alphanumeric mode, as a small code is; undefined for what is none. */
function signsIn(data: Uint8Array): string | undefined {
  const read = bitsOf(data)
  if (read(MODE_BITS) !== ALPHANUMERIC.mode) return undefined
  const length = read(ALPHANUMERIC.countBits)
  if (MODE_BITS + ALPHANUMERIC.countBits + Math.ceil(length * 5.5) > 8 * data.length) return undefined
  let text = ''
  while (text.length < length) {
    const isPair = length - text.length > 1
    const value = read(isPair ? 11 : 6)
    const high = Math.floor(value / SIGNS.length)
    if (high >= (isPair ? SIGNS.length : 1)) return undefined
    text += (isPair ? SIGNS.charAt(high) : '') + SIGNS.charAt(value % SIGNS.length)
  }
  return text
}

/** Of one segment of bytes, as a full token is. */
function bytesIn(data: Uint8Array): string | undefined {
  const read = bitsOf(data)
  if (read(MODE_BITS) !== BYTES.mode) return undefined
  const length = read(BYTES.countBits)
  if (MODE_BITS + BYTES.countBits + 8 * length > 8 * data.length) return undefined
  return String.fromCharCode(...Array.from({ length }, () => read(8)))
}
