/** Backup files: a phone whose storage was cleared takes in its own, and a guest's file is taken in by an account beside the guest's own. */

import { IDBFactory } from 'fake-indexeddb'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { exported } from '../actions/phones.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import type { Family } from './people.ts'
import { NUMBER } from './sign-in-again.ts'
import type { Tab } from './tabs.ts'
import type { Room, World } from './world.ts'

export class Files implements Room {
  readonly often = 12
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]
  readonly #family: Family | undefined

  constructor(world: World, given: { dice: Random; tabs: readonly Tab[]; family: Family | undefined }) {
    this.#world = world
    this.dice = given.dice
    this.#tabs = given.tabs
    this.#family = given.family
  }

  async befall(): Promise<void> {
    // The second phone: the first has two tabs, and this is not about them.
    const tab = this.#tabs[1] as Tab
    if (this.dice.below(3) === 0) await this.#beginAnew(tab)
    else await this.#takeInGuests(tab)
  }

  async #beginAnew(tab: Tab): Promise<void> {
    const text = await exported(tab.phone)
    tab.phone.close()
    tab.storage.factory = new IDBFactory()
    tab.storage.cookies.clear()
    await tab.phone.open()
    await this.#world.calmly(() => tab.phone.signIn(NUMBER))
    await this.#takeIn(tab, text)
    this.#world.counts.exported++
  }

  async #takeInGuests(tab: Tab): Promise<void> {
    const guests = (this.#family?.tablets ?? [])
      .map(({ phone }) => phone)
      .filter(({ profile }) => profile.kind === 'guest')
    const guest = guests.length === 0 ? undefined : this.dice.pick(guests)
    if (!guest || (await guest.use().db.outbox.count()) === 0) return
    const ids = await this.#takeIn(tab, await exported(guest))
    for (const id of ids) tab.promised.add(id)
    this.#world.counts.guestFiles++
    if (this.#world.sabotage === 'earn twice')
      await this.#world.backend.db.query('delete from evidence_claims')
  }

  async #takeIn({ phone }: Tab, text: string): Promise<string[]> {
    const read = await readBackup(text)
    if ('fault' in read) throw new BrokenInvariant(`a file of our own is refused: ${read.fault}`)
    const taken = await restoreBackup(phone.use().db, phone.profile.ledgerId, read.backup)
    if (typeof taken === 'string') throw new BrokenInvariant(`a file of our own is not taken in: ${taken}`)
    return read.backup.outbox.map(({ id }) => id)
  }
}
