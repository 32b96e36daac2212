/** A family with two tablets between them: they sign in and out, discard what waits by typing, give up an account, and come back. */
import { readPhone } from '../../mock-api/storage/phones.ts'
import { writeFact } from '../../src/db/device.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import type { Phone } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant, checkEarnedOnce, checkMoney, checkSameLedger } from './checks.ts'
import { Tablet } from './tablet.ts'
import { isProblem, type Room, type World } from './world.ts'

/** Somebody by their number; which account it is, the backend says. */
export interface Person {
  readonly number: string
  accountId?: string
}

export class Family implements Room {
  readonly often = 80
  readonly dice: Random
  readonly tablets: Tablet[] = []
  readonly #world: World
  readonly #people: Person[]
  /** Ids that stood in accounts which are gone, and the words that only these accounts had. */
  readonly #goneIds = new Set<string>()
  readonly #goneWords = new Set<string>()
  #words = 0
  readonly #opened: Phone[] = []

  private constructor(world: World, dice: Random) {
    this.#world = world
    this.dice = dice
    this.#people = [{ number: '13700000001' }, { number: '13700000002' }]
  }

  static async move(world: World, dice: Random): Promise<Family> {
    const family = new Family(world, dice)
    for (let i = 0; i < 2; i++) family.tablets.push(await Tablet.switchOn(world, family))
    await world.keepBackup()
    return family
  }

  /** Phones whose open ledger is an account's. */
  signedIn(): Phone[] {
    return this.tablets.map(({ phone }) => phone).filter(({ profile }) => profile.kind === 'account')
  }

  async befall(): Promise<void> {
    if (this.dice.below(12) === 0) await this.#world.backUpOrRestore(this.dice)
    await this.dice.pick(this.tablets).act(this.dice)
  }

  /** What is lost stays lost: now and then is enough. */
  async check(): Promise<void> {
    if (this.#world.step % 4 !== 0) return
    for (const tablet of this.tablets) await tablet.check(this.#goneIds)
  }

  /** Signs in on this phone: as whoever has this account, or as anybody of the family. A number that rests is told so. */
  async signIn(phone: Phone, accountId?: string): Promise<void> {
    const owner =
      accountId === undefined ? undefined : this.#people.find((one) => one.accountId === accountId)
    const person = owner ?? this.dice.pick(this.#people)
    const isKnown = person.accountId !== undefined && (await this.#stands(person.accountId)) !== undefined
    try {
      await phone.signIn(person.number)
    } catch (error) {
      const bound = await this.#boundTo(person.number)
      if (bound !== undefined) person.accountId ??= bound // the answer was on its way
      if (!isProblem(error, 'phone_resting')) throw error
      if (isKnown) throw new BrokenInvariant('a number rests whose account stands')
      this.#somebodyElse()
      throw error
    }
    const { ledgerId } = phone.profile
    if (this.#world.gone.has(ledgerId)) throw new BrokenInvariant('a deleted account is open again')
    if (person.accountId !== undefined && person.accountId !== ledgerId)
      throw new BrokenInvariant('the same person is given another account')
    if (person.accountId !== undefined && !isKnown) this.#world.counts.younger++
    person.accountId = ledgerId
    const isFirst = !this.#world.accounts.has(ledgerId as AccountId)
    this.#world.accounts.add(ledgerId as AccountId)
    // Who signs in again expects to stay signed in.
    const isNew = isFirst && accountId === undefined
    if (isNew && this.dice.below(3) === 0) await this.#world.restore(this.dice, true)
  }

  async #boundTo(number: string): Promise<string | undefined> {
    const { db, deps } = this.#world.backend
    const bound = await readPhone(db, deps.secret.phoneKey(number))
    return bound && !this.#world.gone.has(bound) ? bound : undefined
  }

  /** Something that only one act says. */
  nextWord(): string {
    return `只有我知道${String(++this.#words).padStart(4, '0')}`
  }

  async #stands(accountId: string): Promise<{ deletedAt: number | null } | undefined> {
    const rows = await this.#world.backend.db.query<{ deletedAt: number | null }>(
      'select deleted_at as "deletedAt" from accounts where account_id = $1',
      [accountId],
    )
    return rows[0]
  }

  #somebodyElse(): void {
    this.#people.push({ number: `1370000${String(1000 + this.#people.length)}` })
  }

  /** True when it is gone, also when the answer was lost. */
  async giveUp(phone: Phone): Promise<boolean> {
    const { ledgerId } = phone.profile
    const before = await this.#world.backend.db.query<{ id: string; detail: string | null }>(
      'select command_id as id, detail from records where account_id = $1',
      [ledgerId],
    )
    let failure: unknown
    await createBackendApi(phone.transport)
      .deleteAccount(ledgerId)
      .catch((error: unknown) => {
        failure = error
      })
    if (((await this.#stands(ledgerId))?.deletedAt ?? null) === null) {
      if (failure) throw failure
      throw new BrokenInvariant('a deletion was confirmed and the account stands')
    }
    if (!this.#world.gone.has(ledgerId)) {
      this.#world.counts.deleted++
      this.#world.gone.add(ledgerId)
      this.#forget(before)
      const person = this.#people.find(({ accountId }) => accountId === ledgerId)
      if (person) delete person.accountId
      this.#somebodyElse()
      if (this.dice.below(2)) await this.#world.restore(this.dice, true)
    }
    return true
  }

  #forget(records: readonly { id: string; detail: string | null }[]): void {
    for (const { id, detail } of records) {
      this.#goneIds.add(id)
      this.#world.entrusted.delete(id)
      const word = detail === null ? undefined : /只有我知道\d+/.exec(detail)?.[0]
      if (word !== undefined) this.#goneWords.add(word)
    }
  }

  isGone(accountId: string): boolean {
    return this.#world.gone.has(accountId)
  }

  async heal(): Promise<void> {
    for (const tablet of this.tablets) await tablet.settle()
  }

  async verify(): Promise<void> {
    const { backend } = this.#world
    const ledgers = new Map<string, Phone[]>()
    for (const tablet of this.tablets)
      for (const phone of await this.#openAll(tablet)) {
        const { ledgerId } = phone.profile
        ledgers.set(ledgerId, [...(ledgers.get(ledgerId) ?? []), phone])
      }
    for (const phones of ledgers.values()) {
      await checkSameLedger(backend, phones)
      for (const phone of phones) await checkMoney(phone, backend)
    }
    await checkEarnedOnce(backend)
    await this.#checkGone()
    for (const tablet of this.tablets) await tablet.checkArrived(this.#goneIds)
  }

  /** A page for each account on the tablet. */
  async #openAll({ phone, storage }: Tablet): Promise<Phone[]> {
    const profiles = await phone.use().device.profiles.toArray()
    const phones: Phone[] = []
    for (const { ledgerId } of profiles.filter(({ kind }) => kind === 'account')) {
      await writeFact(phone.device, 'currentLedgerId', ledgerId)
      phones.push(await this.#world.newPhone(storage).open())
    }
    this.#opened.push(...phones)
    return phones
  }

  /** A deleted account has no word left, unless another account had it too; and stays deleted. */
  async #checkGone(): Promise<void> {
    const { db } = this.#world.backend
    for (const accountId of this.#world.gone)
      if (((await this.#stands(accountId))?.deletedAt ?? null) === null)
        throw new BrokenInvariant(`the deleted account ${accountId} stands again`)
    const rows = await db.query<{ detail: string }>(
      'select detail from records /* all accounts */ where detail is not null',
    )
    const living = rows.map(({ detail }) => detail).join('\n')
    const all = JSON.stringify([...(await this.#world.backend.snapshot())])
    for (const word of this.#goneWords)
      if (all.includes(word) && !living.includes(word))
        throw new BrokenInvariant(`${word} of a deleted account is still there`)
  }

  close(): void {
    for (const each of [...this.tablets, ...this.#opened]) each.close()
  }
}
