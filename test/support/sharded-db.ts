/** A database that says that it is sharded, and keeps what it is told, in order: what PostgreSQL with Citus would be asked for. */
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'

export interface Told {
  readonly text: string
  readonly params: readonly Param[]
  /** Which transaction; 0: none. */
  readonly transaction: number
}

export function shardedDb(db: Db): Db & { readonly told: readonly Told[] } {
  const told: Told[] = []
  const placed: string[] = []
  let transactions = 0
  const watch = (target: Queryable, transaction: number): Queryable => ({
    async query<T extends object>(text: string, params: readonly Param[] = []) {
      told.push({ text, params, transaction })
      if (text.includes("extname = 'citus'")) return [{ extname: 'citus' }] as T[]
      if (text.includes('pg_dist_partition')) return placed.map((name) => ({ name })) as T[]
      if (!/^select create_(distributed|reference)_table/.test(text)) return target.query<T>(text, params)
      placed.push(String(params[0]))
      return []
    },
    async several(statements, isLast) {
      told.push(...statements.map(({ text, params = [] }) => ({ text, params, transaction })))
      return target.several(statements, isLast)
    },
    async script(text) {
      told.push({ text, params: [], transaction })
      await target.script(text)
    },
  })
  return {
    ...db,
    told,
    ...watch(db, 0),
    transaction: (work) => {
      const own = ++transactions
      return db.transaction((tx) => work(watch(tx, own)))
    },
  }
}
