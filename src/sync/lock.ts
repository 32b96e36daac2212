/** One tab at a time syncs. Web Locks where there are any; a lock whose holder hangs is stolen after a while. */

export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T | 'busy'>

/** A pass over a bad line takes this long at most before another tab may take over; storing compares cursors, so that two do no harm. */
const STEAL_AFTER_MS = 120_000

export function webLock(locks: LockManager | undefined, now: () => number): Lock {
  if (!locks) return async (_name, work) => work()
  let refusedSince: number | undefined
  return async (name, work) => {
    const isStale = refusedSince !== undefined && now() - refusedSince > STEAL_AFTER_MS
    const options: LockOptions = isStale ? { steal: true } : { ifAvailable: true }
    return locks.request(name, options, async (lock) => {
      if (!lock) {
        refusedSince ??= now()
        return 'busy' as const
      }
      refusedSince = undefined
      return work()
    })
  }
}
