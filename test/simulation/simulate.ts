/**
 * Several phones of one person, the real backend in process, and a rough network, under one seed; with hardships, other people, a shop and much
 * trouble beside them. After every step: what a phone recorded is in its outbox or in its journal. At the end, when the network is well again:
 * every phone equals the backend, and nothing was lost or doubled.
 */
import type { TailAnswer } from '../../src/contract/tail.ts'
import type { Offer } from '../../src/domain/offer.ts'
import { HOUR_MS } from '../../src/domain/time.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import type { Phone, Storage } from '../support/phone.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'
import { openBackend } from './busy-sweeper.ts'
import { BrokenInvariant, checkBooks, checkSameLedger, expectEqual } from './checks.ts'
import type { Counts } from './counts.ts'
import { isCrash } from './crash.ts'
import { type Network, NO_FAULTS, ROUGH } from './network.ts'
import { openRooms, type RoomName } from './rooms.ts'
import { asTheWhole, forgetWhatIsSent, reserialise, type Sabotage, withoutARecord } from './sabotage.ts'
import { NUMBER, signInAgain } from './sign-in-again.ts'
import type { Tab } from './tabs.ts'
import * as person from './tabs.ts'
import { announceEvent } from './take-part.ts'
import { isProblem, type Room, World } from './world.ts'

export interface Report {
  readonly steps: number
  readonly recorded: number
  readonly records: number
  readonly crashes: number
  readonly forks: number
  /** Tails that the backend took over word for word, and such that it decided as of their time. */
  readonly taken: number
  readonly replayed: number
  readonly vouchers: number
  readonly hardships: Counts
  readonly network: Network['counts']
}

export interface Options {
  readonly steps?: number
  readonly sabotage?: Sabotage
  /** All of them, or some. */
  readonly hardships?: boolean | readonly RoomName[]
}

export async function simulate(seed: number, options: Options = {}): Promise<Report> {
  const simulation = new Simulation(seed, options)
  await simulation.start()
  try {
    for (let i = 0; i < (options.steps ?? 60); i++) {
      await simulation.step()
      await simulation.checkNothingLost()
    }
    await simulation.heal()
    return await simulation.checkAllEqual()
  } finally {
    await simulation.end()
  }
}

class Simulation {
  readonly #world: World
  readonly #hardships: Options['hardships']
  readonly #tabs: Tab[] = []
  #rooms: readonly Room[] = []
  #close: () => Promise<void> = async () => undefined
  #crashes = 0
  #forks = 0
  #taken = 0
  #replayed = 0

  constructor(seed: number, { sabotage, hardships }: Options) {
    this.#world = new World(seed, sabotage)
    this.#hardships = hardships
  }

  async start(): Promise<void> {
    const world = this.#world
    this.#close = await openBackend(world, this.#hardships)
    await announceEvent(world.backend)
    for (let i = 0; i < 3; i++) {
      // The third tab is a second one of the first phone.
      const first = this.#tabs[0]
      const tab: Tab = i === 2 && first ? { ...first, phone: this.#phone(first.storage) } : this.#newTab()
      await tab.phone.open()
      this.#tabs.push(tab)
    }
    await this.#signInAll()
    const [tab] = this.#tabs
    if (tab)
      world.offers = (await createBackendApi(tab.phone.transport).offers()).offers.map(
        (row) => row.offer as Offer,
      )
    this.#rooms = await openRooms(world, { wanted: this.#hardships, tabs: this.#tabs })
    world.network.faults = ROUGH
  }

  #newTab(): Tab {
    const phone = this.#phone()
    return { phone, storage: phone.storage, promised: new Set(), photos: new Set() }
  }

  #phone(storage?: Storage): Phone {
    const { sabotage, network, watch, gates } = this.#world
    return this.#world.newPhone(storage, async (phone, request) => {
      const isSync = request.url.endsWith('/sync')
      if (isSync && sabotage === 'drop a receipt') await forgetWhatIsSent(phone, request)
      const response = await network.send(request)
      if (request.url.endsWith('/tail') && response.ok) await this.#checkHandedIn(phone, response.clone())
      const gate = isSync ? gates.get(phone) : undefined
      if (gate) {
        gates.delete(phone)
        await gate.hold()
      }
      if (isSync && response.ok) for (const look of watch) await look(phone, request, response)
      if (!isSync || !response.ok) return response
      if (sabotage === 'skip a record') return withoutARecord(response)
      return sabotage === 'take a page for the whole' ? asTheWhole(response) : response
    })
  }

  /** Where a tail continued the backend's history, nothing of it was decided anew. */
  async #checkHandedIn(phone: Phone, response: Response): Promise<void> {
    const { state } = (await response.json()) as TailAnswer
    if (state === 'refused') throw new BrokenInvariant('an honest tail was refused')
    if (state === 'replayed') this.#replayed++
    if (state !== 'taken') return
    this.#taken++
    const { journal } = await copyOfDevice(phone.use().db)
    const theirs = await journalOfBackend(this.#world.backend, phone.profile.ledgerId)
    expectEqual(theirs.slice(0, journal.length), journal, 'a tail and what was taken over of it')
  }

  /** The first phone begins as a guest, with records, and its second tab is open meanwhile. */
  async #signInAll(): Promise<void> {
    const { random } = this.#world
    for (const [i, tab] of this.#tabs.entries()) {
      if (i === 2) await tab.phone.reopen()
      else {
        for (let n = random.below(4); n > 0; n--) await person.record(tab, random)
        await tab.phone.signIn(NUMBER)
      }
    }
  }

  async step(): Promise<void> {
    const { random } = this.#world
    this.#world.step++
    for (const room of this.#rooms)
      if (room.dice.below(100) < room.often) await this.#bravely(() => room.befall())
    const tab = random.pick(this.#tabs)
    const dice = random.below(100)
    tab.phone.use()
    await this.#bravely(() => this.#act(tab, dice), tab)
  }

  async #act(tab: Tab, dice: number): Promise<void> {
    const world = this.#world
    if (dice < 24) await person.record(tab, world.random)
    else if (dice < 30) await person.joinIn(tab, world)
    else if (dice < 36) await person.changeMind(tab, world)
    else if (dice < 42) await person.spend(tab, world)
    else if (dice < 68) this.#forks += (await person.sync(tab, world)) ? 1 : 0
    else if (dice < 75) await Promise.allSettled(this.#tabs.map((each) => each.phone.sync()))
    else if (dice < 81) await this.#time()
    else if (dice < 85) await this.#crash(tab)
    else if (dice < 88) await this.#upgrade(tab)
    else if (dice < 92) await world.keepBackup()
    else if (dice < 97) await world.restore(world.random, this.#rooms.length > 0)
    else await world.backend.restore(await world.backend.snapshot()) // a restart
  }

  /** The network was rough: nothing to do. The phone has died: it is switched on again. */
  async #bravely(work: () => Promise<void>, tab?: Tab): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (tab && this.#rooms.length > 0 && isProblem(error, 'not_signed_in'))
        await signInAgain(this.#world, tab)
      else if (isProblem(error)) return
      else if (tab && isCrash(error)) await this.#crash(tab)
      else throw error
    }
  }

  async #time(): Promise<void> {
    const { backend, random } = this.#world
    backend.now.advance(random.pick([1, 5, 30, 100]) * HOUR_MS)
    if (random.below(2)) await backend.sweep()
  }

  async #crash(tab: Tab): Promise<void> {
    this.#crashes++
    await tab.phone.reopen()
  }

  async #upgrade(tab: Tab): Promise<void> {
    if (this.#world.sabotage === 're-serialise the outbox') await reserialise(tab.phone)
    await tab.phone.upgrade()
  }

  async checkNothingLost(): Promise<void> {
    for (const tab of this.#tabs) await person.checkKept(tab, this.#world.step)
    for (const room of this.#rooms) await room.check?.()
  }

  /** The network is well, everyone syncs until there is nothing left to say. */
  async heal(): Promise<void> {
    const { network, backend } = this.#world
    network.faults = NO_FAULTS
    await network.deliverLate()
    await backend.sweep()
    for (let round = 0; round < 3; round++) {
      for (const room of this.#rooms) await room.heal?.()
      for (const tab of this.#tabs) await this.#syncWell(tab)
    }
  }

  async #syncWell(tab: Tab): Promise<void> {
    const sync = () => tab.phone.use().sync()
    const result = await sync().catch(async (error: unknown) => {
      if (this.#rooms.length === 0 || !isProblem(error, 'not_signed_in')) throw error
      await signInAgain(this.#world, tab)
      return sync()
    })
    if (result.state === 'faulty') throw new BrokenInvariant(`a page does not fit: ${result.fault}`)
  }

  async checkAllEqual(): Promise<Report> {
    const world = this.#world
    const ids = await checkSameLedger(
      world.backend,
      this.#tabs.map(({ phone }) => phone),
    )
    for (const { promised } of this.#tabs)
      for (const id of promised) if (!ids.includes(id)) throw new BrokenInvariant(`${id} never arrived`)
    for (const room of this.#rooms) await room.verify?.()
    await checkBooks(world.backend)
    const arrived = new Set(await world.idsOnBackend([...world.entrusted]))
    for (const id of world.entrusted)
      if (!arrived.has(id)) throw new BrokenInvariant(`${id} was entrusted to the backend and is gone`)
    return {
      steps: world.step,
      recorded: new Set(this.#tabs.flatMap((tab) => [...tab.promised])).size,
      records: ids.length,
      crashes: this.#crashes,
      forks: this.#forks,
      taken: this.#taken,
      replayed: this.#replayed,
      vouchers: (await this.#tabs[0]?.phone.db.vouchers.count()) ?? 0,
      hardships: world.counts,
      network: world.network.counts,
    }
  }

  async end(): Promise<void> {
    for (const room of this.#rooms) room.close?.()
    for (const { phone } of this.#tabs) phone.close()
    await this.#close()
  }
}
