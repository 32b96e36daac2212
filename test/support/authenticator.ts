/** A security key of software: makes passkeys and answers by them as a browser would hand it on; and can do what a good one never does. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

interface Passkey {
  readonly id: Buffer
  readonly privateKey: KeyObject
  readonly publicKey: { readonly x: string; readonly y: string }
  readonly userHandle: string
  counter: number
}

interface Ceremony {
  readonly challenge: string
  readonly rpId?: string
  readonly rp?: { readonly id?: string }
  readonly user?: { readonly id: string }
}

/** What is wrong with an answer, on purpose. */
export interface Mischief {
  readonly origin?: string
  /** Nobody showed that it was them. */
  readonly isUnverified?: boolean
  readonly counter?: number
  readonly challenge?: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

export class Authenticator {
  readonly passkeys: Passkey[] = []
  readonly #origin: string

  constructor(origin = 'http://localhost:4173') {
    this.#origin = origin
  }

  /** `navigator.credentials.create`. */
  create({ challenge, rp, user }: Ceremony, mischief: Mischief = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const id = createHash('sha256').update(`${x}${y}`).digest().subarray(0, 16)
    const passkey: Passkey = { id, privateKey, publicKey: { x, y }, userHandle: user?.id ?? '', counter: 0 }
    this.passkeys.push(passkey)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const authData = Buffer.concat([
      authenticatorData(rp?.id ?? '', HAS_CREDENTIAL | flags(mischief), 0),
      Buffer.alloc(16),
      length,
      id,
      coseKey(passkey.publicKey),
    ])
    return {
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, mischief),
        attestationObject: attestation(authData).toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** `navigator.credentials.get`, by the passkey that was made last. */
  get({ challenge, rpId = '' }: Ceremony, mischief: Mischief = {}, passkey = this.passkeys.at(-1)) {
    if (!passkey) throw new Error('no passkey was made')
    passkey.counter = mischief.counter ?? passkey.counter + 1
    const authData = authenticatorData(rpId, flags(mischief), passkey.counter)
    const clientDataJSON = this.#clientData('webauthn.get', challenge, mischief)
    const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
    const signature = sign('sha256', Buffer.concat([authData, clientHash]), passkey.privateKey)
    const id = passkey.id.toString('base64url')
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: passkey.userHandle,
      },
    }
  }

  #clientData(type: string, challenge: string, mischief: Mischief): string {
    const origin = mischief.origin ?? this.#origin
    const data = { type, challenge: mischief.challenge ?? challenge, origin, crossOrigin: false }
    return Buffer.from(JSON.stringify(data)).toString('base64url')
  }
}

function flags({ isUnverified = false }: Mischief): number {
  return USER_PRESENT | (isUnverified ? 0 : USER_VERIFIED)
}

function authenticatorData(rpId: string, flag: number, counter: number): Buffer {
  const tail = Buffer.alloc(5)
  tail.writeUInt8(flag, 0)
  tail.writeUInt32BE(counter, 1)
  return Buffer.concat([createHash('sha256').update(rpId).digest(), tail])
}

/** COSE: EC2, ES256, P-256. */
function coseKey({ x, y }: Passkey['publicKey']): Buffer {
  const coordinate = (label: number, text: string) =>
    Buffer.concat([Buffer.from([label, 0x58, 32]), Buffer.from(text, 'base64url')])
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    coordinate(0x21, x),
    coordinate(0x22, y),
  ])
}

/** CBOR of `{fmt: 'none', attStmt: {}, authData}`. */
function attestation(authData: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
  const length = Buffer.from([0x58, authData.length])
  return Buffer.concat([
    Buffer.from([0xa3]),
    ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])],
    ...[text('authData'), length, authData],
  ])
}
