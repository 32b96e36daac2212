/**
 * Which browser asks for a code. One that signed in with the number before shows a proof of it, and has a bucket of codes of its own; any
 * other gets a name for ten minutes, so that its code is its own. Neither cookie opens anything else.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import type { Deps } from '../base/deps.ts'
import { keyOf } from '../base/secret.ts'
import type { HttpContext } from './env.ts'
import { isHttps } from './origin.ts'

export interface Asker {
  /** Under which its code is stored. */
  readonly key: string
  readonly isKnown: boolean
}

const KNOWN_COOKIE = 'gt-known'
const ASKING_COOKIE = 'gt-asking'
const ID_BYTES = 12
/** Both in base64url: the id, then the proof. */
const ID_CHARS = 16
const PROOF = /^[\w-]{38}$/
/** A family's tablet; the oldest goes. */
const KNOWN_MAX = 5
/** Browsers keep a cookie no longer than this. */
const KNOWN_SECONDS = 400 * 24 * 3600
/** Twice as long as a code. */
const ASKING_SECONDS = 600

/** Undefined: a browser that shows nothing, or no browser at all. */
export function askerOf(c: HttpContext, deps: Deps, phoneKey: string): Asker | undefined {
  const proof = proofsOf(c).find((each) => isProofOf(deps, phoneKey, each))
  if (proof) return { key: keyOf('asker', proof.slice(0, ID_CHARS)), isKnown: true }
  const id = getCookie(c, ASKING_COOKIE) ?? ''
  return new RegExp(`^[\\w-]{${ID_CHARS}}$`).test(id)
    ? { key: keyOf('asker', id), isKnown: false }
    : undefined
}

export function nameAsker(c: HttpContext, deps: Deps): Asker {
  const id = newId(deps)
  setCookie(c, ASKING_COOKIE, id, { ...cookieOptions(c, deps), maxAge: ASKING_SECONDS })
  return { key: keyOf('asker', id), isKnown: false }
}

/** The name by which a browser is known from a sign-in on, and the key of what it asks for under it: of one session always the same. */
export function browserOf(token: string): { readonly id: string; readonly key: string } {
  const id = createHash('sha256')
    .update(`browser ${token}`)
    .digest()
    .subarray(0, ID_BYTES)
    .toString('base64url')
  return { id, key: keyOf('asker', id) }
}

/** It has signed in with this number: the next code for it is asked for by somebody known. */
export function rememberBrowser(
  c: HttpContext,
  deps: Deps,
  { phoneKey, id }: { readonly phoneKey: string; readonly id: string },
): void {
  const others = proofsOf(c).filter((each) => !isProofOf(deps, phoneKey, each))
  const proofs = [id + deps.secret.browserProof(phoneKey, id), ...others].slice(0, KNOWN_MAX)
  setCookie(c, KNOWN_COOKIE, proofs.join('.'), { ...cookieOptions(c, deps), maxAge: KNOWN_SECONDS })
}

/** The number's account is gone. */
export function forgetBrowser(c: HttpContext, deps: Deps, phoneKey: string): void {
  const proofs = proofsOf(c)
  const others = proofs.filter((each) => !isProofOf(deps, phoneKey, each))
  if (others.length === proofs.length) return
  const maxAge = others.length > 0 ? KNOWN_SECONDS : 0
  setCookie(c, KNOWN_COOKIE, others.join('.'), { ...cookieOptions(c, deps), maxAge })
}

function newId(deps: Deps): string {
  return Buffer.from(deps.randomBytes(ID_BYTES)).toString('base64url')
}

function proofsOf(c: HttpContext): string[] {
  return (getCookie(c, KNOWN_COOKIE) ?? '')
    .split('.')
    .slice(0, KNOWN_MAX)
    .filter((each) => PROOF.test(each))
}

function isProofOf(deps: Deps, phoneKey: string, text: string): boolean {
  const expected = deps.secret.browserProof(phoneKey, text.slice(0, ID_CHARS))
  return timingSafeEqual(Buffer.from(text.slice(ID_CHARS)), Buffer.from(expected))
}

function cookieOptions(c: HttpContext, deps: Deps) {
  return { path: '/api', httpOnly: true, sameSite: 'Lax', secure: isHttps(c, deps.config) } as const
}
