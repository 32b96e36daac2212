/** The phones of one person: two, the first with two tabs; what they send and are answered is looked at, and bent where a bug is wanted. */
import type { TailAnswer } from '../../src/contract/tail.ts'
import type { Phone, Storage } from '../support/phone.ts'
import { copyOfDevice, journalOfBackend } from '../support/same-ledger.ts'
import { BrokenInvariant, expectEqual } from './checks.ts'
import { asTheWhole, forgetWhatIsSent, withoutARecord } from './sabotage.ts'
import { NUMBER } from './sign-in-again.ts'
import { record, type Tab } from './tabs.ts'
import type { World } from './world.ts'

export class PhonesOfOne {
  readonly tabs: Tab[] = []
  taken = 0
  replayed = 0
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  async begin(): Promise<void> {
    for (let i = 0; i < 3; i++) {
      // The third tab is a second one of the first phone.
      const first = this.tabs[0]
      const tab: Tab = i === 2 && first ? { ...first, phone: this.#phone(first.storage) } : this.#newTab()
      await tab.phone.open()
      this.tabs.push(tab)
    }
    await this.#signInAll()
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
    if (state === 'replayed') this.replayed++
    if (state !== 'taken') return
    this.taken++
    const { journal } = await copyOfDevice(phone.use().db)
    const theirs = await journalOfBackend(this.#world.backend, phone.profile.ledgerId)
    expectEqual(theirs.slice(0, journal.length), journal, 'a tail and what was taken over of it')
  }

  /** The first phone begins as a guest, with records, and its second tab is open meanwhile. */
  async #signInAll(): Promise<void> {
    const { random } = this.#world
    for (const [i, tab] of this.tabs.entries()) {
      if (i === 2) await tab.phone.reopen()
      else {
        for (let n = random.below(4); n > 0; n--) await record(tab, random)
        await tab.phone.signIn(NUMBER)
      }
    }
  }
}
