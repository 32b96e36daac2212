/** A database that keeps the texts of its statements, and that can die where a process would have been killed. */
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'

export interface CountingDb extends Db {
  readonly statements: string[]
  /** Of one statement or of several: so often the database was waited for. */
  messages: number
  /** From the first statement on that matches, nothing goes through any more, until it is taken away. */
  dieAt?: RegExp | undefined
  /** After so many transactions, likewise. */
  transactionsLeft: number
}

export class Died extends Error {}

export function countingDb(db: Db): CountingDb {
  let isDead = false
  const check = (text: string) => {
    isDead = counting.dieAt !== undefined && (isDead || counting.dieAt.test(text))
    if (isDead || counting.transactionsLeft < 0) throw new Died(text)
  }
  const watch = (target: Queryable): Queryable => ({
    async query<T extends object>(text: string, params?: readonly Param[]) {
      check(text)
      counting.statements.push(text)
      counting.messages++
      return target.query<T>(text, params)
    },
    async several(statements, isLast) {
      for (const { text } of statements) {
        check(text)
        counting.statements.push(text)
      }
      counting.messages++
      return target.several(statements, isLast)
    },
    script: (text) => target.script(text),
  })
  const counting: CountingDb = {
    kind: db.kind,
    statements: [],
    messages: 0,
    transactionsLeft: Number.POSITIVE_INFINITY,
    ...watch(db),
    async transaction<T>(work: (tx: Queryable) => Promise<T>) {
      counting.transactionsLeft--
      check('begin')
      return db.transaction((tx) => work(watch(tx)))
    },
    ping: () => db.ping(),
    close: () => db.close(),
  }
  return counting
}
