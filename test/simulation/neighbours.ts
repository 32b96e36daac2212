/** People with a phone of their own, beside those of the run's account: they move in, forget to look for years, and come back. For rooms that many share. */
import type { Instant } from '../../src/domain/base/time.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { checkSameLedger } from './checks.ts'
import { checkKept, type Tab } from './tabs.ts'
import { isProblem, type World } from './world.ts'

const PAGE_MS_MAX = 60 * DAY_MS

export interface Neighbour extends Tab {
  readonly number: string
  openedAt: Instant
}

export class Neighbours implements Iterable<Neighbour> {
  readonly #world: World
  readonly all: Neighbour[] = []

  constructor(world: World) {
    this.#world = world
  }

  [Symbol.iterator](): Iterator<Neighbour> {
    return this.all[Symbol.iterator]()
  }

  /** `first`: what they do before anything else, on a network that is well. */
  async moveIn(number: string, first: (one: Neighbour) => Promise<void>): Promise<void> {
    await this.#world.calmly(async () => {
      const phone = await this.#world.newPhone().open()
      await phone.signIn(number)
      const openedAt = this.#world.backend.now()
      const own = { promised: new Set<string>(), photos: new Set<string>() }
      const one = { phone, storage: phone.storage, ...own, number, openedAt }
      await first(one)
      this.all.push(one)
    })
  }

  leave(one: Neighbour): void {
    one.phone.close()
    this.all.splice(this.all.indexOf(one), 1)
  }

  async sync(one: Neighbour): Promise<void> {
    try {
      await one.phone.use().sync()
    } catch (error) {
      if (!isProblem(error, 'not_signed_in')) throw error
      await this.#world.calmly(() => one.phone.use().signIn(one.number))
      this.#world.counts.signedInAgain++
    }
  }

  /** No page is open for years. */
  async openAgain(): Promise<void> {
    for (const one of this.all) await this.#openAgain(one)
  }

  async #openAgain(one: Neighbour): Promise<void> {
    const now = this.#world.backend.now()
    if (now - one.openedAt < PAGE_MS_MAX) return
    one.openedAt = now
    await one.phone.reopen()
  }

  async check(): Promise<void> {
    for (const one of this.all) await checkKept(one, this.#world.step)
  }

  /** Whatever waits is sent, by whoever is signed out as well. */
  async heal(): Promise<void> {
    for (const one of this.all) {
      await this.#openAgain(one)
      await this.sync(one)
      await one.phone.use().sync()
    }
  }

  async verify(more?: (one: Neighbour) => Promise<void>): Promise<void> {
    for (const one of this.all) {
      await one.phone.use().sync()
      await checkSameLedger(this.#world.backend, [one.phone])
      await more?.(one)
    }
  }

  close(): void {
    for (const { phone } of this.all) phone.close()
  }
}
