/** Failures and slow answers are noted in the log, by the route's pattern. */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Log } from '../base/log.ts'
import type { HttpEnv } from './env.ts'

/** Slower than this, a person waits and wonders. */
const SLOW_MS = 1000

/** Failures and slow answers, by the route's pattern: a path would name accounts. */
export function noteTrouble(log: Log, now: () => number): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const from = now()
    await next()
    const ms = now() - from
    const { status } = c.res
    if (status >= 500 || ms > SLOW_MS)
      log('warn', 'request', { method: c.req.method, route: routePath(c, -1), status, ms })
  }
}
