/** What the screens read, live: each read runs again when something it read has changed, in this tab, another, or the worker. */

import { liveQuery, type Observable } from 'dexie'
import type { Day, Instant } from '../domain/base/time.ts'
import type { NamedRoute } from '../domain/evidence/routes.ts'
import { type Head, headOf, partOf } from '../domain/ledger/ledger-part.ts'
import { emptyLedger, type Ledger } from '../domain/ledger/ledger-state.ts'
import { type Cursor, START } from '../proof/cursor.ts'
import type { LedgerDb } from './database.ts'
import { isMadeOtherwise } from './derived-version.ts'
import { type IdleAct, readIdleActs } from './idle-acts.ts'
import { type Meta, readMetas } from './meta.ts'
import { OutboxMemory } from './outbox-memory.ts'
import type { DayRow, OutboxRow, VoucherRow } from './tables.ts'

export interface BaseRead {
  /** The head, and of the days what has been looked up since the journal stood there. */
  readonly ledger: Ledger
  /** Where the journal stood. */
  readonly cursor: Cursor
  /** Another build made the rows and the fold: they are to be made anew before anything is decided upon them. */
  readonly isStale: boolean
  readonly outbox: readonly OutboxRow[]
  /** What waiting withdrawals and appeals are about, where the fold has let it go. */
  readonly idleActs: readonly IdleAct[]
  readonly restore: Meta['restore'] | undefined
  readonly clockOffset: number
  readonly lastSyncedAt: Instant | undefined
  readonly forkNotice: Meta['forkNotice'] | undefined
  readonly goalGrams: number | undefined
  readonly favourites: readonly string[]
  readonly routes: readonly NamedRoute[]
  /** Kept in memory for the case that the browser clears the storage under the open page. */
  readonly sessionSecret: string | undefined
  readonly deletedAt: Instant | undefined
  readonly exportedAt: Instant | undefined
}

interface LiveBase {
  subscribe(next: (value: BaseRead) => void, error: (error: unknown) => void): { unsubscribe(): void }
}

/** Home needs no more than this: a handful of rows and the outbox, however long the journal is. */
export function liveBase(db: LedgerDb): LiveBase {
  return {
    subscribe(next, error) {
      const memory = new BaseMemory(db)
      const running = liveQuery(() => readBase(db, memory)).subscribe(next, error)
      return {
        unsubscribe() {
          running.unsubscribe()
          memory.outbox.end()
        },
      }
    },
  }
}

/** What was read before, so that the same is handed out as the same object. */
class BaseMemory {
  readonly outbox: OutboxMemory
  #head = ''
  #ledger = partOf(headOf(emptyLedger()))

  constructor(db: LedgerDb) {
    this.outbox = new OutboxMemory(db)
  }

  /** Goes on being the same part, with all that was looked up, until the journal has moved or another build has folded it. */
  ledgerOf(head: Head, { hash }: Cursor): Ledger {
    const text = hash + JSON.stringify(head)
    if (text !== this.#head) this.#ledger = partOf(head)
    this.#head = text
    return this.#ledger
  }
}

const BASE_FACTS = [
  ...([
    'ledger',
    'cursor',
    'derivedVersion',
    'restore',
    'clockOffset',
    'lastSyncedAt',
    'forkNotice',
  ] as const),
  ...(['goalGrams', 'favourites', 'routes', 'sessionSecret', 'deletedAt', 'exportedAt'] as const),
]

function readBase(db: LedgerDb, memory: BaseMemory): Promise<BaseRead> {
  return db.transaction('r', db.meta, db.outbox, db.entries, async () => {
    const [facts, outbox] = await Promise.all([readMetas(db, BASE_FACTS), memory.outbox.read()])
    const { ledger: head, cursor = START, derivedVersion } = facts
    return {
      ledger: memory.ledgerOf(head ?? headOf(emptyLedger()), cursor),
      cursor,
      isStale: isMadeOtherwise({ ledger: head, derivedVersion }),
      outbox,
      idleActs: head ? await readIdleActs(db, outbox) : [],
      restore: facts.restore,
      clockOffset: facts.clockOffset ?? 0,
      lastSyncedAt: facts.lastSyncedAt,
      forkNotice: facts.forkNotice,
      goalGrams: facts.goalGrams,
      favourites: facts.favourites ?? [],
      routes: facts.routes ?? [],
      sessionSecret: facts.sessionSecret,
      deletedAt: facts.deletedAt,
      exportedAt: facts.exportedAt,
    }
  })
}

export function liveDays(db: LedgerDb, from: Day): Observable<DayRow[]> {
  return liveQuery(() => db.days.where('day').aboveOrEqual(from).toArray())
}

export function liveVouchers(db: LedgerDb): Observable<VoucherRow[]> {
  return liveQuery(() => db.vouchers.orderBy('id').toArray())
}
