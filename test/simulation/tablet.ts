/** A tablet that several people share: one ledger open at a time, others beside it, crashes between any two steps of its storage. */
import { beginLeaving, finishLeaving, leaveLedger } from '../../src/actions/leave-ledger.ts'
import { openGuestLedger } from '../../src/actions/open-guest-ledger.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { writeFact } from '../../src/db/device.ts'
import { sendSignOuts } from '../../src/db/sign-outs.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import type { Phone, Storage } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import { dieAfter, isCrash } from './crash.ts'
import type { Family } from './people.ts'
import { someAct } from './tabs.ts'
import { idsIn, idsOf, isProblem, type World } from './world.ts'

/** What stood in a ledger when somebody began to leave it. */
interface Leaving {
  readonly ledgerId: string
  readonly outbox: readonly string[]
  readonly journal: readonly string[]
  readonly discards: boolean
}

export class Tablet {
  phone: Phone
  readonly storage: Storage
  readonly promised = new Set<string>()
  readonly #world: World
  readonly #family: Family
  #leaving: Leaving | undefined

  private constructor(world: World, family: Family) {
    this.#world = world
    this.#family = family
    this.phone = world.newPhone()
    this.storage = this.phone.storage
  }

  static async switchOn(world: World, family: Family): Promise<Tablet> {
    const tablet = new Tablet(world, family)
    await tablet.phone.open()
    return tablet
  }

  async act(dice: Random): Promise<void> {
    const isAccount = this.phone.use().profile.kind === 'account'
    const lift = dice.below(4) === 0 ? dieAfter(dice.below(80)) : () => undefined
    const what = dice.below(24)
    try {
      if (what < 5) await this.#record(dice)
      else if (what < 11) await (isAccount ? this.#sync() : this.#enter())
      else if (what < 16) await (isAccount ? this.#leave(dice.below(3) === 0) : this.#enter())
      else if (what < 18 && isAccount) await this.#giveUp()
      else if (what < 19) await this.#addGuest()
      else if (what < 22) await this.#switchTo(dice)
      else await this.#reopen()
    } catch (error) {
      lift()
      // What was only looked at when the phone died is looked at again.
      await this.#world.forgive()
      await this.#comeBack(error)
    } finally {
      lift()
    }
  }

  async #comeBack(error: unknown): Promise<void> {
    if (isCrash(error)) this.#world.counts.died++
    else if (!isProblem(error)) throw error
    await this.#reopen()
    const { ledgerId, kind } = this.phone.profile
    if (kind !== 'account' || !isProblem(error)) return
    if (this.#family.isGone(ledgerId)) await this.#leave(true)
    else if (isProblem(error, 'not_signed_in')) await this.#signInAgain(ledgerId)
  }

  async #record(dice: Random): Promise<void> {
    const act = { ...someAct(this.phone.context.now(), dice), note: this.#family.nextWord() }
    this.promised.add(await recordActivity(this.phone.context, act))
  }

  async #sync(): Promise<void> {
    await this.phone.use().sync()
  }

  async #enter(): Promise<void> {
    await this.#family.signIn(this.phone)
    this.#world.counts.adopted++
  }

  async #signInAgain(ledgerId: string): Promise<void> {
    await this.#world.calmly(() => this.#family.signIn(this.phone, ledgerId))
    this.#world.counts.signedInAgain++
  }

  async #leave(discards: boolean): Promise<void> {
    const { device, db, profile } = this.phone.use()
    const all = await idsOf(db)
    const journal = (await db.journal.orderBy('id').keys()) as string[]
    const inJournal = new Set(journal)
    this.#leaving = {
      ledgerId: profile.ledgerId,
      outbox: all.filter((id) => !inJournal.has(id)),
      journal,
      discards,
    }
    const isDropped = this.#world.sabotage === 'leave without looking'
    const waiting = await beginLeaving(device, profile.ledgerId, { discards: discards || isDropped })
    if (waiting) {
      this.#world.counts.stayed++
      this.#leaving = undefined
      return
    }
    db.close()
    await leaveLedger(device, profile.ledgerId, { endsSession: true })
    await sendSignOuts(device, (accountId) => createBackendApi(this.phone.transport).signOut(accountId))
    await this.#reopen()
  }

  /** With all of it still here, or with nothing: then what was posted is the backend's to keep, and what waited was discarded. */
  async #seeWhatIsLeft(): Promise<void> {
    const leaving = this.#leaving
    const isHere = leaving && (await this.phone.device.profiles.get(leaving.ledgerId)) !== undefined
    this.#leaving = undefined
    if (!leaving || isHere) return
    const { outbox, journal, discards } = leaving
    if (!discards && outbox.length > 0) throw new BrokenInvariant('a ledger was left while something waited')
    this.#world.counts[discards ? 'discarded' : 'left']++
    for (const id of outbox) this.promised.delete(id)
    const isGone = this.#family.isGone(leaving.ledgerId)
    for (const id of journal) {
      if (this.promised.delete(id) && !isGone) this.#world.entrusted.add(id)
    }
    await this.#world.forgive()
    const databases = await this.storage.factory.databases()
    if (databases.some(({ name }) => name?.endsWith(leaving.ledgerId)))
      throw new BrokenInvariant('a ledger was left and is still on the phone')
  }

  async #giveUp(): Promise<void> {
    if (await this.#family.giveUp(this.phone)) await this.#leave(true)
  }

  async #addGuest(): Promise<void> {
    if ((await this.phone.device.profiles.count()) > 2) return
    await openGuestLedger(this.phone.deviceContext, 'weifang')
    await this.#reopen()
  }

  async #switchTo(dice: Random): Promise<void> {
    const profiles = await this.phone.device.profiles.toArray()
    await this.#open(dice.pick(profiles).ledgerId)
  }

  async #open(ledgerId: string): Promise<void> {
    await writeFact(this.phone.device, 'currentLedgerId', ledgerId)
    await this.#reopen()
  }

  /** As the app does it: what a crash cut short is finished first. */
  async #reopen(): Promise<void> {
    await this.phone.reopen()
    await finishLeaving(this.phone.device)
    if (!(await this.phone.device.profiles.get(this.phone.profile.ledgerId))) await this.phone.reopen()
    await this.#seeWhatIsLeft()
  }

  async check(gone: ReadonlySet<string>): Promise<void> {
    const held = await idsIn(this.storage)
    for (const id of this.promised)
      if (!held.has(id) && !gone.has(id))
        throw new BrokenInvariant(`step ${this.#world.step}: ${id} is nowhere on the tablet`)
  }

  /** Everybody signs in, whatever guests have recorded goes to somebody, and all that waits is sent. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < 30; tries++) {
      const profiles = await this.phone.use().device.profiles.toArray()
      const guest = profiles.find(({ kind }) => kind === 'guest')
      if (!guest) break
      await this.#open(guest.ledgerId)
      await this.#enter().catch((error: unknown) => this.#comeBack(error))
    }
    for (const { ledgerId } of await this.phone.device.profiles.toArray()) {
      await this.#open(ledgerId)
      await this.#sync().catch(async (error: unknown) => {
        await this.#comeBack(error)
        if (this.phone.profile.ledgerId === ledgerId) await this.#sync()
      })
    }
  }

  async checkArrived(gone: ReadonlySet<string>): Promise<void> {
    const arrived = new Set(await this.#world.idsOnBackend([...this.promised]))
    for (const id of this.promised)
      if (!arrived.has(id) && !gone.has(id)) throw new BrokenInvariant(`${id} of the tablet never arrived`)
  }

  close(): void {
    this.phone.close()
  }
}
