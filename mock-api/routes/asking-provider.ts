/** Which provider asks, by a token that it signed a moment ago; or the one that a report is sent to, whose tokens speak for themselves. */
import type { Provider } from '../../src/contract/providers.ts'
import type { Deps } from '../base/deps.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { useLimit } from '../http/rate-limit.ts'
import { isAsserted } from '../providers/assertion.ts'

export async function providerParam(c: HttpContext, deps: Deps): Promise<Provider> {
  const provider = (await deps.providers.all()).get(c.req.param('providerId') ?? '')
  if (!provider) throw new ProblemError('not_found')
  return provider
}

export async function requireProvider(c: HttpContext, deps: Deps): Promise<Provider> {
  const [scheme, jws = ''] = (c.req.header('authorization') ?? '').split(' ')
  const provider = (await deps.providers.all()).get(c.req.param('providerId') ?? '')
  const expected = { audience: deps.config.audience, now: deps.now() }
  if (scheme !== 'Bearer' || !provider || !(await isAsserted(jws, { provider, ...expected })))
    throw new ProblemError('not_signed_in')
  await useLimit(deps, deps.limits.askedByProvider, provider.id)
  return provider
}
