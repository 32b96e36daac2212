/**
 * Whose database this is. A browser that clears the site's data under an open page closes the connection, and the next step would open an
 * empty database of the same name: acts would be acknowledged there and never found again. So each database carries a mark from its birth;
 * a page that has seen the mark refuses any other database in its place, until it says itself that it goes on in the new one.
 */
import type { Dexie } from 'dexie'

class StorageClearedError extends Error {
  override readonly name = 'StorageClearedError'
}

const IDENTITY = 'identity'
/** Clearing takes Chromium some hundredths of a second; a phone under load some seconds. */
const LOOK_AGAIN_MS = [50, 200, 1000, 3000]

export class Guard {
  readonly #db: Dexie
  readonly #table: string
  #mark: string | undefined
  #known: string | undefined
  #isCleared = false
  #looking: Promise<void> | undefined
  /** Told once for each time that the data was cleared. */
  onCleared: (() => void) | undefined

  /**
   * @param table rows of `{ key, value }`.
   * @param mark for a database that has none yet. Absent where a database is only looked into, e.g. by the worker.
   */
  constructor(db: Dexie, table: string, mark?: string) {
    this.#db = db
    this.#table = table
    this.#mark = mark
    db.on('ready', (opened: Dexie) => this.#check(opened), true)
    db.on('close', () => setTimeout(() => void this.look()))
  }

  get isCleared(): boolean {
    return this.#isCleared
  }

  /** Of the database that this page is in. */
  get mark(): string | undefined {
    return this.#known
  }

  /** For the transaction that records: the check at opening again, where the row is written. */
  async assertOurs(): Promise<void> {
    if (this.#known === undefined) return
    const row = (await this.#db.table(this.#table).get(IDENTITY)) as { value: string } | undefined
    if (row?.value !== this.#known) this.#refuse()
  }

  /** Goes on in whatever database is there now: a new one gets a mark of its own, not that of the one that this page bore and lost. */
  renew(): void {
    if (this.#mark !== undefined) this.#mark += '+'
    this.#known = undefined
    this.#isCleared = false
    this.#db.close({ disableAutoOpen: false })
  }

  async #check(opened: Dexie): Promise<void> {
    const row = (await opened.table(this.#table).get(IDENTITY)) as { value: string } | undefined
    if (this.#known !== undefined && row?.value !== this.#known) this.#refuse()
    this.#known = row?.value ?? (await this.#write(opened))
  }

  #refuse(): never {
    if (!this.#isCleared) {
      this.#isCleared = true
      setTimeout(() => this.onCleared?.()) // once the opening has failed: before, nothing could be opened anew
    }
    throw new StorageClearedError()
  }

  /**
   * In one transaction with the look whether there is none: of two tabs that begin anew at once, the later would overwrite the mark by which
   * the first knows its database. A full phone cannot be marked, and still opens.
   */
  async #write(opened: Dexie): Promise<string | undefined> {
    const value = this.#mark
    if (value === undefined) return undefined
    try {
      return await opened.transaction('rw', this.#table, async (tx) => {
        const table = tx.table(this.#table)
        const row = (await table.get(IDENTITY)) as { value: string } | undefined
        if (row) return row.value
        await table.put({ key: IDENTITY, value })
        return value
      })
    } catch {
      return undefined
    }
  }

  /**
   * Closed by the browser, not by us: looks at once what is there now, and does not wait for the next tap. While the data is being cleared,
   * opening fails for a moment.
   */
  look(): Promise<void> {
    this.#looking ??= this.#lookUntilOpen().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #lookUntilOpen(): Promise<void> {
    for (const wait of [0, ...LOOK_AGAIN_MS]) {
      if (this.#known === undefined || this.#isCleared || this.#db.isOpen() || this.#db.hasBeenClosed())
        return
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (this.#db.hasFailed() && !this.#db.hasBeenClosed()) this.#db.close({ disableAutoOpen: false })
      await this.#db.open().catch(() => undefined)
    }
  }
}
