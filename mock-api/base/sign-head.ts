/**
 * A head as src/proof signs it, by Node's own ECDSA and at once: a tap has one signature, and handing it to another thread and hearing of it
 * took longer than making it.
 */
import { KeyObject, sign } from 'node:crypto'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { HEAD_TYP, type Head } from '../../src/proof/head.ts'
import type { SigningKey } from '../../src/proof/keys.ts'

interface Ready {
  readonly key: KeyObject
  /** The protected header, which is the same for all heads of a key. */
  readonly header: string
}

const ready = new WeakMap<SigningKey['privateKey'], Ready>()

export function signHead(head: Head, key: SigningKey): string {
  const { key: privateKey, header } = readyOf(key)
  const signed = `${header}.${base64url(canonicalJson(head))}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

function readyOf({ kid, privateKey }: SigningKey): Ready {
  const known = ready.get(privateKey)
  if (known) return known
  const header = base64url(JSON.stringify({ alg: 'ES256', kid, typ: HEAD_TYP }))
  const made = { key: KeyObject.from(privateKey), header }
  ready.set(privateKey, made)
  return made
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
