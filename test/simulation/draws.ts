/**
 * Draws: a desk announces them, people enter, leave, enter twice, give up their accounts; the sweeper dies on the way, and the backend forgets
 * between the close and the result. What must hold of them stands in draw-checks.ts.
 */
import { sweepDraws } from '../../mock-api/book/draws.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import { publishOffer } from '../../mock-api/demo/seed.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from '../../mock-api/demo/seed-offers.ts'
import { readDraw } from '../../mock-api/storage/draws.ts'
import { readOfferVersion } from '../../mock-api/storage/offers.ts'
import { enterDraw, leaveDraw } from '../../src/actions/enter-draw.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { AccountId, MerchantId, OfferId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { breakingDb } from '../support/breaking-db.ts'
import { claim } from '../support/builders.ts'
import type { Random } from '../support/random.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { checkMoney } from './checks.ts'
import { type Announced, checkDraws } from './draw-checks.ts'
import { bendDraws } from './draw-sabotage.ts'
import { type Neighbour, Neighbours } from './neighbours.ts'
import type { Tab } from './tabs.ts'
import type { Room, World } from './world.ts'

const NEIGHBOURS = 3
const OPEN_MAX = 3
const PRICE = 5
/** A sweep asks for so much at the most, while there is little to do. */
const STATEMENTS_MAX = 70
/** Longer than any draw is open, and than a restored backend waits for its phones. */
const LONG_MS = 10 * DAY_MS

export class Draws implements Room {
  readonly often = 50
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]
  readonly #neighbours: Neighbours
  readonly #announced: Announced[] = []
  /** All that anybody has asked for. */
  readonly #asked = new Set<string>()
  #people = 0
  #healed = 0

  private constructor(world: World, { dice, tabs }: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.dice = dice
    this.#tabs = tabs
    this.#neighbours = new Neighbours(world)
  }

  static async open(world: World, given: { dice: Random; tabs: readonly Tab[] }): Promise<Draws> {
    const draws = new Draws(world, given)
    for (let i = 0; i < NEIGHBOURS; i++) await draws.#moveIn()
    await draws.#announce()
    await world.keepBackup()
    return draws
  }

  async befall(): Promise<void> {
    await this.#neighbours.openAgain()
    await bendDraws(this.#world)
    const what = this.dice.below(28)
    if (what < 3) await this.#announce()
    else if (what < 10) await this.#enter(this.#somebody())
    else if (what < 15) await this.#leave(this.#somebody())
    else if (what < 20) await this.#neighbours.sync(this.dice.pick(this.#neighbours.all))
    else if (what < 23) await this.#goOn()
    else if (what < 26) await this.#dieSweeping()
    else if (what < 27) await this.#giveUp(this.dice.pick(this.#neighbours.all))
    else await this.#forgetWhatCameOut()
  }

  #somebody(): Tab {
    return this.dice.pick([...this.#tabs, ...this.#neighbours])
  }

  /** With a day's points, told at once. */
  async #moveIn(): Promise<void> {
    const number = `1360000${String(1000 + ++this.#people)}`
    await this.#neighbours.moveIn(number, async (one) => {
      await this.#earn(one)
      await one.phone.sync()
    })
  }

  async #earn({ phone, promised }: Tab): Promise<void> {
    const { context } = phone.use()
    const plates = claim({
      code: 'clean-plate',
      startedAt: context.now() - HOUR_MS,
      quantity: { value: 3, unit: 'count' },
    })
    promised.add(await recordActivity(context, plates))
  }

  async #announce(): Promise<void> {
    const { backend } = this.#world
    await this.#announceAgain()
    const now = backend.now()
    if (this.#announced.filter(({ offer }) => (offer.draw?.closesAt ?? 0) > now).length >= OPEN_MAX) return
    const pieces = 1 + this.dice.below(2)
    const closesAt = now + this.dice.pick([1, 2, 9]) * DAY_MS
    const offer: Offer = {
      ...(SAMPLE_OFFERS[0] as { offer: Offer }).offer,
      ...{ id: `drawn-${this.#announced.length + 1}` as OfferId, version: 1, category: 'food' },
      merchantId: (SAMPLE_MERCHANTS[0] as { merchantId: string }).merchantId as MerchantId,
      ...{ pricePoints: PRICE, valueFen: PRICE, perPersonMax: 20, endsAt: closesAt + DAY_MS },
      ...{ release: 'draw', draw: { opensAt: now, closesAt, pieces, commitment: '0'.repeat(64) } },
    }
    await publishOffer(backend.deps, offer, { total: pieces, budgetFen: pieces * PRICE })
    const promised = await readOfferVersion(backend.db, offer.id, 1)
    if (!promised?.draw) throw new Error('a draw was announced and is not there')
    this.#announced.push({ offer: promised, pieces, restores: this.#world.restores })
  }

  /** The desk lays out once more what a restored backend has forgotten. */
  async #announceAgain(): Promise<void> {
    const { db, deps } = this.#world.backend
    for (const { offer, pieces } of this.#announced)
      if (!(await readDraw(db, { offerId: offer.id, version: 1 })))
        await publishOffer(deps, offer, { total: pieces, budgetFen: pieces * PRICE })
  }

  /** Any draw of late, also one that is closed or entered; now and then twice, and from an account without points. */
  async #enter(tab: Tab): Promise<void> {
    const draw = this.#announced.slice(-3)
    if (this.dice.below(4) === 0) await this.#earn(tab)
    const { offer } = this.dice.pick(draw)
    for (let times = this.dice.below(5) === 0 ? 2 : 1; times > 0; times--) {
      const id = await enterDraw(tab.phone.use().context, offer)
      tab.promised.add(id)
      this.#asked.add(id)
    }
    if (this.dice.below(2)) await tab.phone.sync()
  }

  /** What stands in the ledger here, told at once or much later. */
  async #leave({ phone, promised }: Tab): Promise<void> {
    const { entries = {} } = await readLedger(phone.use().db)
    const [id] = Object.keys(entries)
    if (id === undefined) return
    await leaveDraw(phone.use().context, id as EntryId)
    const asked = (await phone.use().db.outbox.toArray()).filter(({ text }) => text.includes('"draw.leave"'))
    for (const each of asked) promised.add(each.id)
    if (this.dice.below(2)) await phone.sync()
  }

  async #goOn(): Promise<void> {
    this.#world.backend.now.advance(this.dice.pick([1, 12, 30]) * HOUR_MS)
    await this.#announceAgain()
    await this.#sweep()
  }

  async #sweep(): Promise<void> {
    await bendDraws(this.#world)
    await this.#world.backend.sweep()
  }

  /** The process is gone at any statement, which was done or was not. */
  async #dieSweeping(): Promise<void> {
    const { backend, counts } = this.#world
    const db = breakingDb(backend.db)
    db.dieAt(1 + this.dice.below(STATEMENTS_MAX), this.dice.pick(['before', 'after']))
    await sweep({ ...backend.deps, db, log: () => undefined })
    counts.diedSweeping++
  }

  /** Closed and perhaps out, and then the backend knows nothing of it. */
  async #forgetWhatCameOut(): Promise<void> {
    await this.#world.keepBackup()
    for (let sweeps = this.dice.below(4); sweeps >= 0; sweeps--) await this.#goOn()
    await this.#neighbours.sync(this.dice.pick(this.#neighbours.all))
    await this.#world.restore(this.dice, true)
  }

  async #giveUp(one: Neighbour): Promise<void> {
    const accountId = one.phone.profile.ledgerId as AccountId
    await this.#world.calmly(async () => {
      await this.#neighbours.sync(one)
      await createBackendApi(one.phone.use().transport).deleteAccount(accountId)
    })
    this.#world.gone.add(accountId)
    this.#world.counts.entrantsGone++
    this.#neighbours.leave(one)
    await this.#moveIn()
  }

  async check(): Promise<void> {
    await this.#neighbours.check()
  }

  /** First all draws come out; then who was told late is told. */
  async heal(): Promise<void> {
    const { backend } = this.#world
    const all = async () => {
      await this.#announceAgain()
      await this.#neighbours.heal()
    }
    await all()
    this.#healed++
    if (this.#healed === 1) backend.now.advance(LONG_MS)
    for (let sweeps = 0; sweeps < 5; sweeps++) {
      await this.#sweep()
      backend.now.advance(HOUR_MS)
    }
    await all()
  }

  async verify(): Promise<void> {
    const { backend } = this.#world
    // Whose phone was the last to bring back an entry is told by the next sweep.
    for (let sweeps = 0; sweeps < 3; sweeps++) await sweepDraws(backend.deps)
    await this.#neighbours.verify(({ phone }) => checkMoney(phone, backend))
    await checkDraws(this.#world, { announced: this.#announced, asked: this.#asked })
  }

  close(): void {
    this.#neighbours.close()
  }
}
