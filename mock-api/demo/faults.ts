/** A bad network on purpose, by seed: lost requests, lost answers, delays, 5xx. Off unless FAULTS asks for it. */
import type { MiddlewareHandler } from 'hono'
import type { HttpContext, HttpEnv } from '../http/env.ts'
import { problemAnswer } from '../http/problem.ts'
import type { Config } from '../start/config.ts'

const DELAY_MAX_MS = 3000

export function faults(
  { seed, perMille }: NonNullable<Config['faults']>,
  wait: (ms: number) => Promise<void>,
): MiddlewareHandler<HttpEnv> {
  const dice = diceOf(seed)
  return async (c, next) => {
    if (dice() * 1000 >= perMille) return next()
    const kind = Math.floor(dice() * 4)
    if (kind === 0) return hangUp(c) // the request never arrived
    if (kind === 1) return problemAnswer('internal')
    if (kind === 2) await wait(dice() * DELAY_MAX_MS)
    await next()
    if (kind === 3) return hangUp(c) // done, but nobody is told
  }
}

/** In process there is no line to cut: then it is an answer that no device takes for success. */
function hangUp(c: HttpContext): Response {
  c.env?.incoming?.socket.destroy()
  return problemAnswer('busy')
}

/** mulberry32: small, and the same for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
