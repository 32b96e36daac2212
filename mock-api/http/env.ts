/** What a request carries beside itself, under Node's server or called in process. */
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { Config } from '../start/config.ts'
import { type Outside, outsideOf } from './gateway.ts'

export interface HttpEnv {
  Bindings: {
    /** Set by Node's server. */
    readonly incoming?: IncomingMessage
    /** Set by who calls in process. */
    readonly remoteAddress?: string
  }
}

export type HttpContext = Context<HttpEnv>

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** Of the connection; of a header only as far as the settings trust who wrote it. */
export function outside(c: HttpContext, config: Config): Outside {
  const peer = c.env?.incoming?.socket.remoteAddress ?? c.env?.remoteAddress ?? ''
  return outsideOf(peer, (name) => c.req.header(name), config.trustedProxies)
}

const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
]
/** Names that lead to the machine itself, for whoever asks by them. */
export const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

/**
 * Whether the person sits at this machine. A gateway on the same machine also connects from loopback, on behalf of everybody, and a page
 * elsewhere can let its own name point here; what either cannot help to send along gives it away. Some gateways send nothing along: where
 * the settings name one, nobody is local.
 */
export function isLocal(c: HttpContext, config: Config): boolean {
  if (!LOOPBACK.test(outside(c, config).address)) return false
  if (!c.env?.incoming) return true // in process there is no gateway, and no name
  return (
    config.publicOrigins.length === 0 &&
    config.trustedProxies === undefined &&
    LOOPBACK_HOST.test(c.req.header('host') ?? '') &&
    FORWARDED.every((name) => c.req.header(name) === undefined)
  )
}
