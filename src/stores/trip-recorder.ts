/**
 * Listens while a trip is recording, and writes each good fix at once: nothing waits for a batch but behind a write that is under way. What could not
 * be written is kept and tried again with the next fix. Knows no screen: what is shown is what was written.
 */
import type { PositionTrouble } from '../composables/watch-position.ts'
import type { LedgerDb } from '../db/database.ts'
import { addFixes } from '../db/trips.ts'
import type { Instant } from '../domain/base/time.ts'
import {
  ACCURACY_METRES_MAX,
  COARSE_METRES,
  fixOfTrip,
  isTaken,
  type TripFix,
} from '../domain/evidence/live-trip.ts'

/** How the phone hears: `weak` and `coarse` places are not taken. */
export type Reception = 'waiting' | 'good' | 'weak' | 'coarse' | PositionTrouble

interface Deps {
  /** Of the trip's ledger, wherever that is by now: a guest's goes over to the account. */
  readonly db: () => LedgerDb | undefined
  readonly watch: (told: {
    fix: (fix: TripFix) => void
    trouble: (trouble: PositionTrouble) => void
  }) => () => void
  readonly onReception: (reception: Reception) => void
  /** Undefined once all is written. */
  readonly onWriteError: (error: unknown) => void
}

/** Written in one step. */
const FIXES_AT_ONCE = 5

export class TripRecorder {
  readonly #deps: Deps
  #trip: Instant | undefined
  #stopWatch: (() => void) | undefined
  #last: TripFix | undefined
  #queue: TripFix[] = []
  #writing: Promise<void> | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** @param last the newest fix that is written. */
  start(trip: Instant, last: TripFix | undefined): void {
    if (this.#stopWatch && this.#trip === trip) return
    this.stop()
    if (this.#trip !== trip) {
      this.#queue = []
      this.#deps.onWriteError(undefined) // that was said of another trip
    }
    this.#trip = trip
    this.#last = last
    this.#listen()
  }

  stop(): void {
    this.#stopWatch?.()
    this.#stopWatch = undefined
  }

  /** A browser that was asleep may have let go of the receiver without a word. */
  listenAnew(): void {
    if (!this.#stopWatch) return
    this.#stopWatch()
    this.#listen()
  }

  #listen(): void {
    this.#deps.onReception('waiting')
    this.#stopWatch = this.#deps.watch({
      fix: (fix) => this.#take(fix),
      trouble: this.#deps.onReception,
    })
  }

  /** Resolves when nothing more can be written now. */
  settled(): Promise<void> {
    return this.#write()
  }

  #take(fix: TripFix): void {
    const { accuracyMetres } = fix
    this.#deps.onReception(
      accuracyMetres > COARSE_METRES ? 'coarse' : accuracyMetres > ACCURACY_METRES_MAX ? 'weak' : 'good',
    )
    const own = this.#trip === undefined ? undefined : fixOfTrip(fix, this.#trip)
    if (!own || !isTaken(own, this.#last)) return
    this.#last = own
    this.#queue.push(own)
    void this.#write()
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    for (;;) {
      const [db, trip, some] = [this.#deps.db(), this.#trip, this.#queue.slice(0, FIXES_AT_ONCE)]
      if (!db || trip === undefined || some.length === 0) return
      try {
        await addFixes(db, trip, some)
      } catch (error) {
        this.#deps.onWriteError(error)
        return
      }
      this.#queue.splice(0, some.length)
      this.#deps.onWriteError(undefined)
    }
  }
}
