/**
 * PostgreSQL inside this process. It never calls fsync: what it acknowledged survives a killed process, not a power cut.
 *
 * The driver's own `query` asks the engine six times for one statement and has it parsed and planned anew each time. Here a statement is prepared
 * by its text, and from then on one message asks for it.
 */
import { PGlite, protocol } from '@electric-sql/pglite'
import type { Db, Param } from './db.ts'
import { inTransaction, type Line, PARSERS } from './line.ts'

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
  })
  const line = new PgliteLine(pg)
  const alone = inTurn()
  return {
    kind: 'pglite',
    query: (text, params) => alone(() => line.query(text, params)),
    script: (text) => alone(() => line.script(text)),
    transaction: (work) => alone(() => inTransaction(line, work)),
    ping: () => alone(() => line.script('select 1')),
    dump: () => alone(async () => new Uint8Array(await (await pg.dumpDataDir('gzip')).arrayBuffer())),
    close: () => alone(() => pg.close()),
  }
}

/** One line: whoever asks waits until everybody before has been answered. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work, work)
    last = done
    return done
  }
}

/** Above this a text is an insert of many rows, and each number of rows is a text of its own. */
const PREPARED_TEXT_MAX = 2000
/** Texts are written in the code and few; only lists of some rows make more of them. Beyond this, all are forgotten. */
const PREPARED_MAX = 1000
/** A plan is made for tables as they are. Nothing here tells when a small one has grown, so a statement is prepared anew now and then. */
const USES_MAX = 1000

interface Column {
  readonly name: string
  readonly read: (text: string) => unknown
}

interface Prepared {
  readonly name: string
  columns: readonly Column[]
  uses: number
}

type Message = protocol.messages.BackendMessage

class PgliteLine implements Line {
  readonly #pg: PGlite
  readonly #prepared = new Map<string, Prepared>()
  #names = 0
  /** Tables have changed: a plan of before would answer in the old shape. */
  #isStale = false

  constructor(pg: PGlite) {
    this.#pg = pg
  }

  isSound = (): boolean => !this.#pg.closed

  async query<T extends object>(text: string, params: readonly Param[] = []): Promise<T[]> {
    if (this.#isStale || this.#prepared.size >= PREPARED_MAX) this.#forget()
    const known = this.#prepared.get(text)
    if (known && ++known.uses > USES_MAX) this.#forgetOne(text, known)
    const rows = this.#run(text, params)
    if (!this.#pg.isInTransaction()) await this.#pg.syncToFs()
    return rows as T[]
  }

  #run(text: string, params: readonly Param[]): object[] {
    const known = this.#prepared.get(text)
    const asked = known ?? { name: this.#newName(text), columns: [], uses: 0 }
    const { parse, describe, bind, execute, sync } = protocol.serialize
    const { name: statement } = asked
    const values = params.map(textOf)
    const rows: object[] = []
    this.#send(
      [
        ...(known ? [] : [parse({ name: statement, text }), describe({ type: 'S', name: statement })]),
        ...[bind({ statement, values }), execute(), sync()],
      ],
      (message) => {
        if (isOf<protocol.messages.RowDescriptionMessage>(message, 'rowDescription'))
          asked.columns = message.fields.map(columnOf)
        else if (isOf<protocol.messages.DataRowMessage>(message, 'dataRow'))
          rows.push(rowOf(asked.columns, message.fields))
        // It stays prepared also where what it was asked for with fails.
        else if (message.name === 'parseComplete' && statement !== '') this.#prepared.set(text, asked)
      },
    )
    return rows
  }

  /** The unnamed one is forgotten with the next. */
  #newName(text: string): string {
    return text.length > PREPARED_TEXT_MAX ? '' : `s${++this.#names}`
  }

  async script(text: string): Promise<void> {
    this.#send([protocol.serialize.query(text)], () => {})
    this.#isStale ||= /\b(create|alter|drop)\b/i.test(text)
    if (!this.#pg.isInTransaction()) await this.#pg.syncToFs()
  }

  async commit(): Promise<boolean> {
    let tag = ''
    this.#send([protocol.serialize.query('commit')], (message) => {
      if (isOf<protocol.messages.CommandCompleteMessage>(message, 'commandComplete')) tag = message.text
    })
    await this.#pg.syncToFs()
    return tag === 'COMMIT'
  }

  #forget(): void {
    this.#send([protocol.serialize.query('deallocate all')], () => {})
    this.#prepared.clear()
    this.#isStale = false
  }

  #forgetOne(text: string, { name }: Prepared): void {
    this.#send([protocol.serialize.close({ type: 'S', name }), protocol.serialize.sync()], () => {})
    this.#prepared.delete(text)
  }

  /** Asks and is answered before anything else runs. Throws what the database says is wrong. */
  #send(messages: readonly Uint8Array[], heard: (message: Message) => void): void {
    if (this.#pg.closed) throw new Error('PGlite is closed')
    const answer = this.#pg.execProtocolRawSync(joined(messages))
    let fault: Error | undefined
    new protocol.Parser().parse(answer, (message) => {
      if (message instanceof protocol.messages.DatabaseError) fault ??= message
      else heard(message)
    })
    if (fault) throw fault
  }
}

function isOf<Kind extends Message>(message: Message, name: Kind['name']): message is Kind {
  return message.name === name
}

function columnOf({ name, dataTypeID }: { name: string; dataTypeID: number }): Column {
  return { name, read: PARSERS[dataTypeID] ?? String }
}

function rowOf(columns: readonly Column[], texts: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {}
  for (const [i, { name, read }] of columns.entries()) {
    const text = texts[i] ?? null
    row[name] = text === null ? null : read(text)
  }
  return row
}

/** As PostgreSQL reads a value of any type. */
function textOf(param: Param): string | null {
  if (param === null || typeof param === 'string') return param
  if (typeof param === 'object')
    return `{${param.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  return String(param)
}

function joined(messages: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const each of messages) {
    all.set(each, at)
    at += each.length
  }
  return all
}
