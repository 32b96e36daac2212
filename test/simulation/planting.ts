/**
 * Planting days: a desk publishes, moves and calls them off and dies on the way; people sign up with and without a network, give up, and contend for
 * the last place; the organiser says who came. What must hold of them stands in planting-checks.ts.
 */
import { actInOffice } from '../../mock-api/book/act-in-office.ts'
import { changeAccount } from '../../mock-api/book/append.ts'
import { draftReport } from '../../mock-api/book/draft-report.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { draftPlantingNews } from '../../mock-api/book/sign-ups.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import { callOffPlantingAct, publishPlantingAct } from '../../mock-api/desk/planting-acts.ts'
import { DatabaseAwayError } from '../../mock-api/storage/errors.ts'
import { readPlantingDaysOf } from '../../mock-api/storage/planting-days.ts'
import { readKnown } from '../../mock-api/storage/records.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { joinPlanting, leavePlanting } from '../../src/actions/join-planting.ts'
import type { DeskPlantingDraft } from '../../src/contract/desk/planting.ts'
import type { AccountId, CommandId, OperatorId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { Report } from '../../src/domain/evidence/report.ts'
import type { ConsentId } from '../../src/domain/ledger/consent.ts'
import { type PlantingDay, plantingReference } from '../../src/domain/taking-part/planting.ts'
import { claimId, reportId } from '../../src/proof/act-ids.ts'
import { breakingDb } from '../support/breaking-db.ts'
import { claim } from '../support/builders.ts'
import type { Random } from '../support/random.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { Neighbours } from './neighbours.ts'
import { type Announced, checkPlanting } from './planting-checks.ts'
import { bendPlanting } from './planting-sabotage.ts'
import type { Tab } from './tabs.ts'
import { isProblem, type Room, type World } from './world.ts'

const NEIGHBOURS = 3
const PROVIDER = 'planting'
const CITY = 'weifang'
const PLACES_MAX = 2
/** A day at the desk, or a sweep, asks for so much at the most, while there is little to do. */
const STATEMENTS_MAX = 60

/** What a run went through. */
const NONE = {
  ...{ published: 0, moved: 0, calledOff: 0, died: 0 },
  /** By the journals: what became of wishes, and of those that were granted. */
  ...{ joined: 0, full: 0, moveRefused: 0, left: 0, told: 0, off: 0, came: 0, absent: 0 },
  /** Said once more by the organiser. */
  saidAgain: 0,
}
export type PlantingCounts = typeof NONE

/** Somebody who can be said to have come. */
interface SignedUp {
  readonly accountId: AccountId
  readonly joinId: CommandId
}

export class Planting implements Room {
  readonly often = 95
  readonly dice: Random
  readonly counts: PlantingCounts = { ...NONE }
  readonly #world: World
  readonly #tabs: readonly Tab[]
  readonly #neighbours: Neighbours
  readonly #announced: Announced[] = []
  readonly #consents = new Map<string, ConsentId>()
  /** All that the organiser ever said: any of it may come again. */
  readonly #said: (SignedUp & { readonly hasCome: boolean })[] = []
  #days = 0

  private constructor(world: World, { dice, tabs }: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.dice = dice
    this.#tabs = tabs
    this.#neighbours = new Neighbours(world)
  }

  static async open(world: World, given: { dice: Random; tabs: readonly Tab[] }): Promise<Planting> {
    const room = new Planting(world, given)
    for (let i = 0; i < NEIGHBOURS; i++) {
      const number = `1350000${String(1000 + i)}`
      await room.#neighbours.moveIn(number, (one) => room.#link(one))
    }
    const [tab] = given.tabs
    if (tab) await room.#link(tab)
    await room.#announce()
    await world.keepBackup()
    world.planting = room.counts
    return room
  }

  async befall(): Promise<void> {
    await this.#neighbours.openAgain()
    await bendPlanting(this.#world)
    const what = this.dice.below(32)
    if (what < 4) await this.#announce()
    else if (what < 10) await this.#join(this.#somebody())
    else if (what < 14) await this.#contend()
    else if (what < 17) await this.#leave()
    else if (what < 20) await this.#neighbours.sync(this.dice.pick(this.#neighbours.all))
    else if (what < 23) await this.#change()
    else if (what < 25) await this.#callOff()
    else if (what < 29) await this.#say()
    else if (what < 30) await this.#dieSweeping()
    else await this.#goOn()
  }

  #somebody(): Tab {
    return this.dice.pick([...this.#tabs, ...this.#neighbours])
  }

  async #link({ phone, promised }: Tab): Promise<void> {
    const { context } = phone.use()
    const handle = this.dice
      .below(2 ** 31)
      .toString(16)
      .padStart(32, '0')
    const id = await giveConsent(context, { provider: PROVIDER, terms: '2026-11-29', handle })
    promised.add(id)
    this.#consents.set(phone.profile.ledgerId, id)
    await phone.sync()
  }

  /** What the desk knows of the day, whether the backend still does or not. */
  async #announce(): Promise<void> {
    const startsAt = this.#world.backend.now() + (2 + this.dice.below(6)) * DAY_MS
    const draft: DeskPlantingDraft = {
      ...{ id: `day-${++this.#days}`, base: 0, provider: PROVIDER, city: CITY },
      ...{ titleZh: '植柏', titleEn: 'Cypresses', placeZh: '东门', placeEn: 'East gate' },
      ...{ bringZh: '手套', bringEn: 'Gloves', places: 1 + this.dice.below(PLACES_MAX) },
      ...{ startsAt, endsAt: startsAt + 2 * HOUR_MS, cancelBy: startsAt - 12 * HOUR_MS },
    }
    this.#announced.push({ id: draft.id ?? '', restores: this.#world.restores })
    await this.#publish(draft)
    this.counts.published++
  }

  async #recent(): Promise<readonly PlantingDay[]> {
    const ids = this.#announced.slice(-3).map(({ id }) => id)
    const days = await readPlantingDaysOf(this.#world.backend.db, ids)
    return ids.flatMap((id) => days.get(id) ?? [])
  }

  /** Two people have agreed on it; the process may be gone at any statement, which was done or was not. */
  async #publish(payload: DeskPlantingDraft): Promise<void> {
    const asked = { city: CITY, subject: `planting ${payload.id}`, payload } as const
    await this.#asDesk((deps, operator) => actInOffice(deps, operator, { act: publishPlantingAct, ...asked }))
  }

  async #asDesk(
    work: (deps: World['backend']['deps'], operator: Parameters<typeof actInOffice>[1]) => Promise<unknown>,
  ): Promise<void> {
    const { backend, newId } = this.#world
    const operator = { operatorId: newId() as OperatorId, name: '植树', sessionKey: newId(), actId: newId() }
    const db = breakingDb(backend.db)
    if (this.dice.below(3) === 0) {
      db.dieAt(1 + this.dice.below(STATEMENTS_MAX), this.dice.pick(['before', 'after']))
      this.counts.died++
    }
    try {
      await work({ ...backend.deps, db, log: () => undefined }, operator)
    } catch (error) {
      // What was refused for good is said in the office's journal; what died is the sweeper's.
      if (!(error instanceof BookError || error instanceof DatabaseAwayError)) throw error
    }
  }

  /** Moved by hours or days, or with more places. */
  async #change(): Promise<void> {
    const days = await this.#recent()
    if (days.length === 0) return
    const { revision: base, sample: _, calledOff: __, ...day } = this.dice.pick(days)
    const by = this.dice.pick([0, HOUR_MS, DAY_MS])
    const { startsAt, endsAt, cancelBy } = day
    await this.#publish({
      ...{ ...day, base, startsAt: startsAt + by, endsAt: endsAt + by, cancelBy: cancelBy + by },
      places: day.places + this.dice.below(2),
    })
    this.counts.moved++
  }

  /** The desk refuses what is over. */
  async #callOff(): Promise<void> {
    const days = (await this.#recent()).filter(({ endsAt }) => endsAt > this.#world.backend.now())
    if (days.length === 0) return
    const { id: dayId } = this.dice.pick(days)
    const payload = { dayId, note: {} }
    const asked = { city: CITY, subject: `planting ${dayId}`, payload } as const
    await this.#asDesk((deps, operator) => actInOffice(deps, operator, { act: callOffPlantingAct, ...asked }))
    this.counts.calledOff++
  }

  /** As the person saw it, which may be some time ago; now and then twice. */
  async #join({ phone, promised }: Tab): Promise<void> {
    const days = await this.#recent()
    if (days.length === 0) return
    const { id: dayId, provider, startsAt, endsAt, cancelBy } = this.dice.pick(days)
    const late = this.dice.below(8) === 0 ? HOUR_MS : 0
    const seen = { startsAt: startsAt - late, endsAt: endsAt - late, cancelBy: cancelBy - late }
    for (let times = this.dice.below(6) === 0 ? 2 : 1; times > 0; times--)
      promised.add(await joinPlanting(phone.use().context, { dayId, provider, ...seen }))
    if (this.dice.below(2)) await phone.sync()
  }

  /** All wish for the same day, and are heard at the same moment. */
  async #contend(): Promise<void> {
    const [day] = (await this.#recent()).toReversed()
    if (!day) return
    const { id: dayId, provider, startsAt, endsAt, cancelBy } = day
    for (const { phone, promised } of this.#neighbours)
      promised.add(await joinPlanting(phone.use().context, { dayId, provider, startsAt, endsAt, cancelBy }))
    const { all } = this.#neighbours
    for (const ended of await Promise.allSettled(all.map((one) => this.#neighbours.sync(one))))
      if (ended.status === 'rejected' && !isProblem(ended.reason)) throw ended.reason
  }

  /** By somebody who has a place, as their phone knows it. */
  async #leave(): Promise<void> {
    const held: { readonly tab: Tab; readonly id: string }[] = []
    for (const tab of [...this.#tabs.slice(0, 1), ...this.#neighbours]) {
      const { plantings = {} } = await readLedger(tab.phone.use().db)
      for (const id of Object.keys(plantings)) held.push({ tab, id })
    }
    if (held.length === 0) return
    const { tab, id } = this.dice.pick(held)
    const { phone, promised } = tab
    await leavePlanting(phone.use().context, id as CommandId)
    const asked = (await phone.use().db.outbox.toArray()).filter(({ text }) =>
      text.includes('"planting.leave"'),
    )
    for (const each of asked) promised.add(each.id)
    if (this.dice.below(2)) await phone.sync()
  }

  /** Who came, or was missed; now and then once more, and the other way round. */
  async #say(): Promise<void> {
    const rows = await this.#world.backend.db.query<SignedUp>(
      `select account_id as "accountId", join_id as "joinId" from sign_ups /* all accounts */
        where provider_id = $1 and not is_given_back order by account_id, join_id`,
      [PROVIDER],
    )
    const known = rows.filter(({ accountId }) => this.#consents.has(accountId))
    if (known.length > 0 && this.dice.below(4) > 0)
      this.#said.push({ ...this.dice.pick(known), hasCome: this.dice.below(2) > 0 })
    if (this.#said.length > 0) await this.#deliver(this.dice.pick(this.#said))
  }

  async #deliver({ accountId, joinId, hasCome }: SignedUp & { readonly hasCome: boolean }): Promise<void> {
    const { deps, db } = this.#world.backend
    const { sabotage } = this.#world
    const jti = `t-${joinId}${sabotage === 'a planting day is attended twice' ? this.#world.newId() : ''}`
    const id = await reportId(PROVIDER, jti)
    try {
      await changeAccount(deps, accountId, async (writing) => {
        if (!hasCome) {
          const statement = { provider: PROVIDER, jti: `a-${joinId}`, token: `a of ${joinId}` }
          const told = { plantingNews: 'absent', statement } as const
          draftPlantingNews(writing, { provider: PROVIDER, joinId, told })
          return
        }
        if ((await readKnown(db, accountId, [id])).has(id)) {
          this.counts.saidAgain++
          return
        }
        await draftReport(deps, writing, { id, report: await this.#reportOf(accountId, joinId, jti) })
      })
    } catch (error) {
      if (!(error instanceof BookError)) throw error
    }
  }

  async #reportOf(accountId: AccountId, joinId: CommandId, jti: string): Promise<Report> {
    const endedAt = this.#world.backend.now() - HOUR_MS
    const reference = plantingReference(joinId)
    const quantity = { value: 2, unit: 'count' } as const
    const evidence = { trust: 'provider', provider: PROVIDER, reference } as const
    const told = claim({ code: 'tree', startedAt: endedAt - HOUR_MS, endedAt, quantity, evidence })
    return {
      ...{ provider: PROVIDER, jti, token: `token of ${jti}`, reference, iat: endedAt, hasRights: false },
      claimId: await claimId(PROVIDER, reference),
      consentId: this.#consents.get(accountId) as ConsentId,
      claim: told as Report['claim'],
    }
  }

  async #goOn(): Promise<void> {
    this.#world.backend.now.advance(this.dice.pick([1, 12, 30]) * HOUR_MS)
    await this.#world.backend.sweep()
  }

  /** The process is gone at any statement, which was done or was not. */
  async #dieSweeping(): Promise<void> {
    const { backend } = this.#world
    const db = breakingDb(backend.db)
    db.dieAt(1 + this.dice.below(STATEMENTS_MAX), this.dice.pick(['before', 'after']))
    await sweep({ ...backend.deps, db, log: () => undefined })
    this.counts.died++
  }

  async check(): Promise<void> {
    await this.#neighbours.check()
  }

  /** What waits is sent, what a crash left is finished, and whoever was not told is told. */
  async heal(): Promise<void> {
    const { backend } = this.#world
    for (let round = 0; round < 2; round++) {
      await this.#neighbours.heal()
      backend.now.advance(HOUR_MS)
      await bendPlanting(this.#world)
      await backend.sweep()
    }
    for (const one of this.#neighbours) await one.phone.use().sync()
  }

  async verify(): Promise<void> {
    const { backend } = this.#world
    // Whose phone was the last to bring back a sign-up is told by the next sweep.
    await backend.sweep()
    await this.#neighbours.verify()
    await checkPlanting(this.#world, { announced: this.#announced, counts: this.counts })
  }

  close(): void {
    this.#neighbours.close()
  }
}
