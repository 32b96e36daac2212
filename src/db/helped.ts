/**
 * For whom this phone logs, beside its own people: their session, what was logged, and what became of it. A database of its own, because none of
 * it is a ledger: there is no journal, and nothing of theirs comes here.
 */

import { Dexie, type EntityTable, liveQuery, type Observable } from 'dexie'
import type { CityId } from '../domain/base/city.ts'
import type { Instant } from '../domain/base/time.ts'
import type { Command } from '../domain/ledger/command.ts'
import type { Outcome } from '../domain/ledger/record.ts'
import { canonicalJson } from '../proof/canonical.ts'
import { endsWithItsPage } from './left-page.ts'

/** `revoked`: its owner has ended it. `over`: the session is, and a new code begins another. */
export type HelpingEnd = 'revoked' | 'over'

export interface HelpedPerson {
  readonly accountId: string
  /** The helper's own word for them; it stays on this phone. */
  name: string
  city: CityId
  secret: string
  readonly joinedAt: Instant
  /** The backend's time in its last answer. */
  heardAt?: Instant
  end?: HelpingEnd
}

export interface HelpedAct {
  /** Order of making. */
  n: number
  readonly id: string
  readonly accountId: string
  /** Canonical text, written once and never again. */
  readonly text: string
  /** `deferred`: the backend could not read it. */
  state: 'queued' | 'answered' | 'deferred'
  outcome?: Outcome
  firstSentAt?: Instant
  /** By the backend's clock. */
  answeredAt?: Instant
}

export class HelpedDb extends Dexie {
  people!: EntityTable<HelpedPerson, 'accountId'>
  acts!: EntityTable<HelpedAct, 'n'>

  constructor() {
    super('greentrace-helped')
    this.version(1).stores({ people: 'accountId', acts: '++n, &id, accountId' })
    // What was asked about once more was marked as waiting, and stayed so where no answer came.
    this.version(2).upgrade((tx) =>
      tx
        .table<HelpedAct>('acts')
        .filter(({ state, outcome }) => state === 'queued' && outcome !== undefined)
        .modify({ state: 'answered' }),
    )
    endsWithItsPage(this)
  }
}

export function liveHelped(db: HelpedDb): Observable<HelpedPerson[]> {
  return liveQuery(() => db.people.toArray())
}

/** In the order of making. */
export function liveHelpedActs(db: HelpedDb, accountId: string): Observable<HelpedAct[]> {
  return liveQuery(() => db.acts.where('accountId').equals(accountId).sortBy('n'))
}

export async function enqueueFor(db: HelpedDb, accountId: string, command: Command): Promise<void> {
  await db.transaction('rw', db.people, db.acts, async () => {
    const { heardAt } = (await db.people.get(accountId)) ?? {}
    const { clock } = command
    const told =
      clock && heardAt !== undefined ? { ...command, clock: { ...clock, syncedAt: heardAt } } : command
    await db.acts.add({ id: command.id, accountId, text: canonicalJson(told), state: 'queued' })
  })
}

/** False when it may have left the phone: then it is taken back by a command. */
export async function forgetUnsentFor(db: HelpedDb, id: string): Promise<boolean> {
  return db.transaction('rw', db.acts, async () => {
    const row = await db.acts.where('id').equals(id).first()
    if (!row || row.firstSentAt !== undefined) return false
    await db.acts.delete(row.n)
    return true
  })
}

interface Asking {
  readonly now: Instant
  readonly most: number
  /** The last that was asked about in this round: it goes on behind it. */
  readonly after: number
  /**
   * What was answered since then, or could not be read, is asked about once more: a backend that was restored from a backup may have lost it, any
   * other knows it. It stays what it was until there is another answer: nothing says that it waits.
   */
  readonly againSince?: Instant | undefined
}

/** The next to be sent in the order of making, marked as handed to the network. */
export async function takeWaiting(
  db: HelpedDb,
  accountId: string,
  { now, most, after, againSince = Infinity }: Asking,
): Promise<HelpedAct[]> {
  const isToBeSent = ({ state, answeredAt = 0 }: HelpedAct) =>
    state === 'queued' || (againSince < Infinity && (state === 'deferred' || answeredAt >= againSince))
  return db.transaction('rw', db.acts, async () => {
    const rows = await db.acts.where('accountId').equals(accountId).sortBy('n')
    const asked = rows.filter((row) => row.n > after && isToBeSent(row)).slice(0, most)
    for (const { n, firstSentAt = now } of asked) await db.acts.update(n, { firstSentAt })
    return asked
  })
}

interface Told {
  readonly id: string
  readonly outcome: string
}

/** What came back for those that were sent. */
export async function settleHelped(
  db: HelpedDb,
  accountId: string,
  { receipts, heardAt }: { receipts: readonly Told[]; heardAt: Instant },
): Promise<void> {
  await db.transaction('rw', db.people, db.acts, async () => {
    for (const { id, outcome } of receipts) {
      const row = await db.acts.where('id').equals(id).first()
      if (!row || row.accountId !== accountId) continue
      if (outcome === 'deferred') await db.acts.update(row.n, { state: 'deferred' })
      else if (outcome !== 'waiting')
        await db.acts.update(row.n, { state: 'answered', outcome: outcome as Outcome, answeredAt: heardAt })
    }
    await db.people
      .where('accountId')
      .equals(accountId)
      .modify((person) => {
        person.heardAt = heardAt
        delete person.end
      })
  })
}

export async function removeHelped(db: HelpedDb, accountId: string): Promise<void> {
  await db.transaction('rw', db.people, db.acts, async () => {
    await db.people.delete(accountId)
    await db.acts.where('accountId').equals(accountId).delete()
  })
}
