/** Who acts at the desk: a person with a session of their own, and the roles that they have. Whatever is not granted is refused and logged. */
import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CityId } from '../../src/domain/base/city.ts'
import { isUuid, type OperatorId } from '../../src/domain/base/ids.ts'
import { type Grant, hasRole, type Role } from '../../src/domain/ledger/operator.ts'
import type { Deps } from '../base/deps.ts'
import { OPERATOR_SESSION_MS, STEP_UP_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import {
  insertOperatorSession,
  noteOperatorSessionUsed,
  type OperatorSessionRow,
  readOperatorSession,
} from '../storage/operator-sessions.ts'
import { readGrants, readOperator } from '../storage/operators.ts'
import type { HttpContext, HttpEnv } from './env.ts'
import { isHttps } from './origin.ts'
import { ProblemError } from './problem.ts'
import { addressKey, useLimit, waitFor } from './rate-limit.ts'
import { newToken } from './session.ts'

export interface Operator {
  readonly operatorId: OperatorId
  readonly name: string
  readonly roles: readonly Grant[]
  readonly isSample: boolean
  readonly sessionKey: string
  readonly session: OperatorSessionRow
  /** Under which what they ask for now stands in the journal: the browser's own id, so that asked twice it is one act. */
  readonly actId: string
}

const COOKIE = 'gt-ops'
const DOOR_COOKIE = 'gt-ops-door'
/** As `newToken` makes them. */
const DOOR_NAME = /^[\w-]{43}$/
const ACT_HEADER = 'idempotency-key'
const SAFE_METHODS = ['GET', 'HEAD']

/**
 * An operator with one of the roles: 401 without a session, 403 without the role, or without a passkey's word of the last minutes where `stepUp`
 * asks for one. With `city`, the role has to be theirs there. Whoever audits reads everything.
 */
export async function requireRole(
  c: HttpContext,
  deps: Deps,
  role: Role | readonly Role[],
  { city, stepUp = false }: { city?: CityId | undefined; stepUp?: boolean } = {},
): Promise<Operator> {
  const operator = await requireOperator(c, deps)
  const roles: Role[] = [role].flat()
  if (SAFE_METHODS.includes(c.req.method)) roles.push('auditor')
  if (!hasRole(operator.roles, roles, city)) throw refused(c, deps, operator)
  if (stepUp) requireStepUp(deps, operator)
  return operator
}

/** For what only the body tells the city of. */
export function requireCity(
  c: HttpContext,
  deps: Deps,
  operator: Operator,
  { role, city }: { role: Role | readonly Role[]; city: CityId | undefined },
): void {
  // What is for all cities is for those who have all.
  const isTheirs =
    city === undefined
      ? operator.roles.some((grant) => [role].flat().includes(grant.role) && grant.city === undefined)
      : hasRole(operator.roles, [role].flat(), city)
  if (!isTheirs) throw refused(c, deps, operator)
}

export function requireStepUp(deps: Deps, { session }: Operator): void {
  const { stepUpAt } = session
  if (stepUpAt === null || deps.now() - stepUpAt >= STEP_UP_MS) throw new ProblemError('step_up_needed')
}

/** Anybody who is signed in at the desk, or 401. */
export async function requireOperator(c: HttpContext, deps: Deps): Promise<Operator> {
  const token = getCookie(c, COOKIE)
  const session = token ? await readOperatorSession(deps.db, operatorSessionKey(token)) : undefined
  if (!session || session.endedAt !== null || deps.now() - session.createdAt >= OPERATOR_SESSION_MS)
    throw new ProblemError('not_signed_in')
  const person = await readOperator(deps.db, session.operatorId)
  // Off, a demo's people open nothing.
  if (person?.state !== 'active' || (person.isSample && !deps.config.demo))
    throw new ProblemError('not_signed_in')
  // The answer that began it has arrived: its code is used up.
  if (session.way === 'recovery' && session.usedAt === null)
    await noteOperatorSessionUsed(deps.db, session.tokenKey, deps.now())
  const { operatorId, name, isSample } = person
  const roles = await readGrants(deps.db, operatorId)
  const asked = c.req.header(ACT_HEADER) ?? ''
  const actId = isUuid(asked) ? asked : deps.newId()
  return { operatorId, name, isSample, roles, sessionKey: session.tokenKey, session, actId }
}

function refused(c: HttpContext, deps: Deps, { operatorId }: Operator): ProblemError {
  deps.log('warn', 'operator refused', { operator: operatorId, method: c.req.method, path: c.req.path })
  return new ProblemError('not_allowed')
}

/** Signs somebody in at this browser; for half a day. `token`: that of a session which is given again. */
export async function beginOperatorSession(
  c: HttpContext,
  deps: Deps,
  { operatorId, way, token = newToken(deps).token }: OperatorSession,
): Promise<void> {
  const at = deps.now()
  const tokenKey = operatorSessionKey(token)
  await insertOperatorSession(deps.db, {
    ...{ tokenKey, operatorId, way, at },
    // A recovery code is no passkey: whoever comes in by one adds a passkey first.
    stepUpAt: way === 'recovery' ? null : at,
  })
  setCookie(c, COOKIE, token, { ...cookieOptions(c, deps), maxAge: OPERATOR_SESSION_MS / 1000 })
}

export interface OperatorSession extends Pick<OperatorSessionRow, 'operatorId' | 'way'> {
  readonly token?: string
}

export function operatorSessionKey(token: string): string {
  return keyOf('operator session', token)
}

/**
 * A name for the browser that stands at the door, kept until it is closed, so that a code whose answer was lost is known to be presented by the
 * same one again. It opens nothing.
 */
export function nameAtDoor(c: HttpContext, deps: Deps): void {
  if (!browserAtDoor(c)) setCookie(c, DOOR_COOKIE, newToken(deps).token, cookieOptions(c, deps))
}

/** Undefined: a browser that shows no name, or no browser at all. */
export function browserAtDoor(c: HttpContext): string | undefined {
  const name = getCookie(c, DOOR_COOKIE) ?? ''
  return DOOR_NAME.test(name) ? name : undefined
}

export function dropOperatorCookie(c: HttpContext, deps: Deps): void {
  deleteCookie(c, COOKIE, cookieOptions(c, deps))
}

function cookieOptions(c: HttpContext, deps: Deps) {
  return { path: '/api', httpOnly: true, sameSite: 'Strict', secure: isHttps(c, deps.config) } as const
}

/**
 * An address that has guessed wrong too often is not listened to for a while, whatever it says. Beyond what all addresses together may guess
 * a wrong token is told so too; the right one, from an address that has not been guessing, is never held up by others.
 */
export function brakeGuesses(deps: Deps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { opsToken } = deps.config
    if (opsToken === undefined || c.req.header('authorization') === undefined) return next()
    await waitForGuesses(c, deps)
    if (!hasToken(c, opsToken)) await noteGuess(c, deps, 'operator token refused')
    return next()
  }
}

/** Before anything that can be guessed is looked at. */
export async function waitForGuesses(c: HttpContext, deps: Deps): Promise<void> {
  await waitFor(deps, deps.limits.wrongTokensPerAddress, addressKey(c, deps))
}

export async function noteGuess(c: HttpContext, deps: Deps, what: string): Promise<void> {
  const address = addressKey(c, deps)
  // The address by the beginning of its key: enough to see whether it is one or many.
  deps.log('warn', what, { address: address.slice(0, 8) })
  await useLimit(deps, deps.limits.wrongTokensPerAddress, address)
  await useLimit(deps, deps.limits.wrongTokens, 'all')
}

export function hasToken(c: HttpContext, opsToken: string): boolean {
  const given = Buffer.from(c.req.header('authorization') ?? '')
  const expected = Buffer.from(`Bearer ${opsToken}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
