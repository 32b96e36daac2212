/** PostgreSQL inside this process. It never calls fsync: what it acknowledged survives a killed process, not a power cut. */
import { PGlite, type Transaction, types } from '@electric-sql/pglite'
import { type Db, type Param, parseBigint, type Queryable } from './db.ts'

interface PgliteOptions {
  /** Absent: in memory. */
  readonly folder?: string
  /** An archive made by `dump`. */
  readonly archive?: Uint8Array<ArrayBuffer>
}

export async function openPglite({ folder, archive }: PgliteOptions = {}): Promise<Db> {
  const pg = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(archive ? { loadDataDir: new Blob([archive]) } : {}),
    parsers: { [types.INT8]: parseBigint },
  })
  return {
    kind: 'pglite',
    ...queryable(pg),
    // The driver's type says void | undefined; a rollback by throwing is the only one used here.
    transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
      pg.transaction((tx) => work(queryable(tx))) as Promise<T>,
    ping: async () => void (await pg.query('select 1 as one')),
    dump: async () => new Uint8Array(await (await pg.dumpDataDir('gzip')).arrayBuffer()),
    close: () => pg.close(),
  }
}

function queryable(pg: PGlite | Transaction): Queryable {
  return {
    query: async <T extends object>(text: string, params: readonly Param[] = []) =>
      (await pg.query<T>(text, params as Param[])).rows,
    script: async (text) => {
      await pg.exec(text)
    },
  }
}
