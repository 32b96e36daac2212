/** What a request carries beside itself, under Node's server or called in process. */
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'

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

/** Of the connection, never of a header: those can be written by anybody. */
export function addressOf(c: HttpContext): string {
  return c.env?.incoming?.socket.remoteAddress ?? c.env?.remoteAddress ?? ''
}

export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address)
}
