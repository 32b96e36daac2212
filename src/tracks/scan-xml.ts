// A reader of XML that builds nothing: tags and texts in order, names without their prefixes and in small letters, as careless tools mix them. It keeps well-formedness and bounds, no more;
// a document of one's 20 MB would cost ten times that on a cheap phone.

import { Namespaces } from './namespaces.ts'
import { decoded } from './xml-attributes.ts'

export interface XmlHandler {
  /** `isForeign`: of another vocabulary than the file's own, by its namespace. */
  open(name: string, attributes: string, path: readonly string[], isForeign: boolean): void
  /** The text directly inside the element that is now closed. */
  close(name: string, text: string, path: readonly string[]): void
}

/** Not well-formed, or cut off. */
class XmlBroken extends Error {}
/** Well-formed so far, but nothing that a track file would hold. */
export class XmlRefused extends Error {}

/** Track files nest nine deep, foreign extensions a few more. */
const DEPTH_MAX = 100
/** Only names, times and numbers are read; a description in between may be longer and is cut. */
const TEXT_MAX = 10_000

const NAME = /^[^\s/<>="'&]+/
const localOf = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase()

export function scanXml(text: string, handler: XmlHandler): void {
  const path: string[] = []
  const full: string[] = []
  const texts: string[] = []
  const namespaces = new Namespaces()
  let at = 0
  let isWhole = false
  let root: string | undefined
  for (;;) {
    const start = text.indexOf('<', at)
    addText(text.slice(at, start < 0 ? text.length : start))
    if (start < 0) break
    // Behind the last end: an editor's mark, a web page's rest, padding. What was recorded is whole; only its like is read on.
    if (isWhole && path.length === 0 && !isOfAnother(start)) at = start + 1
    else if (text.startsWith('<!--', start)) at = after('-->', start + 4)
    else if (text.startsWith('<![CDATA[', start)) {
      at = after(']]>', start + 9)
      addText(text.slice(start + 9, at - 3), true)
    } else if (text[start + 1] === '?') at = after('?>', start + 2)
    else if (text[start + 1] === '!') at = afterDoctype(start + 2)
    else if (text[start + 1] === '/') at = closeTag(start + 2)
    else at = openTag(start + 1)
  }
  if (path.length > 0) throw new XmlBroken('ends inside an element')

  /** Another file of this kind, written behind the first; or a comment, in which one may stand. */
  function isOfAnother(start: number): boolean {
    if (text.startsWith('<!--', start)) return text.indexOf('-->', start) > 0
    const name = NAME.exec(text.slice(start + 1, start + 200))?.[0]
    return name !== undefined && localOf(name) === root
  }

  function after(end: string, from: number): number {
    const found = text.indexOf(end, from)
    if (found < 0) throw new XmlBroken(`no ${end}`)
    return found + end.length
  }

  /** Entities could multiply or fetch; no track file declares any. */
  function afterDoctype(from: number): number {
    const end = endOfDoctype(text, from)
    if (end < 0) throw new XmlBroken('a DOCTYPE without an end')
    if (/<!ENTITY/i.test(text.slice(from, end))) throw new XmlRefused('entities')
    return end
  }

  function openTag(from: number): number {
    const end = endOfTag(text, from)
    const isEmpty = text[end - 1] === '/'
    const inside = text.slice(from, isEmpty ? end - 1 : end)
    const name = NAME.exec(inside)?.[0]
    if (!name) throw new XmlBroken('no name')
    const local = localOf(name)
    root ??= local
    if (path.length >= DEPTH_MAX) throw new XmlRefused('too deep')
    path.push(local)
    full.push(name)
    texts.push('')
    const attributes = inside.slice(name.length)
    handler.open(local, attributes, path, namespaces.enter(name, attributes))
    if (isEmpty) leave()
    return end + 1
  }

  function closeTag(from: number): number {
    const end = after('>', from) - 1
    const name = text.slice(from, end).trim()
    if (full.at(-1) !== name) throw new XmlBroken(`</${name.slice(0, 20)}> closes nothing`)
    leave()
    return end + 1
  }

  function leave(): void {
    handler.close(path.at(-1)!, texts.at(-1)!, path)
    namespaces.leave()
    path.pop()
    full.pop()
    texts.pop()
    isWhole ||= path.length === 0
  }

  function addText(raw: string, isLiteral = false): void {
    if (path.length === 0) {
      if (!isWhole && !isBlank(raw)) throw new XmlBroken('text outside the root')
      return
    }
    const last = texts.length - 1
    if (raw === '' || texts[last]!.length >= TEXT_MAX) return
    texts[last] += (isLiteral ? raw : decoded(raw)).slice(0, TEXT_MAX)
  }
}

/** Blanks, and what shows as nothing: marks of byte order and direction, zeros. */
export function isBlank(text: string): boolean {
  return /^[\s\p{C}]*$/u.test(text)
}

/** Past what it declares inside, past quoted values and comments, which may hold `>` and `]`; -1 where it does not end. `from`: behind its `<!`. */
export function endOfDoctype(text: string, from: number): number {
  let isInside = false
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '>' && !isInside) return at + 1
    if (letter === '[' || letter === ']') isInside = letter === '['
    const isComment = letter === '<' && text.startsWith('<!--', at)
    if (!isComment && letter !== '"' && letter !== "'") continue
    const close = text.indexOf(isComment ? '-->' : letter, at + 1)
    if (close < 0) return -1
    at = isComment ? close + 2 : close
  }
  return -1
}

/** Past quoted values, which may hold `>`. */
function endOfTag(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!
    if (quote) {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at
    else if (letter === '<') break
  }
  throw new XmlBroken('a tag without an end')
}
