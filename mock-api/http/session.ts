/** One cookie an account, so that several people can be signed in on one phone. The cookie holds a token, the database only its key. */
import { timingSafeEqual } from 'node:crypto'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { HelperId } from '../../src/domain/ledger/helping.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { LAST_SEEN_STEP_MS, SESSION_IDLE_MS, SESSION_MAX_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import {
  noteSecretUsed,
  noteSeen,
  noteUsed,
  offerSecret,
  readSession,
  type SessionRow,
} from '../storage/sessions.ts'
import type { HttpContext } from './env.ts'
import { isHttps } from './origin.ts'
import { ProblemError } from './problem.ts'

const TOKEN_BYTES = 32
/** Browsers keep a cookie no longer than this. */
const COOKIE_SECONDS = 400 * 24 * 3600

function cookieName(accountId: string): string {
  return `gt-${accountId.slice(0, 8)}`
}

/** Apart, so that one phone can be both: an owner's, and a helper's of the same account. */
function helperCookieName(accountId: string): string {
  return `gt-help-${accountId.slice(0, 8)}`
}

/** Apart, so that one device can be a till of a branch, and whatever else. */
function tillCookieName(accountId: string): string {
  return `gt-till-${accountId.slice(0, 8)}`
}

export function newToken(deps: Deps): { token: string; tokenKey: string } {
  const token = Buffer.from(deps.randomBytes(TOKEN_BYTES)).toString('base64url')
  return { token, tokenKey: keyOf('session', token) }
}

export function writeSessionCookie(c: HttpContext, deps: Deps, accountId: string, token: string): void {
  setCookie(c, cookieName(accountId), token, { ...cookieOptions(c, deps), maxAge: COOKIE_SECONDS })
}

export function dropSessionCookie(c: HttpContext, deps: Deps, accountId: string): void {
  deleteCookie(c, cookieName(accountId), cookieOptions(c, deps))
}

export function writeHelperCookie(c: HttpContext, deps: Deps, accountId: string, token: string): void {
  setCookie(c, helperCookieName(accountId), token, { ...cookieOptions(c, deps), maxAge: COOKIE_SECONDS })
}

export function dropHelperCookie(c: HttpContext, deps: Deps, accountId: string): void {
  deleteCookie(c, helperCookieName(accountId), cookieOptions(c, deps))
}

export function writeTillCookie(c: HttpContext, deps: Deps, accountId: string, token: string): void {
  setCookie(c, tillCookieName(accountId), token, { ...cookieOptions(c, deps), maxAge: COOKIE_SECONDS })
}

export function dropTillCookie(c: HttpContext, deps: Deps, accountId: string): void {
  deleteCookie(c, tillCookieName(accountId), cookieOptions(c, deps))
}

function cookieOptions(c: HttpContext, deps: Deps) {
  return { path: '/api', httpOnly: true, sameSite: 'Lax', secure: isHttps(c, deps.config) } as const
}

/**
 * The session of this account on this device, or 401: its cookie, and the secret that the device keeps with the ledger. So what is signed out
 * without a network is signed out: the secret goes with the ledger. Whether the account still exists is for its reader to say.
 */
export async function requireSession(c: HttpContext, deps: Deps, accountId: string): Promise<SessionRow> {
  const session = await cookieSession(c, deps, accountId)
  if (!session) throw new ProblemError('not_signed_in')
  const now = deps.now()
  const isRight = isSecretOf(session, c.req.header(SECRET_HEADER))
  if (!isRight && session.secretUsedAt !== null) throw new ProblemError('not_signed_in')
  if (isRight && session.secretUsedAt === null) await noteSecretUsed(deps.db, session.tokenKey, now)
  const { deviceId, lastSeenAt, usedAt } = session
  if (usedAt === null) await noteUsed(deps.db, session.tokenKey, now)
  if (deviceId !== null && lastSeenAt !== null && now - lastSeenAt > LAST_SEEN_STEP_MS)
    await noteSeen(deps.db, { ...session, deviceId }, now)
  return session
}

/** By its cookie alone: enough to end it, and for nothing else. */
export async function cookieSession(
  c: HttpContext,
  deps: Deps,
  accountId: string,
): Promise<SessionRow | undefined> {
  const session = await sessionIn(c, deps, { accountId, cookie: cookieName(accountId) })
  // Of a helper's it opens nothing, under whatever name it comes.
  return session?.scope === null ? session : undefined
}

/** By its cookie alone: enough to end it. */
export async function helperSession(
  c: HttpContext,
  deps: Deps,
  accountId: string,
): Promise<SessionRow | undefined> {
  const session = await sessionIn(c, deps, { accountId, cookie: helperCookieName(accountId) })
  return session?.scope === 'log' ? session : undefined
}

/** By its cookie alone: enough to end it. */
export async function tillSession(
  c: HttpContext,
  deps: Deps,
  accountId: string,
): Promise<SessionRow | undefined> {
  const session = await sessionIn(c, deps, { accountId, cookie: tillCookieName(accountId) })
  return session?.scope === 'till' || session?.scope === 'manager' ? session : undefined
}

/** Beside the cookie: what the device alone keeps, or 401. */
export function requireSecret(c: HttpContext, session: SessionRow): void {
  if (!isSecretOf(session, c.req.header(SECRET_HEADER))) throw new ProblemError('not_signed_in')
}

/** A helper's session of this account, or 401. Whether they may still log, the account's state says. */
export async function requireHelper(
  c: HttpContext,
  deps: Deps,
  accountId: string,
): Promise<SessionRow & { readonly deviceId: string; readonly helperId: HelperId }> {
  const session = await helperSession(c, deps, accountId)
  if (!session || !isSecretOf(session, c.req.header(SECRET_HEADER))) throw new ProblemError('not_signed_in')
  const { deviceId, helperId, lastSeenAt } = session
  if (deviceId === null || helperId === null) throw new ProblemError('not_signed_in')
  const now = deps.now()
  if (lastSeenAt !== null && now - lastSeenAt > LAST_SEEN_STEP_MS)
    await noteSeen(deps.db, { ...session, deviceId }, now)
  return { ...session, deviceId, helperId }
}

async function sessionIn(
  c: HttpContext,
  deps: Deps,
  { accountId, cookie }: { accountId: string; cookie: string },
): Promise<SessionRow | undefined> {
  const token = isUuid(accountId) ? getCookie(c, cookie) : undefined
  const session = token ? await readSession(deps.db, keyOf('session', token)) : undefined
  return session?.accountId === accountId && !hasEnded(session, deps.now()) ? session : undefined
}

function hasEnded({ revokedAt, createdAt, lastSeenAt }: SessionRow, now: Instant): boolean {
  return (
    revokedAt !== null ||
    (lastSeenAt !== null && now - lastSeenAt >= SESSION_IDLE_MS) ||
    (createdAt !== null && now - createdAt >= SESSION_MAX_MS)
  )
}

function isSecretOf({ secretDigest }: SessionRow, given: string | undefined): boolean {
  if (secretDigest === null || given === undefined) return false
  return timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(secretDigest))
}

/**
 * The secret of a session from before there were any, for a device that can take it; each time again until the device has used it, because
 * an answer may be lost. The cookie holds what it is made of, so that it is the same each time.
 */
export async function secretToGive(
  c: HttpContext,
  deps: Deps,
  session: SessionRow,
): Promise<string | undefined> {
  const token = getCookie(c, cookieName(session.accountId))
  if (session.secretUsedAt !== null || session.deviceId === null || token === undefined) return undefined
  const secret = deps.secret.sessionSecret(token)
  if (isSecretOf(session, c.req.header(SECRET_HEADER))) return undefined // just used for the first time
  await offerSecret(deps.db, session.tokenKey, sha256Hex(secret))
  return secret
}

export function accountParam(c: HttpContext): AccountId {
  const accountId = c.req.param('accountId') ?? ''
  if (!isUuid(accountId)) throw new ProblemError('not_found')
  return accountId as AccountId
}
