/** Who may act as an operator: whoever has OPS_TOKEN. Where it is not set, there is no operator's API at all. */
import { timingSafeEqual } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { HttpContext } from './env.ts'
import { ProblemError } from './problem.ts'

export function requireOperator(c: HttpContext, deps: Deps): void {
  const { opsToken } = deps.config
  if (opsToken === undefined) throw new ProblemError('not_found')
  const given = Buffer.from(c.req.header('authorization') ?? '')
  const expected = Buffer.from(`Bearer ${opsToken}`)
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new ProblemError('not_signed_in')
}
