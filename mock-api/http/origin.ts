/** Who may change anything: pages of this origin, or of those named in the settings. Cookies alone would let any page in the browser ask. */
import type { MiddlewareHandler } from 'hono'
import type { Log } from '../base/log.ts'
import type { Config } from '../start/config.ts'
import { type HttpContext, type HttpEnv, LOOPBACK_HOST, outside } from './env.ts'
import { problemAnswer } from './problem.ts'

const DESK = '/api/v1/ops/'
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

export function originCheck(config: Config, log: Log): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (SAFE_METHODS.includes(c.req.method) || isAllowed(c, config)) return next()
    // Somebody tries to act by an operator's session.
    if (c.req.path.startsWith(DESK)) log('warn', 'desk: another origin', { path: c.req.path })
    return problemAnswer('origin_refused')
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

/**
 * The origin that addresses in answers begin with: one of the settings, or this machine's own name for who asks on it. A host that is only
 * written in a request is nobody's word: what is kept of the answer would lead others there.
 */
export function publicOrigin(c: HttpContext, config: Config): string {
  const asked = `${isHttps(c, config) ? 'https' : 'http'}://${originOfHost(c)}`
  const [gateway] = config.publicOrigins
  if (gateway !== undefined) return config.publicOrigins.includes(asked) ? asked : gateway
  return LOOPBACK_HOST.test(originOfHost(c)) && URL.canParse(asked)
    ? new URL(asked).origin
    : `http://localhost:${config.port}`
}

/** Directly, behind a gateway whose public origin is named in the settings, or by the word of one that they trust. */
export function isHttps(c: HttpContext, config: Config): boolean {
  return (
    c.req.url.startsWith('https:') ||
    config.publicOrigins.includes(`https://${originOfHost(c)}`) ||
    outside(c, config).scheme === 'https'
  )
}
