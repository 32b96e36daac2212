/** A database that goes away at a chosen statement: before it was done, or after, so that whoever asked does not know. */
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'
import { DatabaseAwayError } from '../../mock-api/storage/errors.ts'

export interface BreakingDb extends Db {
  /** At the n-th statement or commit from now, once. */
  breakAt(n: number, when: 'before' | 'after'): void
  /** From the n-th on nothing is done any more, as for a process that is gone. */
  dieAt(n: number, when: 'before' | 'after'): void
  /** Not any more; answers how many statements there were since it was set. */
  mend(): number
}

export function breakingDb(db: Db): BreakingDb {
  let at = Number.POSITIVE_INFINITY
  let when: 'before' | 'after' = 'before'
  let count = 0
  let isForGood = false
  async function step<T>(work: () => Promise<T>): Promise<T> {
    const isNow = ++count === at
    if ((isNow && when === 'before') || (isForGood && count > at)) throw new DatabaseAwayError()
    const done = await work()
    if (isNow) throw new DatabaseAwayError()
    return done
  }
  const over = (inner: Queryable): Queryable => ({
    query: <T extends object>(text: string, params?: readonly Param[]) =>
      step(() => inner.query<T>(text, params)),
    several: (statements, isLast) => step(() => inner.several(statements, isLast)),
    script: (text) => inner.script(text),
  })
  return {
    ...over(db),
    kind: db.kind,
    ping: () => db.ping(),
    close: () => db.close(),
    // Also a commit may be done and not be heard of.
    transaction: (work) => step(() => db.transaction((tx) => work(over(tx)))),
    breakAt(n, which) {
      ;[at, when, count, isForGood] = [n, which, 0, false]
    },
    dieAt(n, which) {
      ;[at, when, count, isForGood] = [n, which, 0, true]
    },
    mend() {
      at = Number.POSITIVE_INFINITY
      return count
    },
  }
}
