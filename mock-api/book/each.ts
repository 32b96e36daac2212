/** Pieces of a sweep, one after the other. */
import type { Deps } from '../base/deps.ts'
import { faultOf } from '../base/log.ts'
import { isFault } from './errors.ts'

/** One that fails does not hold up those after it; an account that is gone has nothing left to do. */
export async function each<T>(
  deps: Deps,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      if (!isFault(error, 'account_deleted')) deps.log('error', 'sweep', { fault: faultOf(error) })
    }
  }
}
