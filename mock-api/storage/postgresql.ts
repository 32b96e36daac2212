/** PostgreSQL over the network, for more than one process. Statements are prepared by their text, unless it is a long one (asked.ts). */
import pg from 'pg'
import { Asked } from './asked.ts'
import { Connections } from './connections.ts'
import type { Db, Param, Statement } from './db.ts'
import { DatabaseAwayError, isAway } from './errors.ts'
import { inTransaction, type Line } from './line.ts'

/** One thread decides and a statement takes a millisecond or two: more connections only hold more rows in memory at once. */
const CONNECTIONS_MAX = 4
/** A statement of a request takes milliseconds, one of a sweep a second or two: after this, the line is dead or the database stands still. */
const ANSWER_WITHIN_MS = 20_000
/** A gateway that asks after this process's health has its answer within a second. */
const PING_WITHIN_MS = 700

interface PostgresqlOptions {
  /** A schema of its own, for tests side by side. */
  readonly schema?: string
  /** For tools that read whole tables, and for tests of a database that stands still. */
  readonly answerWithinMs?: number
}

export function openPostgresql(
  url: string,
  { schema, answerWithinMs = ANSWER_WITHIN_MS }: PostgresqlOptions = {},
): Db {
  const connections = new Connections(
    { connectionString: url, ...(schema ? { options: `-c search_path=${schema}` } : {}) },
    CONNECTIONS_MAX,
  )
  const line = { connections, answerWithinMs }
  const alone = <T>(work: (tx: Line) => Promise<T>, isUrgent = false) => withLine(line, work, isUrgent)
  return {
    kind: 'postgresql',
    query: <T extends object>(text: string, params?: readonly Param[]) =>
      alone((tx) => tx.query<T>(text, params)),
    several: (statements) => alone((tx) => tx.several(statements)),
    script: (text) => alone((tx) => tx.script(text)),
    ping: () =>
      within(
        PING_WITHIN_MS,
        alone((tx) => tx.script('select 1'), true),
      ),
    transaction: (work) => alone((tx) => inTransaction(tx, work)),
    close: () => connections.close(),
  }
}

interface Source {
  readonly connections: Connections
  readonly answerWithinMs: number
}

async function withLine<T>(
  { connections, answerWithinMs }: Source,
  work: (line: Line) => Promise<T>,
  isUrgent: boolean,
): Promise<T> {
  const client = await connections.take({ isUrgent }).catch((error: unknown) => {
    throw awayUnlessSaid(error)
  })
  const line = lineOf(client, { connections, answerWithinMs })
  try {
    return await work(line)
  } finally {
    if (line.isSound()) connections.giveBack(client)
    else connections.drop(client)
  }
}

/** The answer counts when it has come by then, also where the thread was busy with something else and has not looked yet. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(() => setImmediate(() => fail(new DatabaseAwayError())), ms)
  })
  try {
    await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

function lineOf(client: pg.Client, { connections, answerWithinMs }: Source): Line {
  let isLost = false
  const ask = async <T>(work: Promise<T>, withinMs?: number): Promise<T> => {
    // Ending it in the middle of a statement destroys the line, and the statement fails.
    const end = () => void client.end().catch(() => {})
    const timer = withinMs === undefined ? undefined : setTimeout(end, withinMs)
    try {
      return await work
    } catch (error) {
      isLost ||= isAway(awayUnlessSaid(error))
      throw awayUnlessSaid(error)
    } finally {
      clearTimeout(timer)
    }
  }
  const several = (statements: readonly Statement[]) =>
    ask(client.query(new Asked(statements)).answered, answerWithinMs)
  return {
    isSound: () => !isLost && !connections.isBroken(client),
    several,
    query: async <T extends object>(text: string, params: readonly Param[] = []) => {
      const [rows] = await several([{ text, params }])
      return rows as T[]
    },
    script: async (text) => void (await ask(client.query(text))),
    commit: async () => (await ask(client.query('commit'))).command === 'COMMIT',
  }
}

/** What the database itself said is passed on; anything else is a line that broke. */
function awayUnlessSaid(error: unknown): unknown {
  const isSaid = error instanceof pg.DatabaseError || error instanceof RangeError
  return isSaid ? error : new DatabaseAwayError(error)
}
