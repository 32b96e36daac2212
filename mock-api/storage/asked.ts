/**
 * Statements as the driver of PostgreSQL takes them from outside: all of them in one message, each parsed and described once on a connection and
 * only named from then on. The driver's own query asks for the description anew each time, and sends one statement at a time.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type Statement, textOf } from './db.ts'
import { type ReadColumn, readerOf, rowOf } from './line.ts'
import { Writer } from './wire.ts'

/**
 * Above this a text is an insert of many rows, and each number of rows is a text of its own. Kept prepared, they would add up to megabytes
 * on every connection, on both sides.
 */
const PREPARED_TEXT_MAX = 2000

/** Of the driver's connection, what is used here. */
interface Connection {
  readonly stream: { write(bytes: Uint8Array): unknown }
  on(event: 'parseComplete', listener: () => void): unknown
}

/** What one connection has prepared, by text. */
interface Known {
  readonly columns: Map<string, readonly ReadColumn[]>
  /** Texts that were sent to be parsed and are not heard of yet, in order. */
  readonly parsing: string[]
}

const known = new WeakMap<Connection, Known>()

function knownOn(connection: Connection): Known {
  const there = known.get(connection)
  if (there) return there
  const made: Known = { columns: new Map(), parsing: [] }
  known.set(connection, made)
  connection.on('parseComplete', () => {
    const text = made.parsing.shift()
    if (text !== undefined && isKept(text)) made.columns.set(text, [])
  })
  return made
}

/** Sent before the next is written. */
const writer = new Writer()

export class Asked implements pg.Submittable {
  /** The rows of each statement. */
  readonly answered: Promise<object[][]>
  readonly #statements: readonly Statement[]
  readonly #rows: object[][]
  /** Which of them is being answered. */
  #at = 0
  /** Described in this message. */
  #described: readonly ReadColumn[] = []
  #known: Known | undefined
  #unread: unknown
  #answer!: (rows: object[][]) => void
  #fail!: (error: unknown) => void

  constructor(statements: readonly Statement[]) {
    this.#statements = statements
    this.#rows = statements.map(() => [])
    this.answered = new Promise((answer, fail) => {
      this.#answer = answer
      this.#fail = fail
    })
  }

  /** Answers what cannot be written, more parameters than the protocol has numbers for: the driver fails this statement with it, and goes on. */
  submit(to: pg.Connection): Error | undefined {
    const connection = to as unknown as Connection
    this.#known = knownOn(connection)
    try {
      this.#write(this.#known)
    } catch (error) {
      writer.drop()
      return error as Error
    }
    // The socket may hold it for a while, and the next message is written into the same memory.
    connection.stream.write(Buffer.from(writer.sync().take()))
    return undefined
  }

  #write({ columns, parsing }: Known): void {
    parsing.length = 0
    for (const { text, params = [] } of this.#statements) {
      const name = nameOf(text)
      const isParsed = name !== '' && (columns.has(text) || parsing.includes(text))
      if (!isParsed) {
        parsing.push(text)
        writer.parse(name, text).describe(name)
      }
      writer.bind(name, params.map(textOf)).execute()
    }
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const { text } = this.#statements[this.#at] as Statement
    this.#described = fields.map(({ name, dataTypeID: type }) => readerOf({ name, type }))
    if (isKept(text)) this.#known?.columns.set(text, this.#described)
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { text } = this.#statements[this.#at] as Statement
    const columns = (isKept(text) && this.#known?.columns.get(text)) || this.#described
    try {
      this.#rows[this.#at]?.push(rowOf(columns, fields))
    } catch (error) {
      this.#unread ??= error // told once the answer is over, when the line is free again
    }
  }

  handleCommandComplete(): void {
    this.#at++
  }

  handleReadyForQuery(): void {
    if (this.#unread === undefined) this.#answer(this.#rows)
    else this.#fail(this.#unread)
  }

  handleError(error: unknown): void {
    this.#fail(error)
  }

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}
}

function isKept(text: string): boolean {
  return text.length <= PREPARED_TEXT_MAX
}

const names = new Map<string, string>()

/** Statements are few, and each text is written in the code: the map does not grow. A long one has none. */
function nameOf(text: string): string {
  if (!isKept(text)) return ''
  let name = names.get(text)
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    names.set(text, name)
  }
  return name
}
