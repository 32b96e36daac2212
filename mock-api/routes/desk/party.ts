/** Where the desk is reached, as passkeys know it. */
import type { Deps } from '../../base/deps.ts'
import { DoorRefused, type Party } from '../../desk/ceremonies.ts'
import type { HttpContext } from '../../http/env.ts'
import { noteGuess, waitForGuesses } from '../../http/operator.ts'
import { publicOrigin } from '../../http/origin.ts'
import { ProblemError } from '../../http/problem.ts'
import { addressKey, useLimit } from '../../http/rate-limit.ts'

export function partyOf(c: HttpContext, { config }: Deps): Party {
  const origin = publicOrigin(c, config)
  return { id: new URL(origin).hostname, origins: [origin] }
}

/** Options cost a row each: somebody who signs in asks for a few. */
export async function countCeremony(c: HttpContext, deps: Deps): Promise<void> {
  await useLimit(deps, deps.limits.ceremoniesPerAddress, addressKey(c, deps))
}

/** What a stranger can try again and again is braked and logged. */
export async function braked<T>(c: HttpContext, deps: Deps, work: () => Promise<T>): Promise<T> {
  // A token in the header was looked at on the way in.
  if (c.req.header('authorization') === undefined) await waitForGuesses(c, deps)
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DoorRefused)) throw error
    await noteGuess(c, deps, `desk: ${error.problem}`)
    throw new ProblemError(error.problem)
  }
}
