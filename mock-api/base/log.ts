/** One JSON line an event on stderr. Nothing personal: no phone, no words of a person, accounts by their first eight characters. */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { HttpEnv } from '../http/env.ts'

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void

export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`)
  }
}

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

export const silentLog: Log = () => {}

export function shortId(id: string): string {
  return id.slice(0, 8)
}

/** Where, not who: messages, of the database above all, can quote what a person wrote. */
export function faultOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `sqlstate ${code}`
  if (!(error instanceof Error)) return 'unknown'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames.slice(0, FRAMES).map((line) => line.trim())].join(' | ')
}

const FRAMES = 6
