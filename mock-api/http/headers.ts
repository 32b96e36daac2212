/** What every answer says to the browser: where things may come from, and that nothing else may frame, sniff or guess. */
import type { MiddlewareHandler } from 'hono'
import type { Config } from '../start/config.ts'
import type { HttpEnv } from './env.ts'
import { isHttps } from './origin.ts'

/** `styles` and `scripts`: hashes of what stands inside the page itself. */
export function contentPolicy(
  inline: { scripts?: readonly string[]; styles?: readonly string[] } = {},
): string {
  const hashes = (list: readonly string[] = []) => list.map((hash) => ` '${hash}'`).join('')
  return [
    "default-src 'self'",
    `script-src 'self'${hashes(inline.scripts)}`,
    `style-src 'self'${hashes(inline.styles)}`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

const HSTS_SECONDS = 365 * 24 * 3600

export function safeHeaders(config: Config): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value)
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentPolicy())
    if (isHttps(c, config)) headers.set('strict-transport-security', `max-age=${HSTS_SECONDS}`)
  }
}

/** Unless an answer says that it may be kept, it is not: what a browser keeps is still there after signing out. */
export const keptNowhere: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
}
