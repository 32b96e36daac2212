// What stands in a tag behind its name, and the characters that XML writes in words.

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A bare `&` in a title, as careless tools write it, stays what it is. */
export function decoded(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (all, name, decimal, hex) => {
      if (name) return NAMED[String(name).toLowerCase()] ?? all
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}

/** Name and value; what stands inside another's value is no attribute. A name begins behind a blank, or a long one would be tried from each letter. */
const ATTRIBUTE = /(?:^|\s)([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Each attribute of a tag as it is written, name and value. */
export function* attributesOf(attributes: string): Generator<readonly [name: string, value: string]> {
  for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE))
    yield [name, double ?? single ?? '']
}

/** The value of one attribute, by its plain name or else with whatever prefix, in whatever letters; undefined where there is none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let prefixed: string | undefined
  for (const [written, value] of attributesOf(attributes)) {
    const each = written.toLowerCase()
    if (each === name) return decoded(value)
    if (each.endsWith(`:${name}`)) prefixed ??= decoded(value)
  }
  return prefixed
}
