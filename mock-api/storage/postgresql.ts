/** PostgreSQL over the network, for more than one process. Statements are prepared by their text, unless it is a long one. */
import postgres from 'postgres'
import { type Db, type Param, parseBigint, type Queryable } from './db.ts'

/** One thread decides and a statement takes a millisecond or two: more connections only hold more rows in memory at once. */
const CONNECTIONS_MAX = 4
/**
 * Above this a text is an insert of many rows, and each number of rows is a text of its own. Kept prepared, they would add up to megabytes
 * on every connection, on both sides.
 */
const PREPARED_TEXT_MAX = 2000
const BIGINT_OID = 20

export interface PostgresqlOptions {
  /** A schema of its own, for tests side by side. */
  readonly schema?: string
}

export function openPostgresql(url: string, { schema }: PostgresqlOptions = {}): Db {
  const sql = postgres(url, {
    max: CONNECTIONS_MAX,
    onnotice: () => {},
    types: {
      bigint: { to: BIGINT_OID, from: [BIGINT_OID], serialize: String, parse: parseBigint },
    },
    ...(schema ? { connection: { search_path: schema } } : {}),
  })
  return {
    kind: 'postgresql',
    ...queryable(sql),
    transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
      sql.begin((tx) => work(queryable(tx))) as Promise<T>,
    close: () => sql.end({ timeout: 5 }),
  }
}

function queryable(sql: postgres.Sql | postgres.TransactionSql): Queryable {
  return {
    query: async <T extends object>(text: string, params: readonly Param[] = []) => [
      ...(await sql.unsafe<T[]>(text, params as Param[], {
        prepare: text.length <= PREPARED_TEXT_MAX,
      })),
    ],
    script: async (text) => {
      await sql.unsafe(text).simple()
    },
  }
}
