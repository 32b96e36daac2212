/** Only of a demonstration, and only on its own machine: a code by which anybody can try a sample shop's till, as its manager. */
import type { TillCode } from '../../src/contract/till.ts'
import type { Deps } from '../base/deps.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { readBranchesOf } from '../storage/merchants.ts'
import { makeTillCode } from '../tills/till-code.ts'

export async function readDemoTillCode(c: HttpContext, deps: Deps): Promise<TillCode> {
  if (!(deps.config.demo && isLocal(c, deps.config))) throw new ProblemError('not_found')
  const [branch] = await readBranchesOf(deps.db, c.req.param('merchantId') ?? '')
  if (!branch) throw new ProblemError('not_found')
  return makeTillCode(deps, branch.accountId, { role: 'manager', name: '示例店长' })
}
