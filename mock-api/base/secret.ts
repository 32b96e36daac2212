/**
 * What is derived from KEY_SECRET: names for phones, digests of codes, and the wrapping of private keys. The secret itself is never stored
 * beside them. Names have to stay when it is changed: they go on being derived from the first one, which is then kept wrapped by the present.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto'

const GCM_IV_BYTES = 12
/** 132 bits. */
const PROOF_CHARS = 22

export interface Secret {
  /** The same phone always has the same key; without the secret nobody can tell which. */
  phoneKey(phone: string): string
  codeDigest(phone: string, code: string): string
  /** Of the session that a code opens for a device, by all that the two are: the same each time it is presented. */
  codeToken(codeOfDevice: string): string
  /** The n-th account of a phone's key, or of a merchant: the same again when a restored backup has forgotten it. */
  accountId(owner: string, n: number): string
  /** That a browser, by its id, has signed in with this phone. 22 characters. */
  browserProof(phoneKey: string, browserId: string): string
  /** What a session needs beside its token: the same each time it is made out, so that an answer that was lost can be given again. */
  sessionSecret(token: string): string
  /** Of an invitation to the desk, by the act that makes it: the same when the answer was lost. */
  invitationCode(actId: string): string
  /** Addresses are counted, not kept. */
  addressKey(address: string): string
  /** Whose a provider's handle is, for nobody to see who reads the table alone. */
  linkKey(provider: string, handle: string): string
  /** A provider's own subject (a card, a meter): compared, never kept. */
  subjectKey(provider: string, subject: string): string
  /** Marks the numbers of a merchant's vouchers; its tills hold it, and check numbers by it without a network. 32 bytes. */
  numberKey(merchantId: string): Uint8Array<ArrayBuffer>
  /** Of the key that a simulated provider signs by. */
  sampleSeed(provider: string): Buffer
  /** By which certificates name a person: always the same, and nobody can tell whose it is. */
  pseudonym(accountId: string): string
  /** 32 bytes as hex that a draw's order comes from: never stored, so that nobody reads it before it is told, and no backup loses it. */
  drawSecret(offerId: string, version: number): string
  wrap(bytes: Uint8Array<ArrayBuffer>, label: string, iv: Uint8Array<ArrayBuffer>): Promise<string>
  unwrap(text: string, label: string): Promise<Uint8Array<ArrayBuffer>>
}

export const WRAP_IV_BYTES = GCM_IV_BYTES

/** @param names the secret that lasting names come from: the first that this backend had. */
export function secretOf(keySecret: string, names = keySecret): Secret {
  const derive = (purpose: string, from = keySecret) =>
    Buffer.from(hkdfSync('sha256', from, 'greentrace', purpose, 32)) as Buffer<ArrayBuffer>
  const phone = derive('phone', names)
  const code = derive('code')
  const opened = derive('session of a code')
  const address = derive('address')
  // A lasting name, like a phone's: the same under the next secret.
  const account = derive('account', names)
  const browser = derive('browser')
  const session = derive('session')
  const invitation = derive('invitation')
  // Lasting names, like a phone's.
  const link = derive('link', names)
  const subject = derive('subject', names)
  const number = derive('voucher number', names)
  const sample = derive('sample provider')
  const pseudonym = derive('pseudonym', names)
  // Promised before the first entry: the same under the next secret.
  const draw = derive('draw', names)
  const wrapping = crypto.subtle.importKey('raw', derive('wrap'), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return {
    phoneKey: (number) => uuidOf(createHmac('sha256', phone).update(number).digest()),
    browserProof: (phoneKey, browserId) =>
      createHmac('sha256', browser)
        .update(`${phoneKey} ${browserId}`)
        .digest('base64url')
        .slice(0, PROOF_CHARS),
    sessionSecret: (token) => createHmac('sha256', session).update(token).digest('base64url'),
    invitationCode: (actId) => createHmac('sha256', invitation).update(actId).digest('base64url'),
    addressKey: (text) => uuidOf(createHmac('sha256', address).update(text).digest()),
    linkKey: (provider, handle) =>
      uuidOf(createHmac('sha256', link).update(`${provider} ${handle}`).digest()),
    subjectKey: (provider, text) =>
      uuidOf(createHmac('sha256', subject).update(`${provider} ${text}`).digest()),
    numberKey: (merchantId) => Uint8Array.from(createHmac('sha256', number).update(merchantId).digest()),
    sampleSeed: (provider) => createHmac('sha256', sample).update(provider).digest(),
    pseudonym: (accountId) => uuidOf(createHmac('sha256', pseudonym).update(accountId).digest()),
    drawSecret: (offerId, version) =>
      createHmac('sha256', draw).update(`${offerId} ${version}`).digest('hex'),
    accountId: (owner, n) => uuidOf(createHmac('sha256', account).update(`${owner} ${n}`).digest()),
    codeDigest: (number, text) => createHmac('sha256', code).update(`${number} ${text}`).digest('hex'),
    codeToken: (text) => createHmac('sha256', opened).update(text).digest('base64url'),
    async wrap(bytes, label, iv) {
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: Buffer.from(label) },
        await wrapping,
        bytes,
      )
      return `${Buffer.from(iv).toString('base64url')}.${Buffer.from(sealed).toString('base64url')}`
    },
    async unwrap(text, label) {
      const [iv = '', sealed = ''] = text.split('.')
      const bytes = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: Buffer.from(iv, 'base64url'), additionalData: Buffer.from(label) },
        await wrapping,
        Buffer.from(sealed, 'base64url'),
      )
      return new Uint8Array(bytes)
    },
  }
}

/** A placement key for what has no uuid of its own: a slug, a digest, a token. */
export function keyOf(kind: string, text: string): string {
  return uuidOf(createHash('sha256').update(`${kind} ${text}`).digest())
}

/** The first 16 bytes in the form of a (version 8, custom) uuid. */
function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
