/** Of several processes before one database, one sweeps at a time; when it ends without a word, another goes on two minutes later. */
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { faultOf } from '../base/log.ts'
import { endTurn, takeTurn } from '../storage/turns.ts'
import { sweep } from './sweep.ts'

/** Longer than any part of a sweep; taken anew before each. */
const TURN_MS = 2 * MINUTE_MS
const NAME = 'sweep'

/** `holder`: this process. False: another one is sweeping, or the database is away. */
export async function sweepInTurn(deps: Deps, holder: string): Promise<boolean> {
  const mayGoOn = () =>
    takeTurn(deps.db, { name: NAME, holder, now: deps.now(), until: deps.now() + TURN_MS })
  try {
    if (!(await mayGoOn())) return false
    await sweep(deps, mayGoOn)
    await endTurn(deps.db, { name: NAME, holder })
    return true
  } catch (error) {
    deps.log('error', 'sweep', { fault: faultOf(error) })
    return false
  }
}
