/** Statements that need nothing of each other, brought together for one message: each function asks for its own as if it were alone. */
import type { Param, Queryable, Statement } from './db.ts'

interface Waiting {
  readonly statement: Statement
  readonly answer: (rows: object[]) => void
  readonly fail: (error: unknown) => void
}

/** What `ask` asks for at the same moment goes together; what it asks for once that is answered, with the next message. For reads, and single writes. */
export function together<T>(db: Queryable, ask: (each: Queryable) => Promise<T>): Promise<T> {
  let waiting: Waiting[] = []
  const send = () => {
    const sent = waiting
    waiting = []
    db.several(sent.map(({ statement }) => statement)).then(
      (rows) => sent.forEach(({ answer }, place) => void answer(rows[place] ?? [])),
      (error: unknown) => sent.forEach(({ fail }) => void fail(error)),
    )
  }
  return ask({
    query: <T extends object>(text: string, params: readonly Param[] = []) =>
      new Promise<T[]>((answer, fail) => {
        // Once all that runs now has come to wait.
        if (waiting.length === 0) process.nextTick(send)
        waiting.push({ statement: { text, params }, answer: answer as Waiting['answer'], fail })
      }),
    several: (statements) => db.several(statements),
    script: (text) => db.script(text),
  })
}

/** Writes whose answers nobody needs, in the order in which they were asked for: to be sent behind the one that they depend on. */
export async function gathered(ask: (each: Queryable) => Promise<void>): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  await ask({
    query: async (text, params = []) => {
      statements.push({ text, params })
      return []
    },
    several: async (more) => {
      statements.push(...more)
      return more.map(() => [])
    },
    script: () => Promise.reject(new Error('no script can be gathered')),
  })
  return statements
}
