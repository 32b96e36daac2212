/** How often something may be asked for. Counted in the database, so that any number of processes count together; syncs in memory first. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import type { Rule } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from '../storage/db.ts'
import { countInWindow, readWindow, type Window } from '../storage/rate-limits.ts'
import { type HttpContext, outside } from './env.ts'
import { bucketOf } from './gateway.ts'
import { ProblemError } from './problem.ts'

/** Of the process, what counting needs; the database may be a part of a larger question. */
type Counting = Pick<Deps, 'now'> & { readonly db: Queryable }

export async function useLimit(deps: Counting, rule: Rule, subject: string, amount = 1): Promise<void> {
  const window = await countUse(deps, rule, subject, amount)
  if (window.count > rule.max) throw tooMany(window.windowStart + rule.windowMs - deps.now())
}

function countUse(deps: Counting, rule: Rule, subject: string, amount: number): Promise<Window> {
  const limitKey = keyOf(`limit ${rule.name}`, subject)
  return countInWindow(deps.db, { limitKey, now: deps.now(), windowMs: rule.windowMs, amount })
}

/** Throws while the limit is used up; counts nothing. */
export async function waitFor(deps: Deps, rule: Rule, subject: string): Promise<void> {
  const now = deps.now()
  const limitKey = keyOf(`limit ${rule.name}`, subject)
  const window = await readWindow(deps.db, limitKey, now - rule.windowMs)
  if (window && window.count >= rule.max) throw tooMany(window.windowStart + rule.windowMs - now)
}

/** Whom a limit per address counts: the person's own, also behind a gateway. */
export function addressKey(c: HttpContext, deps: Deps): string {
  return deps.secret.addressKey(bucketOf(outside(c, deps.config).address))
}

function tooMany(waitMs: number): ProblemError {
  return new ProblemError('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}

/** Sessions that one process remembers at a time: beyond it, the oldest begin anew. */
const SUBJECTS_MAX = 10_000
/** A count is told to the others in so many parts: most pulls write nothing, and no process lets through more than one part unheard. */
const PARTS = 10

interface Counted {
  count: number
  readonly startedAt: Instant
  /** The others together have used it up. */
  closedUntil?: Instant
}

/**
 * For what is only read, where a count in the database would make every pull a write: counted in memory, and among several processes told in
 * parts.
 */
export function sparingLimit(deps: Deps, rule: Rule): (subject: string) => Promise<void> {
  const windows = new Map<string, Counted>()
  const part = Math.max(1, Math.floor(rule.max / PARTS))
  return async (subject) => {
    const now = deps.now()
    const window = windowOf(windows, { subject, now, windowMs: rule.windowMs })
    window.count++
    if (window.count > rule.max) throw tooMany(window.startedAt + rule.windowMs - now)
    if (window.closedUntil !== undefined && now < window.closedUntil) throw tooMany(window.closedUntil - now)
    if (deps.db.kind === 'pglite' || window.count % part !== 0) return
    const shared = await countUse(deps, rule, subject, part)
    if (shared.count <= rule.max) return
    window.closedUntil = shared.windowStart + rule.windowMs
    throw tooMany(window.closedUntil - now)
  }
}

function windowOf(
  windows: Map<string, Counted>,
  { subject, now, windowMs }: { subject: string; now: Instant; windowMs: number },
): Counted {
  const known = windows.get(subject)
  if (known && Math.abs(now - known.startedAt) < windowMs) return known
  const window = { count: 0, startedAt: now }
  windows.delete(subject)
  windows.set(subject, window)
  const [oldest] = windows.keys()
  if (windows.size > SUBJECTS_MAX && oldest !== undefined) windows.delete(oldest)
  return window
}
