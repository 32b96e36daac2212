/** The one interface to a database. Both engines answer the same rows: bigint as a safe number, everything else as text, number, boolean or null. */

export type Param = string | number | boolean | null | readonly string[]
type Row = Readonly<Record<string, string | number | boolean | null>>

export interface Statement {
  readonly text: string
  readonly params?: readonly Param[]
}

export interface Queryable {
  query<T extends object = Row>(text: string, params?: readonly Param[]): Promise<T[]>
  /**
   * Several statements in one message, one after the other; the rows of each. Throws what the first to fail says; those behind it are not begun,
   * and what was before it is undone only in a transaction. `isLast`: of one, which is kept with them.
   */
  several(statements: readonly Statement[], isLast?: boolean): Promise<object[][]>
  /** Several statements without parameters: migrations only. */
  script(text: string): Promise<void>
}

export interface Db extends Queryable {
  readonly kind: 'pglite' | 'postgresql'
  /** All or nothing. Inside, ask `tx` only: with one connection, asking the Db itself would wait for ever. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  /** Whether it answers at all, asked before all that waits for it. Over a network it answers, or fails, within a second. */
  ping(): Promise<void>
  /** PGlite only: the whole data folder as one archive. */
  dump?(): Promise<Uint8Array>
  close(): Promise<void>
}

/** One parser for both engines. A number that JavaScript cannot hold exactly is a fault, never rounded. */
export function parseBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`)
  return value
}

/** As PostgreSQL reads a value of any type. */
export function textOf(param: Param): string | null {
  if (param === null || typeof param === 'string') return param
  if (typeof param === 'object')
    return `{${param.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  return String(param)
}

/** `($1,$2),($3,$4)` for a multi-row insert: one command, also on a sharded database. */
export function valuesList(rows: number, columns: number): string {
  const tuple = (row: number) =>
    `(${Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`).join(',')})`
  return Array.from({ length: rows }, (_, row) => tuple(row)).join(',')
}

/** The two ways of a list by keys: what lies beyond a key, and how its columns are ordered. */
export const UP = { beyond: '>', way: 'asc' } as const
export const DOWN = { beyond: '<', way: 'desc' } as const
