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
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined)
    // RFC 8785 sorts by UTF-16 code units, which is what `<` does.
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
  }
  throw new TypeError(`not canonical: ${value === null ? 'null' : typeof value}`)
}
