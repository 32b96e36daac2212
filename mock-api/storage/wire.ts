/** PostgreSQL's own protocol (version 3), as far as statements with parameters need it: all values are text, in both directions. */

/** What the database says is wrong; `code` is its SQLSTATE. */
class SqlError extends Error {
  override readonly name = 'SqlError'
  readonly code: string
  readonly detail: string | undefined

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'the database failed')
    this.code = fields.get('C') ?? ''
    this.detail = fields.get('D')
  }
}

interface Column {
  readonly name: string
  /** Number of its type. */
  readonly type: number
}

/** An answer, as it is heard. */
export interface Listener {
  prepared(): void
  columns(columns: readonly Column[]): void
  row(texts: readonly (string | null)[]): void
  /** What was done, e.g. `SELECT 2`, `COMMIT`. */
  done(tag: string): void
}

const LENGTH_BYTES = 4
/** A sign of JavaScript takes at most so many bytes. */
const UTF8_BYTES_MAX = 3

/** Messages one after the other, in a buffer that is used again: sent before the next is written. */
export class Writer {
  #buffer = Buffer.allocUnsafe(64 * 1024)
  #at = 0
  /** Where the message that is being written has its length. */
  #lengthAt = 0

  /** What was begun and cannot be ended goes with nobody's next message. */
  drop(): void {
    this.#at = 0
  }

  take(): Uint8Array {
    const all = this.#buffer.subarray(0, this.#at)
    this.#at = 0
    return all
  }

  /** Without parameters, also several statements at once. */
  query(text: string): this {
    return this.#begin('Q').#text(text).#end()
  }

  parse(name: string, text: string): this {
    return this.#begin('P').#text(name).#text(text).#int16(0).#end()
  }

  describe(name: string): this {
    return this.#begin('D').#byte('S').#text(name).#end()
  }

  bind(name: string, values: readonly (string | null)[]): this {
    this.#begin('B').#text('').#text(name).#int16(0).#int16(values.length)
    for (const value of values) this.#value(value)
    return this.#int16(0).#end()
  }

  execute(): this {
    return this.#begin('E').#text('').#int32(0).#end()
  }

  /** Forgets a prepared statement. */
  close(name: string): this {
    return this.#begin('C').#byte('S').#text(name).#end()
  }

  sync(): this {
    return this.#begin('S').#end()
  }

  #begin(kind: string): this {
    this.#byte(kind)
    this.#lengthAt = this.#at
    return this.#int32(0)
  }

  #end(): this {
    this.#buffer.writeInt32BE(this.#at - this.#lengthAt, this.#lengthAt)
    return this
  }

  #value(value: string | null): void {
    if (value === null) return void this.#int32(-1)
    const lengthAt = this.#at
    this.#int32(0).#chars(value)
    this.#buffer.writeInt32BE(this.#at - lengthAt - LENGTH_BYTES, lengthAt)
  }

  #text(text: string): this {
    this.#chars(text)
    return this.#byte('\0')
  }

  #chars(text: string): void {
    this.#room(text.length * UTF8_BYTES_MAX)
    this.#at += this.#buffer.write(text, this.#at)
  }

  #byte(sign: string): this {
    this.#room(1)
    this.#buffer[this.#at++] = sign.charCodeAt(0)
    return this
  }

  #int16(value: number): this {
    this.#room(2)
    this.#at = this.#buffer.writeUInt16BE(value, this.#at)
    return this
  }

  #int32(value: number): this {
    this.#room(LENGTH_BYTES)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
    return this
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(2 * this.#buffer.length + bytes)
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }
}

const CODE = { row: 0x44, columns: 0x54, done: 0x43, prepared: 0x31, error: 0x45 }

/** Tells all that an answer says; then throws the first error in it. */
export function listen(answer: Buffer, listener: Listener): void {
  let error: SqlError | undefined
  for (let at = 0; at < answer.length; ) {
    const code = answer[at]
    const from = at + 1 + LENGTH_BYTES
    at += 1 + answer.readInt32BE(at + 1)
    if (code === CODE.row) listener.row(readRow(answer, from))
    else if (code === CODE.columns) listener.columns(readColumns(answer, from))
    else if (code === CODE.done) listener.done(answer.toString('utf8', from, at - 1))
    else if (code === CODE.prepared) listener.prepared()
    else if (code === CODE.error) error ??= new SqlError(readFields(answer, from))
  }
  if (error) throw error
}

function readRow(answer: Buffer, from: number): (string | null)[] {
  const texts: (string | null)[] = new Array(answer.readUInt16BE(from))
  let at = from + 2
  for (let i = 0; i < texts.length; i++) {
    const length = answer.readInt32BE(at)
    at += LENGTH_BYTES
    texts[i] = length < 0 ? null : answer.toString('utf8', at, at + length)
    at += Math.max(0, length)
  }
  return texts
}

/** Behind a column's name: its table and place there (6 bytes), its type (4), and how it is stored and told (8). */
function readColumns(answer: Buffer, from: number): Column[] {
  let at = from + 2
  return Array.from({ length: answer.readUInt16BE(from) }, () => {
    const end = answer.indexOf(0, at)
    const name = answer.toString('utf8', at, end)
    at = end + 1 + 18
    return { name, type: answer.readInt32BE(end + 7) }
  })
}

function readFields(answer: Buffer, from: number): Map<string, string> {
  const fields = new Map<string, string>()
  for (let at = from; answer[at] !== 0; ) {
    const end = answer.indexOf(0, at)
    fields.set(String.fromCharCode(answer[at] as number), answer.toString('utf8', at + 1, end))
    at = end + 1
  }
  return fields
}
