/**
 * The outbox as it was last read, so that a tap with ten thousand commands waiting reads one row and not all of them. Which rows are there is
 * asked each time; those that were written since, in whichever tab or the worker, are told by the database and read again.
 */

import { Dexie, mergeRanges, type ObservabilitySet, RangeSet } from 'dexie'
import type { LedgerDb } from './database.ts'
import { readRowsNear } from './outbox-rows.ts'
import type { OutboxRow } from './tables.ts'

/** Rows that come in one task: a cheap phone unpacks as many in some hundredths of a second. */
const ROWS_AT_ONCE = 500

export class OutboxMemory {
  readonly #db: LedgerDb
  readonly #rows = new Map<number, OutboxRow>()
  /** Which database they were read from: one that took its place begins to count anew. */
  #mark: string | undefined

  constructor(db: LedgerDb) {
    this.#db = db
    Dexie.on('storagemutated', this.#forget)
  }

  end(): void {
    Dexie.on.storagemutated.unsubscribe(this.#forget)
  }

  /** In order of making; to be called inside a transaction over the outbox. A row that did not change is the same object as before. */
  async read(): Promise<readonly OutboxRow[]> {
    const { outbox, guard } = this.#db
    if (guard.mark !== this.#mark) this.#rows.clear()
    this.#mark = guard.mark
    await outbox.count() // a live read of nothing but keys is not told of what is added
    const order = await outbox.toCollection().primaryKeys()
    // As of now: what is told in the midst of it is forgotten for the next time, which comes at once.
    const known = new Map(this.#rows)
    const there = new Set(order)
    for (const n of known.keys()) if (!there.has(n)) this.#rows.delete(n)
    const missing = order.filter((n) => !known.has(n))
    for (let i = 0; i < missing.length; i += ROWS_AT_ONCE) {
      for (const row of await readRowsNear(this.#db, missing.slice(i, i + ROWS_AT_ONCE))) {
        known.set(row.n, row)
        this.#rows.set(row.n, row)
      }
    }
    return order.map((n) => known.get(n) as OutboxRow)
  }

  /** A few rows are told by their keys; many at once as a range, and then all are read again. */
  readonly #forget = (parts: ObservabilitySet): void => {
    const told = parts[`idb://${this.#db.name}/outbox/`]
    if (parts.all) this.#rows.clear()
    if (!told) return
    const ranges = new RangeSet()
    mergeRanges(ranges, told)
    for (const { from, to } of ranges) {
      if (from === to) this.#rows.delete(from as number)
      else this.#rows.clear()
    }
  }
}
