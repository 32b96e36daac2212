/**
 * PostgreSQL inside this process. It never calls fsync: what it acknowledged survives a killed process, not a power cut.
 *
 * The driver's own `query` asks the engine six times for one statement and has it parsed and planned anew each time. Here a statement is prepared
 * by its text, and from then on one message asks for it.
 */
import { PGlite } from '@electric-sql/pglite'
import { type Db, type Param, type Statement, textOf } from './db.ts'
import { inTransaction, type Line, type ReadColumn, readerOf, rowOf } from './line.ts'
import { type Listener, listen, Writer } from './wire.ts'

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
    several: (statements) => alone(() => line.several(statements)),
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

interface Prepared {
  readonly name: string
  columns: readonly ReadColumn[]
  uses: number
}

interface Asked {
  readonly text: string
  readonly prepared: Prepared
  readonly isNew: boolean
}

const DEAF: Listener = { prepared() {}, columns() {}, row() {}, done() {} }

class PgliteLine implements Line {
  readonly #pg: PGlite
  readonly #writer = new Writer()
  readonly #prepared = new Map<string, Prepared>()
  #names = 0
  /** Tables have changed: a plan of before would answer in the old shape. */
  #isStale = false
  /** They have in this transaction: should it come to nothing, they change once more. */
  #isChanging = false

  constructor(pg: PGlite) {
    this.#pg = pg
  }

  isSound = (): boolean => !this.#pg.closed

  async query<T extends object>(text: string, params: readonly Param[] = []): Promise<T[]> {
    const [rows] = await this.several([{ text, params }])
    return rows as T[]
  }

  async several(statements: readonly Statement[]): Promise<object[][]> {
    if (this.#isStale || this.#prepared.size >= PREPARED_MAX) await this.#forget()
    for (const { text } of statements) {
      const known = this.#prepared.get(text)
      if (known && ++known.uses > USES_MAX) await this.#forgetOne(text, known)
    }
    const rows = await this.#run(statements)
    if (!this.#pg.isInTransaction()) await this.#pg.syncToFs()
    return rows
  }

  async #run(statements: readonly Statement[]): Promise<object[][]> {
    const asked = this.#writeAll(statements)
    const parsing = asked.filter(({ isNew }) => isNew)
    const rows: object[][] = asked.map(() => [])
    let at = 0
    await this.#send({
      // It stays prepared also where what it was asked for with fails.
      prepared: () => {
        const next = parsing.shift()
        if (next && next.prepared.name !== '') this.#prepared.set(next.text, next.prepared)
      },
      columns: (columns) => {
        const next = asked[at]
        if (next) next.prepared.columns = columns.map(readerOf)
      },
      row: (texts) => void rows[at]?.push(rowOf(asked[at]?.prepared.columns ?? [], texts)),
      done: () => void at++,
    })
    return rows
  }

  #writeAll(statements: readonly Statement[]): Asked[] {
    try {
      const asked = statements.map(({ text, params = [] }) => this.#write(text, params))
      this.#writer.sync()
      return asked
    } catch (error) {
      this.#writer.drop()
      throw error
    }
  }

  #write(text: string, params: readonly Param[]): Asked {
    const known = this.#prepared.get(text)
    const prepared: Prepared = known ?? { name: this.#newName(text), columns: [], uses: 0 }
    const { name } = prepared
    if (!known) this.#writer.parse(name, text).describe(name)
    this.#writer.bind(name, params.map(textOf)).execute()
    return { text, prepared, isNew: !known }
  }

  /** The unnamed one is forgotten with the next. */
  #newName(text: string): string {
    return text.length > PREPARED_TEXT_MAX ? '' : `s${++this.#names}`
  }

  async script(text: string): Promise<void> {
    this.#writer.query(text)
    await this.#send(DEAF)
    if (/\b(create|alter|drop)\b/i.test(text)) this.#isStale = this.#isChanging = true
    if (text === 'rollback') this.#isStale ||= this.#isChanging
    if (!this.#pg.isInTransaction()) this.#isChanging = false
    if (!this.#pg.isInTransaction()) await this.#pg.syncToFs()
  }

  async commit(): Promise<boolean> {
    let isKept = false
    this.#writer.query('commit')
    await this.#send({
      ...DEAF,
      done: (tag) => {
        isKept = tag === 'COMMIT'
      },
    })
    await this.#pg.syncToFs()
    return isKept
  }

  async #forget(): Promise<void> {
    this.#writer.query('deallocate all')
    await this.#send(DEAF)
    this.#prepared.clear()
    this.#isStale = false
  }

  async #forgetOne(text: string, { name }: Prepared): Promise<void> {
    this.#writer.close(name).sync()
    await this.#send(DEAF)
    this.#prepared.delete(text)
  }

  /** What was written. Asked and answered before anything else runs, though the driver makes a promise of it. Throws what the database says is wrong. */
  async #send(listener: Listener): Promise<void> {
    const message = this.#writer.take()
    if (this.#pg.closed) throw new Error('PGlite is closed')
    const parts: Buffer[] = []
    // The engine's own memory, which the next step of it writes over.
    const onRawData = (part: Uint8Array) => void parts.push(Buffer.from(part))
    await this.#pg.execProtocolRawStream(message, { syncToFs: false, onRawData })
    listen(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), listener)
  }
}
