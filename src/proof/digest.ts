/** SHA-256 by WebCrypto, as hex, and hex as bytes. Asynchronous, and absent on plain http: see `isProvable`. */

const utf8 = new TextEncoder()

export function isProvable(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

export async function sha256Hex(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof data === 'string' ? utf8.encode(data) : data
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** SHA-256 of the bytes of `prefixHex` followed by the UTF-8 of `text`. */
export async function sha256HexOf(prefixHex: string, text: string): Promise<string> {
  const prefix = fromHex(prefixHex)
  const suffix = utf8.encode(text)
  const bytes = new Uint8Array(prefix.length + suffix.length)
  bytes.set(prefix)
  bytes.set(suffix, prefix.length)
  return sha256Hex(bytes)
}

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
