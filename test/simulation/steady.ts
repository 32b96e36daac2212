/**
 * Makes a seed do the same each time. The platform works out digests, signatures and keys on threads beside the loop and answers in the order in
 * which they are done: here they are there at once, and keys come from dice. And whoever waits for a time waits for a turn of the loop, which a
 * busy machine makes no longer.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { uuidFrom } from '../support/ids.ts'
import { type Random, randomOf } from '../support/random.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Named = string | { readonly name: string }

const CURVE = 'prime256v1'
const HASH = 'sha256'
const TAG_BYTES = 16

let dice: Random = randomOf(1)
let isSteady = false

/** From here on, for the process; each run says whose dice they are. */
export function beSteady(random: Random): void {
  dice = random
  if (isSteady) return
  isSteady = true
  Object.assign(crypto.subtle, subtle)
  Object.assign(crypto, { getRandomValues, randomUUID: () => uuidFrom(dice) })
  Object.assign(globalThis, { setTimeout: soon, clearTimeout: notSoon, structuredClone: cloned })
}

const platformsClone = structuredClone

/** As the platform's, whose way is by a serialised text: rows of a phone's storage are plain, and cloned with every step of it. */
function cloned<T>(value: T): T
function cloned(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return platformsClone(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(cloned)
  const kind = Object.getPrototypeOf(value) as unknown
  if (kind !== Object.prototype && kind !== null) return platformsClone(value)
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = cloned((value as Record<string, unknown>)[name])
  return copy
}

function getRandomValues<T extends ArrayBufferView>(array: T): T {
  bytesOf(array).set(dice.bytes(array.byteLength))
  return array
}

function soon(work: (...given: unknown[]) => void, _ms?: number, ...given: unknown[]): NodeJS.Immediate {
  return setImmediate(work, ...given)
}

const later = clearTimeout

function notSoon(handle: NodeJS.Immediate | NodeJS.Timeout | undefined): void {
  if (handle && 'hasRef' in handle && !('refresh' in handle)) clearImmediate(handle)
  else later(handle)
}

const original = {
  exportKey: crypto.subtle.exportKey.bind(crypto.subtle),
  importKey: crypto.subtle.importKey.bind(crypto.subtle),
}

const subtle = {
  digest: async (algorithm: Named, data: BufferSource) => {
    expectName(algorithm, 'SHA-256')
    return whole(createHash(HASH).update(bytesOf(data)).digest())
  },
  sign: async (_: unknown, key: CryptoKey, data: BufferSource) => whole(signed(key, bytesOf(data))),
  verify: async (_: unknown, key: CryptoKey, signature: BufferSource, data: BufferSource) => {
    if (key.algorithm.name === 'HMAC') return signed(key, bytesOf(data)).equals(bytesOf(signature))
    return verify(HASH, bytesOf(data), ecdsa(key), bytesOf(signature))
  },
  async generateKey({ name, namedCurve }: EcKeyGenParams, extractable: boolean): Promise<CryptoKeyPair> {
    expectName(namedCurve, 'P-256')
    const pair = createECDH(CURVE)
    pair.setPrivateKey(dice.bytes(32))
    const point = pair.getPublicKey()
    const both = {
      ...{ kty: 'EC', crv: namedCurve },
      ...{ x: point.toString('base64url', 1, 33), y: point.toString('base64url', 33) },
    }
    const all = { ...both, d: pair.getPrivateKey('base64url') }
    const algorithm = { name, namedCurve }
    const privateKey = await original.importKey('jwk', all, algorithm, extractable, ['sign'])
    objects.set(privateKey, createPrivateKey({ key: all, format: 'jwk' }))
    return {
      publicKey: await original.importKey('jwk', both, algorithm, true, ['verify']),
      privateKey,
    }
  },
  /** A copy that may be taken out again stands in its place where the platform has no other way. */
  async importKey(...[format, data, algorithm, extractable, usages]: Parameters<typeof original.importKey>) {
    const key = await original.importKey(format, data, algorithm, extractable, usages)
    if (extractable) return key
    objects.set(key, KeyObject.from(await original.importKey(format, data, algorithm, true, usages)))
    return key
  },
  exportKey: async (format: 'jwk' | 'pkcs8', key: CryptoKey) =>
    format === 'pkcs8'
      ? whole(objectOf(key).export({ type: 'pkcs8', format: 'der' }))
      : original.exportKey(format, key),
  async encrypt({ iv, additionalData = new Uint8Array() }: AesGcmParams, key: CryptoKey, data: BufferSource) {
    const cipher = createCipheriv('aes-256-gcm', objectOf(key), bytesOf(iv))
    cipher.setAAD(bytesOf(additionalData))
    return whole(Buffer.concat([cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()]))
  },
  async decrypt({ iv, additionalData = new Uint8Array() }: AesGcmParams, key: CryptoKey, data: BufferSource) {
    const sealed = bytesOf(data)
    const decipher = createDecipheriv('aes-256-gcm', objectOf(key), bytesOf(iv))
    decipher.setAAD(bytesOf(additionalData))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    return whole(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]))
  },
}

function signed(key: CryptoKey, data: Bytes): Buffer {
  if (key.algorithm.name === 'HMAC') return createHmac(HASH, objectOf(key)).update(data).digest()
  return sign(HASH, data, ecdsa(key))
}

const ecdsa = (key: CryptoKey) => ({ key: objectOf(key), dsaEncoding: 'ieee-p1363' }) as const

const objects = new WeakMap<CryptoKey, KeyObject>()

function objectOf(key: CryptoKey): KeyObject {
  const known = objects.get(key) ?? KeyObject.from(key)
  objects.set(key, known)
  return known
}

function expectName(given: Named, name: string): void {
  const named = typeof given === 'string' ? given : given.name
  if (named !== name) throw new Error(`${named}: nobody here has used it before`)
}

function bytesOf(data: BufferSource | ArrayBufferView): Bytes {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
}

/** Of a buffer that may lie in a larger one. */
const whole = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
