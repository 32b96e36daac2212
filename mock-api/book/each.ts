/** Pieces of a sweep, one after the other. */
import type { Deps } from '../base/deps.ts'
import { faultOf } from '../base/log.ts'
import { isAway } from '../storage/errors.ts'
import { isFault } from './errors.ts'

/**
 * One that fails does not hold up those after it. An account that is gone has nothing left to do; one that a restored backup does not know comes
 * back with its phone, and then it is done: nothing is wrong with either. Throws where the database is away: each of the others would wait for it
 * as long as the first.
 */
export async function each<T>(
  deps: Pick<Deps, 'log'>,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      if (isAway(error)) throw error
      if (!isFault(error, 'account_deleted', 'account_unknown'))
        deps.log('error', 'sweep', { fault: faultOf(error) })
    }
  }
}
