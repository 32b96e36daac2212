/**
 * Customers who go for good: they buy, show the voucher and delete their account, in any order with a shop that takes it, tells of it or gives it
 * back. Whoever obeyed the screen is paid, and what was given back to nobody is the sponsor's.
 */
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { claim } from '../support/builders.ts'
import type { Phone } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import type { Counter, ShownVoucher } from './counter.ts'
import { type Shop, SMALL } from './shops.ts'
import { isProblem, type Room, type World } from './world.ts'

interface Customer {
  readonly phone: Phone
  readonly number: string
  readonly voucher: ShownVoucher
  acceptance?: { readonly by: Counter; readonly id: string }
  isGone: boolean
}

/** Each of them is an account of its own: more at a time only take longer. */
const AT_ONCE_MAX = 3
/** Nobody shows a voucher a year after its end; and the day in its number comes again. */
const OLD_MS = 366 * DAY_MS

export class Farewells implements Room {
  readonly often = 30
  readonly dice: Random
  readonly #world: World
  readonly #shop: Shop
  readonly #customers: Customer[] = []
  #number = 13_900_000_000

  constructor(world: World, { dice, shop }: { dice: Random; shop: Shop }) {
    this.#world = world
    this.dice = dice
    this.#shop = shop
  }

  async befall(): Promise<void> {
    const here = this.#customers.filter((each) => !each.isGone || this.dice.below(2) === 0)
    if (here.length === 0 || (here.length < AT_ONCE_MAX && this.dice.below(3) === 0))
      return this.#world.calmly(() => this.#comeIn())
    const customer = this.dice.pick(here)
    const what = this.dice.below(10)
    if (what < 3) await this.#show(customer)
    else if (what < 6) await this.#go(customer)
    else if (what < 8) await this.dice.pick(this.#shop.counters).sync()
    else await this.#giveBack(customer)
  }

  async #comeIn(): Promise<void> {
    const phone = await this.#world.newPhone().open()
    const { context } = phone
    for (const hours of [1, 30]) {
      const startedAt = context.now() - hours * HOUR_MS
      await recordActivity(context, claim({ startedAt, quantity: { value: 8000, unit: 'metre' } }))
    }
    const number = String(++this.#number)
    await phone.signIn(number)
    await phone.sync()
    const id = await redeemOffer(phone.context, SMALL)
    await phone.sync()
    const voucher = await phone.use().db.vouchers.get(id)
    if (!voucher?.token) return phone.close()
    this.#world.counts.bought++
    this.#customers.push({ phone, number, voucher, isGone: false })
  }

  /** From the phone, or from a picture of it that outlives the account. */
  async #show(customer: Customer): Promise<void> {
    if (customer.acceptance || this.#world.backend.now() > customer.voucher.expiresAt + OLD_MS) return
    const by = this.dice.pick(this.#shop.counters)
    const id = await this.#shop.take(by, customer.voucher, this.dice.below(3) === 0)
    customer.acceptance = { by, id }
    if (this.dice.below(2) === 0) await by.sync()
  }

  async #go(customer: Customer): Promise<void> {
    if (customer.isGone) return
    const { phone, number } = customer
    const { ledgerId } = phone.use().profile
    const erase = () => createBackendApi(phone.transport).deleteAccount(ledgerId)
    let failure: unknown
    await erase()
      .catch(async (error: unknown) => {
        // Its session has ended, with the years or with a restored backup.
        if (!isProblem(error, 'not_signed_in')) throw error
        await this.#world.calmly(() => phone.signIn(number))
        await erase()
      })
      .catch((error: unknown) => {
        failure = error
      })
    const [row] = await this.#world.backend.db.query<{ deletedAt: number | null }>(
      'select deleted_at as "deletedAt" from accounts where account_id = $1',
      [ledgerId],
    )
    if ((row?.deletedAt ?? null) === null) {
      if (failure) throw failure
      throw new BrokenInvariant('a deletion was confirmed and the account stands')
    }
    customer.isGone = true
    phone.close()
    this.#world.gone.add(ledgerId)
    this.#world.counts.wentForGood++
  }

  async #giveBack({ acceptance }: Customer): Promise<void> {
    if (!acceptance) return
    const [manager] = this.#shop.counters
    await acceptance.by.sync()
    await manager.sync()
    const { db } = manager.phone.use()
    const entry = await db.entries.where('id').equals(acceptance.id).first()
    if (entry?.outcome !== 'accepted') return
    await manager.refund(acceptance.id)
    await manager.sync()
  }

  close(): void {
    for (const { phone } of this.#customers) phone.close()
  }
}
