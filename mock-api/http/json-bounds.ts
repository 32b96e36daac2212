/**
 * Looks over a body's bytes before anything is built of them: how deep, how many values, how long a string, no member twice. So a wrong body
 * costs no more than a right one of its size, whatever a parser or a schema would make of it.
 */
import { ProblemError } from './problem.ts'

export interface Bounds {
  /** As sent, and again after unpacking. */
  readonly bytes: number
  readonly depth: number
  /** Elements and members, over the whole body. */
  readonly values: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN = { object: 0x7b, array: 0x5b }
const CLOSE = { object: 0x7d, array: 0x5d }

/** Throws `malformed` or `too_large`. What is no JSON at all is for the parser to say. */
export function checkBounds(bytes: Uint8Array, bounds: Bounds): void {
  /** Names of each open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = []
  let values = 0
  let isName = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const end = endOfString(bytes, at)
      if (isName) noteName(open.at(-1), bytes.subarray(at, end + 1))
      isName = false
      at = end
    } else if (byte === OPEN.object || byte === OPEN.array) {
      open.push(byte === OPEN.object ? new Set() : undefined)
      if (open.length > bounds.depth) throw new ProblemError('malformed', { detail: 'nested too deep' })
      values = counted(values, bounds)
      isName = byte === OPEN.object
    } else if (byte === COMMA) {
      values = counted(values, bounds)
      isName = open.at(-1) !== undefined
    } else if (byte === CLOSE.object || byte === CLOSE.array) {
      open.pop()
      isName = false
    } else if (byte === COLON) isName = false
  }
}

function counted(values: number, bounds: Bounds): number {
  if (values >= bounds.values) throw new ProblemError('too_large')
  return values + 1
}

/** Where the closing quote stands; the last byte when there is none. */
function endOfString(bytes: Uint8Array, begin: number): number {
  let at = begin + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return Math.min(at, bytes.length - 1)
}

/** Of two members with one name readers choose differently, and what was checked would not be what is used. */
function noteName(names: Set<string> | undefined, quoted: Uint8Array): void {
  const name = nameOf(quoted)
  if (name === undefined || !names) return
  if (names.has(name)) throw new ProblemError('malformed', { detail: 'a member stands twice' })
  names.add(name)
}

function nameOf(quoted: Uint8Array): string | undefined {
  try {
    return JSON.parse(Buffer.from(quoted).toString('utf8')) as string
  } catch {
    return undefined
  }
}
