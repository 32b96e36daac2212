/** Base45 (RFC 9285): bytes in the very characters that a QR code packs most densely, three for every two bytes. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const [first = 0, second] = bytes.subarray(i, i + 2)
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3)
  }
  return text
}

/** Undefined for what no bytes are written as. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3)
    const value = valueIn(group)
    const isPair = group.length === 3
    if (value === undefined || value > (isPair ? 0xffff : 0xff)) return undefined
    if (isPair) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}

/** The least significant first. */
function digits(value: number, count: number): string {
  let text = ''
  for (let i = 0, left = value; i < count; i++, left = Math.floor(left / 45)) text += ALPHABET[left % 45]
  return text
}

function valueIn(group: string): number | undefined {
  let value = 0
  for (const character of [...group].reverse()) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return undefined
    value = value * 45 + digit
  }
  return value
}
