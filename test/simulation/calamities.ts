/** What befalls a phone's storage outside of a sync: it is full, the phone dies between two steps, the browser throws everything away under the page. */
import { forceCloseDatabase } from 'fake-indexeddb'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { type LedgerMemory, reviveDevice, reviveLedger } from '../../src/actions/revive-ledger.ts'
import type { LedgerDb } from '../../src/db/database.ts'
import type { DeviceDb, Profile } from '../../src/db/device.ts'
import { readKeepsakes } from '../../src/db/keepsakes.ts'
import { readMeta } from '../../src/db/meta.ts'
import { isQuotaError } from '../../src/db/quota-error.ts'
import { fillDisk, WAYS } from '../actions/full-disk.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import { dieAfter, isCrash } from './crash.ts'
import * as person from './tabs.ts'
import { someAct, type Tab } from './tabs.ts'
import { isProblem, type Room, type World } from './world.ts'

interface Memory extends LedgerMemory {
  readonly profiles: readonly Profile[]
}

export class Calamities implements Room {
  readonly often = 25
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]

  constructor(world: World, { dice, tabs }: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.dice = dice
    this.#tabs = tabs
  }

  async befall(): Promise<void> {
    const tab = this.dice.pick(this.#tabs)
    tab.phone.use()
    const what = this.dice.below(10)
    if (what < 4) await this.#fill(tab)
    else if (what < 8) await this.#die(tab)
    else await this.#clear(tab)
  }

  /** One of the things a person does, whatever becomes of it. */
  #something(tab: Tab): { work: () => Promise<unknown>; records: boolean } {
    const { backend, offers } = this.#world
    const given = { backend, offers, random: this.dice }
    const taps = [
      () => person.record(tab, this.dice),
      () => person.joinIn(tab, given),
      () => person.spend(tab, given),
    ]
    const records = this.dice.below(3) > 0
    return {
      records,
      work: this.dice.pick(records ? taps : [() => tab.phone.sync(), () => tab.phone.upgrade()]),
    }
  }

  /** Told as failed, it is not there; what is not told so is kept like everything else. */
  async #fill(tab: Tab): Promise<void> {
    const before = await tab.phone.db.outbox.count()
    const { work, records } = this.#something(tab)
    const makeRoom = fillDisk(this.dice.pick(WAYS), this.dice.below(6))
    try {
      await work()
    } catch (error) {
      if (isProblem(error)) return
      if (!isQuotaError(error)) throw error
      this.#world.counts.full++
      if (this.#world.sabotage === 'swallow a full disk') tab.promised.add(this.#world.newId())
      if (records && (await tab.phone.db.outbox.count()) > before)
        throw new BrokenInvariant('told as failed, and recorded')
    } finally {
      makeRoom()
    }
  }

  async #die(tab: Tab): Promise<void> {
    const { work } = this.#something(tab)
    const lift = dieAfter(this.dice.below(25))
    try {
      await work()
    } catch (error) {
      if (!isCrash(error) && !isProblem(error)) throw error
      if (isCrash(error)) this.#world.counts.died++
    } finally {
      lift()
    }
    await tab.phone.reopen()
    if (this.#world.sabotage === 'begin anew after a crash') await tab.phone.db.outbox.clear()
  }

  /** All tabs of the phone have in memory what was last read; the next tap comes before anything is written anew. */
  async #clear({ storage }: Tab): Promise<void> {
    const tabs = this.#tabs.filter((tab) => tab.storage === storage)
    const memories: Memory[] = []
    for (const { phone } of tabs) memories.push(await memoryOf(phone.db, phone.device))
    const kept = new Set(memories[0]?.outbox.map(({ id }) => id))
    for (const { phone } of tabs)
      for (const db of [phone.db, phone.device]) forceCloseDatabase(db.backendDB() as never)
    for (const { name } of await storage.factory.databases())
      await new Promise((resolve) => {
        storage.factory.deleteDatabase(name ?? '').onsuccess = resolve
      })
    if (this.dice.below(2)) storage.cookies.clear()
    const [{ promised, photos } = this.#nobody()] = tabs
    for (const id of promised) if (!kept.has(id) && promised.delete(id)) this.#world.entrusted.add(id)
    const onTheirWay = new Set(memories[0]?.keepsakes.photos.map(({ id }) => id))
    for (const id of photos) if (!onTheirWay.has(id)) photos.delete(id)
    for (const [i, tab] of tabs.entries()) await this.#goOn(tab, memories[i] as Memory)
    await this.#world.forgive()
    this.#world.counts.cleared++
  }

  #nobody(): never {
    throw new Error('a phone without a page')
  }

  async #goOn({ phone, promised }: Tab, memory: Memory): Promise<void> {
    const { db, device, context } = phone.use()
    const tap = async () => promised.add(await recordActivity(context, someAct(context.now(), this.dice)))
    const isTaken = await tap().then(
      () => true,
      () => false,
    )
    await Promise.all([device.guard.look(), db.guard.look()])
    if (this.#world.sabotage === 'go on in an empty database') {
      for (const each of [device, db]) each.guard.renew()
      return
    }
    await reviveDevice(device, { profiles: memory.profiles, currentId: phone.profile.ledgerId })
    await reviveLedger(db, memory)
    if (!isTaken) await tap()
  }
}

async function memoryOf(db: LedgerDb, device: DeviceDb): Promise<Memory> {
  return {
    outbox: await db.outbox.orderBy('n').toArray(),
    goalGrams: undefined,
    favourites: [],
    sessionSecret: await readMeta(db, 'sessionSecret'),
    keepsakes: await readKeepsakes(db),
    profiles: await device.profiles.toArray(),
  }
}
