// Which format the bytes are, by content: phones rename files, and chat apps drop the ending.
import type { TrackFormat } from './track.ts'

/** A root element stands near the top; comments and declarations before it are short. */
const PROLOG_CHARACTERS_MAX = 65_536

export function detectFormat(bytes: ArrayBuffer): TrackFormat | null {
  if (isFit(bytes)) return 'fit'
  const root = rootNameOf(decodeText(bytes.slice(0, PROLOG_CHARACTERS_MAX)))
  if (root === 'gpx') return 'gpx'
  return root === 'TrainingCenterDatabase' ? 'tcx' : null
}

/** The header is 12 or 14 bytes long, says so in its first, and carries `.FIT` from the eighth. */
function isFit(bytes: ArrayBuffer): boolean {
  if (bytes.byteLength < 12) return false
  const header = new Uint8Array(bytes, 0, 12)
  const mark = String.fromCharCode(...header.subarray(8, 12))
  return (header[0] === 12 || header[0] === 14) && mark === '.FIT'
}

/** By byte order mark, else by the XML declaration (some tools still write GBK), else UTF-8. */
export function decodeText(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength))
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const declaration = new TextDecoder('latin1').decode(bytes.slice(0, 200))
  const label = /^(?:ï»¿)?<\?xml[^>]*?\bencoding\s*=\s*["']([\w-]+)["']/.exec(declaration)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes) // an encoding the browser does not know; the numbers are ASCII in all of them
  }
}

/** The first element's name without its prefix, past declarations, comments and a DOCTYPE. */
function rootNameOf(text: string): string | null {
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    if (start < 0 || text.slice(at, start).trim() !== '') return null
    const close = text.startsWith('<!--', start) ? '-->' : '>'
    const isMarkup = text[start + 1] === '?' || text[start + 1] === '!'
    if (!isMarkup) return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(text.slice(start, start + 200))?.[1] ?? null
    const end = text.indexOf(close, start)
    if (end < 0) return null
    at = end + close.length
  }
}
