/** Who may act as an operator: whoever has OPS_TOKEN. Where it is not set, there is no operator's API at all. Wrong tokens are braked and logged. */
import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../base/deps.ts'
import type { HttpContext, HttpEnv } from './env.ts'
import { ProblemError } from './problem.ts'
import { addressKey, useLimit, waitFor } from './rate-limit.ts'

export function requireOperator(c: HttpContext, deps: Deps): void {
  if (deps.config.opsToken === undefined) throw new ProblemError('not_found')
  if (!hasToken(c, deps.config.opsToken)) throw new ProblemError('not_signed_in')
}

/**
 * An address that has guessed wrong too often is not listened to for a while, whatever it says. Beyond what all addresses together may guess
 * a wrong token is told so too; the right one, from an address that has not been guessing, is never held up by others.
 */
export function brakeGuesses(deps: Deps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { opsToken } = deps.config
    if (opsToken === undefined || c.req.header('authorization') === undefined) return next()
    const address = addressKey(c, deps)
    await waitFor(deps, deps.limits.wrongTokensPerAddress, address)
    if (!hasToken(c, opsToken)) {
      // The address by the beginning of its key: enough to see whether it is one or many.
      deps.log('warn', 'operator token refused', { address: address.slice(0, 8) })
      await useLimit(deps, deps.limits.wrongTokensPerAddress, address)
      await useLimit(deps, deps.limits.wrongTokens, 'all')
    }
    return next()
  }
}

function hasToken(c: HttpContext, opsToken: string): boolean {
  const given = Buffer.from(c.req.header('authorization') ?? '')
  const expected = Buffer.from(`Bearer ${opsToken}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
