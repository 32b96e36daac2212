/**
 * Canonical JSON (RFC 8785) of what this ledger hashes: objects, arrays, strings, whole numbers, booleans. Anything else is refused,
 * because other numbers and `undefined` are where two implementations begin to differ.
 */

/** Absent and `undefined` properties are the same: left out. Throws TypeError on null, fractions and anything that is not data. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value) // escapes lone surrogates, so the text is always UTF-8
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`)
    return String(value === 0 ? 0 : value) // -0 is 0
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) return canonicalObject(value)
  throw new TypeError(`not canonical: ${value === null ? 'null' : typeof value}`)
}

/** Added up piece by piece: three of them are written for each command, and lists of pairs would be most of what is thrown away for it. */
function canonicalObject(value: object): string {
  // RFC 8785 sorts by UTF-16 code units, which is what `sort` does unasked.
  const keys = Object.keys(value).sort()
  let text = ''
  for (const key of keys) {
    const each: unknown = (value as Record<string, unknown>)[key]
    if (each !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}${canonicalJson(each)}`
  }
  return `{${text}}`
}

/** Names of members are few, and the same in every record. */
const quotedKeys = new Map<string, string>()
const QUOTED_KEYS_MAX = 500

function quotedKey(key: string): string {
  const known = quotedKeys.get(key)
  if (known !== undefined) return known
  const quoted = `${JSON.stringify(key)}:`
  if (quotedKeys.size < QUOTED_KEYS_MAX) quotedKeys.set(key, quoted)
  return quoted
}
