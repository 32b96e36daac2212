/** PostgreSQL over the network, for more than one process. Statements are prepared by their text. */
import postgres from 'postgres'
import { type Db, type Param, parseBigint, type Queryable } from './db.ts'

/** Two cores serve best with few connections; a gateway in front can pool further. */
const CONNECTIONS_MAX = 10
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
      ...(await sql.unsafe<T[]>(text, params as Param[], { prepare: true })),
    ],
    script: async (text) => {
      await sql.unsafe(text).simple()
    },
  }
}
