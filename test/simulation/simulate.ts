/**
 * Several phones of one person, the real backend in process, and a rough network, under one seed; with hardships, other people, a shop and much
 * trouble beside them. After every step: what a phone recorded is in its outbox or in its journal. At the end, when the network is well again:
 * every phone equals the backend, and nothing was lost or doubled.
 */

import { HOUR_MS } from '../../src/domain/base/time.ts'
import { offersTold } from '../support/offers.ts'
import { randomOf } from '../support/random.ts'
import { openBackend } from './busy-sweeper.ts'
import { BrokenInvariant, checkBooks, checkSameLedger } from './checks.ts'
import type { Options, Report } from './counts.ts'
import { isCrash } from './crash.ts'
import { NO_FAULTS, ROUGH } from './network.ts'
import { PhonesOfOne } from './phones-of-one.ts'
import { openRooms } from './rooms.ts'
import { reserialise } from './sabotage.ts'
import { signInAgain } from './sign-in-again.ts'
import { beSteady } from './steady.ts'
import type { Tab } from './tabs.ts'
import * as person from './tabs.ts'
import { announceEvent } from './take-part.ts'
import { isProblem, type Room, World } from './world.ts'

export async function simulate(seed: number, options: Options = {}): Promise<Report> {
  beSteady(randomOf(seed + 5_000_003))
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
    simulation.end()
  }
}

class Simulation {
  readonly #world: World
  readonly #hardships: Options['hardships']
  readonly #phones: PhonesOfOne
  #rooms: readonly Room[] = []
  #crashes = 0
  #forks = 0

  constructor(seed: number, { sabotage, hardships }: Options) {
    this.#world = new World(seed, sabotage)
    this.#phones = new PhonesOfOne(this.#world)
    this.#hardships = hardships
  }

  get #tabs(): readonly Tab[] {
    return this.#phones.tabs
  }

  async start(): Promise<void> {
    const world = this.#world
    await openBackend(world, this.#hardships)
    await announceEvent(world.backend)
    await this.#phones.begin()
    const [tab] = this.#tabs
    if (tab) world.offers = (await offersTold(tab.phone.transport)).map(({ offer }) => offer)
    this.#rooms = await openRooms(world, { wanted: this.#hardships, tabs: this.#tabs })
    world.network.faults = ROUGH
  }

  async step(): Promise<void> {
    const world = this.#world
    const { random } = world
    world.step++
    world.acts++
    for (const room of this.#rooms)
      if (room.dice.below(100) < room.often) {
        world.acts++
        await this.#bravely(() => room.befall())
      }
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
    const [error] = world.errors
    if (error !== undefined) throw new BrokenInvariant(`the backend’s log: ${error}`)
    const arrived = new Set(await world.idsOnBackend([...world.entrusted]))
    for (const id of world.entrusted)
      if (!arrived.has(id)) throw new BrokenInvariant(`${id} was entrusted to the backend and is gone`)
    return {
      steps: world.step,
      acts: world.acts,
      recorded: new Set(this.#tabs.flatMap((tab) => [...tab.promised])).size,
      records: ids.length,
      crashes: this.#crashes,
      forks: this.#forks,
      taken: this.#phones.taken,
      replayed: this.#phones.replayed,
      vouchers: (await this.#tabs[0]?.phone.db.vouchers.count()) ?? 0,
      hardships: world.counts,
      ...(world.planting ? { planting: world.planting } : {}),
      network: world.network.counts,
    }
  }

  end(): void {
    for (const room of this.#rooms) room.close?.()
    for (const { phone } of this.#tabs) phone.close()
  }
}
