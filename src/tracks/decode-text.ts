// Bytes to text by what they are, not by what a label says: tools write UTF-8 and call it UTF-16, GB2312 or Latin-1.

/** A declaration stands at the top, after blanks or a comment at most. */
const DECLARATION_BYTES = 1_000

export function decodeText(bytes: Uint8Array): string {
  return (marked(bytes) ?? unmarked(bytes)).replace(/^(?:\uFEFF|ï»¿)+/, '') // also one written twice, or as letters
}

const OPENS = 0x3c // `<`

/** By byte order mark, unless what follows has another width than it says; or by the zeros in each second byte that only UTF-16 has, or in three of four: of two letters in a row, as zeros in front of a text are padding. */
function marked(bytes: Uint8Array): string | undefined {
  const [a = -1, b = -1, c = -1, d = -1, e = -1, f = -1, g = -1] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return utf32Of(bytes, true)
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32Of(bytes, false)
  if (((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) && c === OPENS && d > 0)
    return unmarked(bytes.subarray(2))
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (a === 0xef && b === 0xbb && c === 0xbf && (d === 0 || e === 0)) return marked(bytes.subarray(3))
  if (a > 0 && b === 0 && c === 0 && d === 0 && e > 0 && f === 0) return utf32Of(bytes, true)
  if (a === 0 && b === 0 && c === 0 && d > 0 && e === 0 && g === 0) return utf32Of(bytes, false)
  if (a > 0 && b === 0 && c > 0 && d === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0 && b > 0 && c === 0 && d > 0) return new TextDecoder('utf-16be').decode(bytes)
  return undefined
}

/** So many letters become text at once: arguments of a call are bounded. */
const LETTERS_AT_ONCE = 4096

/** Which no browser decodes. The mark itself goes with all others. */
function utf32Of(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % 4))
  const letters: string[] = []
  for (let from = 0; from < view.byteLength; from += 4 * LETTERS_AT_ONCE) {
    const codes: number[] = []
    for (let at = from; at < Math.min(from + 4 * LETTERS_AT_ONCE, view.byteLength); at += 4) {
      const code = view.getUint32(at, isLittle)
      codes.push(code > 0x10ffff ? 0xfffd : code)
    }
    letters.push(String.fromCodePoint(...codes))
  }
  return letters.join('')
}

/**
 * What is valid UTF-8 is UTF-8: longer texts of another encoding never are by chance, and places and times are ASCII in all of them. What only says
 * that it is, is what programs on a Chinese Windows write.
 */
function unmarked(bytes: Uint8Array): string {
  const text = decodedWhole('utf-8', bytes)
  const top = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_BYTES))
  const label = /<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(top)?.[1] ?? 'utf-8'
  if (text !== undefined && !(CHINESE.test(label) && isShortByChance(text))) return text
  if (!/^(?:utf|ucs)/i.test(label)) return decodedBy(label, bytes)
  return decodedWhole('gb18030', bytes) ?? decodedBy('utf-8', bytes)
}

const CHINESE = /^(?:gb|hz|big5|euc-cn|cp936|x-gbk)/i

/** Chinese takes three bytes a letter in UTF-8. Where all take two, it is a word of GBK that happens to be valid: 路 is C2 B7. */
function isShortByChance(text: string): boolean {
  return /[\u0080-\u07ff]/.test(text) && !/[\u0800-\uffff]/.test(text)
}

/** Undefined where the bytes are not all of that encoding. */
function decodedWhole(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodedBy(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes) // an encoding that the browser does not know
  }
}
