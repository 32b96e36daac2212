/** One cookie an account, so that several people can be signed in on one phone. The cookie holds a token, the database only its key. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AccountId } from '../../src/domain/ids.ts'
import { isUuid } from '../../src/domain/ids.ts'
import type { Deps } from '../deps.ts'
import { LAST_SEEN_STEP_MS } from '../limits.ts'
import { keyOf } from '../secret.ts'
import { noteSeen, readSession, type SessionRow } from '../storage/sessions.ts'
import type { HttpContext } from './env.ts'
import { isHttps } from './origin.ts'
import { ProblemError } from './problem.ts'

const TOKEN_BYTES = 32
/** Browsers keep a cookie no longer than this. */
const COOKIE_SECONDS = 400 * 24 * 3600

export function cookieName(accountId: string): string {
  return `gt-${accountId.slice(0, 8)}`
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

function cookieOptions(c: HttpContext, deps: Deps) {
  return { path: '/api', httpOnly: true, sameSite: 'Lax', secure: isHttps(c, deps.config) } as const
}

/** The session of this account on this device, or 401. Whether the account still exists is for its reader to say. */
export async function requireSession(c: HttpContext, deps: Deps, accountId: string): Promise<SessionRow> {
  const token = isUuid(accountId) ? getCookie(c, cookieName(accountId)) : undefined
  const session = token ? await readSession(deps.db, keyOf('session', token)) : undefined
  if (!session || session.revokedAt !== null || session.accountId !== accountId)
    throw new ProblemError('not_signed_in')
  const now = deps.now()
  if (now - session.lastSeenAt > LAST_SEEN_STEP_MS) await noteSeen(deps.db, session, now)
  return session
}

export function accountParam(c: HttpContext): AccountId {
  const accountId = c.req.param('accountId') ?? ''
  if (!isUuid(accountId)) throw new ProblemError('not_found')
  return accountId as AccountId
}
