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

/** The next that wait, marked as handed to the network. */
export async function takeQueued(
  db: HelpedDb,
  accountId: string,
  { now, most }: { now: Instant; most: number },
): Promise<HelpedAct[]> {
  return db.transaction('rw', db.acts, async () => {
    const rows = await db.acts.where('accountId').equals(accountId).sortBy('n')
    const queued = rows.filter(({ state }) => state === 'queued').slice(0, most)
    for (const { n, firstSentAt = now } of queued) await db.acts.update(n, { firstSentAt })
    return queued
  })
}

interface Told {
  readonly id: string
  readonly outcome: string
}

/** Those answered since then are asked for once more: a backend that was restored from a backup may have lost them, any other knows them. */
export async function requeueAnswered(db: HelpedDb, accountId: string, since: Instant): Promise<void> {
  await db.acts
    .where('accountId')
    .equals(accountId)
    .and(({ state, answeredAt = 0 }) => state === 'answered' && answeredAt >= since)
    .modify({ state: 'queued' })
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
