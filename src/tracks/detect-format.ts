// Which format the bytes are, by content: phones rename files, and chat apps drop the ending.
import { decodeText } from './decode-text.ts'
import { endOfDoctype, isBlank } from './scan-xml.ts'

type Detected =
  | { readonly format: 'fit' }
  | { readonly format: 'gpx' | 'tcx'; readonly text: string }
  | undefined

export function detectFormat(bytes: Uint8Array): Detected {
  if (isFit(bytes)) return { format: 'fit' }
  const text = withoutLead(decodeText(bytes))
  const root = rootNameOf(text)?.toLowerCase()
  if (root === 'gpx') return { format: 'gpx', text }
  return root === 'trainingcenterdatabase' ? { format: 'tcx', text } : undefined
}

/** The header is 12 or 14 bytes long, says so in its first, and carries `.FIT` from the eighth. */
function isFit(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= 12 && String.fromCharCode(...bytes.subarray(8, 12)) === '.FIT'
}

/** A server's headers, a mark that became letters: more before a declaration is another text, in which it is only told of. */
const LEAD_MAX = 2_000

/** What some exports have before the declaration. Blanks are for the reader, and whatever holds markup is no lead. */
function withoutLead(text: string): string {
  const start = text.indexOf('<')
  const isLead = start > 0 && start <= LEAD_MAX && text.startsWith('<?xml', start)
  return isLead ? text.slice(start) : text
}

/** The first element's name without its prefix, past blanks, declarations, comments and a DOCTYPE. */
function rootNameOf(text: string): string | undefined {
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    if (start < 0 || !isBlank(text.slice(at, start))) return undefined
    const isMarkup = text[start + 1] === '?' || text[start + 1] === '!'
    if (!isMarkup) return /^<(?:[^\s/<>:=]+:)?([\w.-]+)/.exec(text.slice(start, start + 200))?.[1]
    at = endOfMarkup(text, start)
    if (at < 0) return undefined
  }
}

/** An instruction may hold `>`, and so may a DOCTYPE. -1: it does not end. */
function endOfMarkup(text: string, start: number): number {
  const isComment = text.startsWith('<!--', start)
  if (!isComment && text[start + 1] === '!') return endOfDoctype(text, start + 2)
  const close = isComment ? '-->' : '?>'
  const end = text.indexOf(close, start)
  return end < 0 ? -1 : end + close.length
}
