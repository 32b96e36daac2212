/** How often something may be asked for. Counted in the database, so that any number of processes count together; syncs in memory. */
import type { Instant } from '../../src/domain/time.ts'
import type { Deps } from '../deps.ts'
import type { Rule } from '../limits.ts'
import { keyOf } from '../secret.ts'
import { countInWindow, readWindow } from '../storage/rate-limits.ts'
import { type HttpContext, outside } from './env.ts'
import { bucketOf } from './gateway.ts'
import { ProblemError } from './problem.ts'

export async function useLimit(deps: Deps, rule: Rule, subject: string, amount = 1): Promise<void> {
  const now = deps.now()
  const limitKey = keyOf(`limit ${rule.name}`, subject)
  const window = await countInWindow(deps.db, { limitKey, now, windowMs: rule.windowMs, amount })
  if (window.count > rule.max) throw tooMany(window.windowStart + rule.windowMs - now)
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

/** For what is only read: a counter in the database would make every pull a write. */
export function memoryLimit(rule: Rule): (subject: string, now: Instant) => void {
  const windows = new Map<string, { count: number; startedAt: Instant }>()
  return (subject, now) => {
    const known = windows.get(subject)
    const isOver = !known || Math.abs(now - known.startedAt) >= rule.windowMs
    const window = isOver ? { count: 0, startedAt: now } : known
    window.count++
    if (isOver) {
      windows.delete(subject)
      windows.set(subject, window)
      const [oldest] = windows.keys()
      if (windows.size > SUBJECTS_MAX && oldest !== undefined) windows.delete(oldest)
    }
    if (window.count > rule.max) throw tooMany(window.startedAt + rule.windowMs - now)
  }
}
