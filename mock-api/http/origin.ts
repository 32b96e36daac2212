/** Who may change anything: pages of this origin, or of those named in the settings. Cookies alone would let any page in the browser ask. */
import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { type HttpContext, type HttpEnv, outside } from './env.ts'
import { problemAnswer } from './problem.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

export function originCheck(config: Config): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (!SAFE_METHODS.includes(c.req.method) && !isAllowed(c, config)) return problemAnswer('origin_refused')
    return next()
  }
}

function isAllowed(c: HttpContext, config: Config): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined && config.publicOrigins.includes(origin)) return true
  // The browser's own word, which no page can set, also holds behind a proxy that changes the host.
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Neither header: not a browser, so no cookie was added behind anybody's back.
  return origin === undefined || originOfHost(c) === origin.replace(/^https?:\/\//, '')
}

function originOfHost(c: HttpContext): string {
  return c.req.header('host') ?? new URL(c.req.url).host
}

/** The origin by which the asker reaches this backend; a gateway's, where one is named in the settings. Never a host that cannot be one. */
export function publicOrigin(c: HttpContext, config: Config): string {
  const asked = `${isHttps(c, config) ? 'https' : 'http'}://${originOfHost(c)}`
  const [gateway] = config.publicOrigins
  if (gateway !== undefined && !config.publicOrigins.includes(asked)) return gateway
  return URL.canParse(asked) ? new URL(asked).origin : new URL(c.req.url).origin
}

/** Directly, behind a gateway whose public origin is named in the settings, or by the word of one that they trust. */
export function isHttps(c: HttpContext, config: Config): boolean {
  return (
    c.req.url.startsWith('https:') ||
    config.publicOrigins.includes(`https://${originOfHost(c)}`) ||
    outside(c, config).scheme === 'https'
  )
}
