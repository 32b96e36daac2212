/** What both engines have in common: how a column's text is read, and a transaction on one line to the database. */
import { parseBigint, type Queryable } from './db.ts'

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
  await line.script('begin')
  try {
    const answer = await work(line)
    if (!(await line.commit()))
      throw new Error('a statement of this transaction failed unheard: nothing was kept')
    return answer
  } catch (error) {
    // A line that cannot even undo is thrown away, and the database undoes it by itself.
    if (line.isSound()) await line.script('rollback').catch(() => {})
    throw error
  }
}
