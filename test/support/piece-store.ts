/** A store of one ledger in pieces, as the backend and the phone have theirs: the head, a text for each day, and where acts and tracks are. */

import type { Day } from '../../src/domain/base/time.ts'
import {
  addFound,
  changedDays,
  type Head,
  headOf,
  type Pieces,
  partOf,
  wholeOf,
} from '../../src/domain/ledger/ledger-part.ts'
import type { Ledger } from '../../src/domain/ledger/ledger-state.ts'
import { type Needs, withIdleDays } from '../../src/domain/ledger/needs.ts'

export class PieceStore {
  #head: string
  readonly #days: Map<Day, string>
  /** Also of acts that the ledger has let go: records stay. */
  readonly #dayOfAct = new Map<string, Day>()
  #before = new Map<Day, string>()

  constructor(ledger: Ledger) {
    this.#head = JSON.stringify(headOf(ledger))
    this.#days = new Map(Object.entries(ledger.days).map(([day, acts]) => [day, JSON.stringify(acts)]))
    this.#note(ledger.days)
  }

  whole(): Ledger {
    return wholeOf(JSON.parse(this.#head) as Head, this.#read([...this.#days.keys()]))
  }

  part(needs: Needs): Ledger {
    const ledger = partOf(JSON.parse(this.#head) as Head)
    const { days, acts, digests } = withIdleDays(needs, ledger)
    const ofActs = acts.flatMap((id) => this.#dayOfAct.get(id) ?? [])
    const ofTracks = [...this.#days].filter(([, text]) => digests.some((digest) => text.includes(digest)))
    const pieces = this.#read([...days, ...ofActs, ...ofTracks.map(([day]) => day)])
    this.#before = new Map(Object.keys(pieces).map((day) => [day, this.#days.get(day) ?? '']))
    addFound(ledger, { days: [...days, ...ofActs], acts, digests, pieces })
    return ledger
  }

  put(ledger: Ledger): void {
    this.#head = JSON.stringify(headOf(ledger))
    const kept = ledger.part?.kept
    if (kept)
      for (const day of [...this.#days.keys()])
        if (day < kept.first || day > kept.last) this.#days.delete(day)
    for (const [day, text] of changedDays(ledger, this.#before))
      if (text === undefined) this.#days.delete(day)
      else this.#days.set(day, text)
    this.#note(ledger.days)
  }

  #note(pieces: Pieces): void {
    for (const [day, acts] of Object.entries(pieces)) for (const { id } of acts) this.#dayOfAct.set(id, day)
  }

  #read(days: readonly Day[]): Pieces {
    const there = [...new Set(days)].filter((day) => this.#days.has(day))
    return Object.fromEntries(there.map((day) => [day, JSON.parse(this.#days.get(day) as string)]))
  }
}
