/** What both engines have in common: how a column's text is read, and a transaction on one line to the database. */
import { type Param, parseBigint, type Queryable, type Statement } from './db.ts'

/** By the number of the column's type. All that is not named here stays text. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't', // bool
  20: parseBigint, // int8
  21: Number, // int2
  23: Number, // int4
  26: Number, // oid
  700: Number, // float4
  701: Number, // float8
}

/** A column of an answer, and how its text is read. */
export interface ReadColumn {
  readonly name: string
  readonly read: (text: string) => unknown
}

export function readerOf({ name, type }: { readonly name: string; readonly type: number }): ReadColumn {
  return { name, read: PARSERS[type] ?? String }
}

export function rowOf(columns: readonly ReadColumn[], texts: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) {
    const { name, read } = columns[i] as ReadColumn
    const text = texts[i] ?? null
    row[name] = text === null ? null : read(text)
  }
  return row
}

export interface Line extends Queryable {
  /** Whether what was sent last arrived whole; else the line is thrown away. */
  readonly isSound: () => boolean
  /** Answers whether the transaction was kept. */
  readonly commit: () => Promise<boolean>
}

export async function inTransaction<T>(line: Line, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const { tx, keep, undo } = transactionOn(line)
  try {
    const answer = await work(tx)
    await keep()
    return answer
  } catch (error) {
    await undo()
    throw error
  }
}

const BEGIN: Statement = { text: 'begin' }
const COMMIT: Statement = { text: 'commit' }

interface Transaction {
  readonly tx: Queryable
  readonly keep: () => Promise<void>
  readonly undo: () => Promise<void>
}

/**
 * Begun with its first message, and kept with the one that says it is the last. A statement alone is a transaction by itself; several in one
 * message are one to PostgreSQL also without `begin`, and not to a sharded database, where each would be kept as it is done.
 */
function transactionOn(line: Line): Transaction {
  let state: 'unopened' | 'open' | 'kept' = 'unopened'
  async function several(statements: readonly Statement[], isLast = false): Promise<object[][]> {
    if (state === 'kept') throw new Error('the transaction is over')
    const isAlone = state === 'unopened' && isLast && statements.length === 1
    const before = state === 'open' || isAlone ? [] : [BEGIN]
    const after = isLast && !isAlone ? [COMMIT] : []
    state = isAlone ? 'kept' : 'open'
    const rows = await line.several([...before, ...statements, ...after])
    // Until here it can be undone.
    if (isLast) state = 'kept'
    return rows.slice(before.length, before.length + statements.length)
  }
  const tx: Queryable = {
    several,
    async query<Row extends object>(text: string, params: readonly Param[] = []) {
      const [rows] = await several([{ text, params }])
      return rows as Row[]
    },
    async script(text) {
      if (state === 'unopened') await line.script('begin')
      state = 'open'
      await line.script(text)
    },
  }
  return {
    tx,
    async keep() {
      if (state === 'open' && !(await line.commit()))
        throw new Error('a statement of this transaction failed unheard: nothing was kept')
    },
    // A line that cannot even undo is thrown away, and the database undoes it by itself.
    async undo() {
      if (state === 'open' && line.isSound()) await line.script('rollback').catch(() => {})
    },
  }
}
