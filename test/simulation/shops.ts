/** A shop that accepts vouchers without a network: each is paid for once, and one that was accepted in time is paid for in the end. */
import { forgottenIn } from '../../mock-api/book/forgotten.ts'
import { publishOffer } from '../../mock-api/demo/seed.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from '../../mock-api/demo/seed-offers.ts'
import { openState } from '../../mock-api/storage/state.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import type { OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { kidOf } from '../../src/proof/kid.ts'
import type { Phone } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant, checkMoney, checkSameLedger } from './checks.ts'
import { Counter, type ShownVoucher } from './counter.ts'
import { ShopMoney } from './shop-money.ts'
import { checkKept, type Tab } from './tabs.ts'
import type { Room, World } from './world.ts'
import { leap } from './years.ts'

const CAFE = SAMPLE_MERCHANTS[0] as (typeof SAMPLE_MERCHANTS)[number]
/** Cheap, so that people can buy early. */
export const SMALL: Offer = {
  ...(SAMPLE_OFFERS[0] as { offer: Offer }).offer,
  id: 'small-coffee' as OfferId,
  merchantId: CAFE.merchantId as Offer['merchantId'],
  pricePoints: 10,
  valueFen: 10,
  perPersonMax: 20,
}
const NUMBER_DAYS = 1024

const GIFT: Offer = {
  ...SMALL,
  id: 'small-gift' as OfferId,
  category: 'donation',
  merchantId: 'forest' as never,
}

interface Given {
  readonly dice: Random
  readonly customers: () => readonly Phone[]
  readonly tabs: readonly Tab[]
}

const TOO_LATE: ReadonlySet<string> = new Set(['voucher_late', 'voucher_ended', 'voucher_unknown'])

export class Shop implements Room {
  readonly often = 60
  readonly dice: Random
  readonly #world: World
  readonly #given: Given
  readonly counters: readonly [manager: Counter, till: Counter]
  readonly #money: ShopMoney
  #healed = 0
  /** The acceptances of each voucher, by its id. */
  readonly #shown = new Map<string, string[]>()
  readonly #vouchers = new Map<string, ShownVoucher>()
  /** Those that were shown by their code at least once: its signature counts also where a restored backend has forgotten them. */
  readonly #byCode = new Set<string>()

  private constructor(world: World, given: Given, counters: readonly [Counter, Counter]) {
    this.#world = world
    this.#given = given
    this.dice = given.dice
    this.counters = counters
    this.#money = new ShopMoney(world, { dice: given.dice, tabs: given.tabs, manager: counters[0] })
  }

  static async open(world: World, given: Given): Promise<Shop> {
    for (const offer of [SMALL, GIFT])
      await publishOffer(world.backend.deps, offer, { total: 200, budgetFen: 200 * offer.valueFen })
    const { merchantId } = CAFE
    const manager = await Counter.join(world, { merchantId, role: 'manager' })
    const till = await Counter.join(world, { merchantId, role: 'till' })
    return new Shop(world, given, [manager, till])
  }

  async befall(): Promise<void> {
    const what = this.dice.below(24)
    if (what >= 22) await this.#world.calmly(() => this.#showGivenBack())
    else if (what < 2) await this.#sell()
    else if (what < 4) await this.#world.calmly(() => this.#sellAtOnce())
    else if (what < 9) await this.#accept()
    else if (what < 14) await this.#sync(this.dice.pick(this.counters))
    else if (what < 15) await this.#forgetBeforeItIsTold()
    else if (what < 16) await this.dice.pick(this.counters).phone.reopen()
    else await this.#money.befall()
  }

  /** Somebody wants a coffee, or gives; the tab that asks keeps the wish. */
  async #sell(): Promise<void> {
    const tab = this.dice.pick(this.#given.tabs)
    const isGift = this.dice.below(5) === 0
    tab.promised.add(await redeemOffer(tab.phone.use().context, isGift ? GIFT : SMALL))
    this.#world.counts[isGift ? 'given' : 'bought']++
  }

  /** With a network from end to end: asked for, shown, told, and read by the holder. */
  async #sellAtOnce(): Promise<void> {
    const tab = this.dice.pick(this.#given.tabs)
    const id = await redeemOffer(tab.phone.use().context, SMALL)
    tab.promised.add(id)
    this.#world.counts.bought++
    await tab.phone.sync()
    const voucher = await tab.phone.use().db.vouchers.get(id)
    if (!voucher?.token) return
    const counter = this.dice.pick(this.counters)
    await this.take(counter, voucher, false)
    await this.#sync(counter)
    await tab.phone.use().sync()
    if (this.dice.below(3) === 0) await this.#money.disputeBy(tab, id)
  }

  /** Bought, given back, and then shown to a counter that has not heard of it: whoever obeys the screen is paid. */
  async #showGivenBack(): Promise<void> {
    const tab = this.dice.pick(this.#given.tabs)
    const { context } = tab.phone.use()
    const id = await redeemOffer(context, SMALL)
    tab.promised.add(id)
    this.#world.counts.bought++
    await tab.phone.sync()
    const counter = this.dice.pick(this.counters)
    await this.#sync(counter)
    const voucher = await tab.phone.use().db.vouchers.get(id)
    if (!voucher?.token) return
    await cancelVoucher(tab.phone.use().context, id)
    await tab.phone.sync()
    await this.take(counter, voucher, false)
    this.#world.counts.shownGivenBack++
  }

  /** A customer shows what their phone holds, also once it was given back there; now and then what was shown before. */
  async #accept(): Promise<void> {
    const customer = this.dice.pick(this.#given.customers())
    const vouchers = await customer.use().db.vouchers.toArray()
    const ours = vouchers.filter(
      ({ merchantId, token, state }) =>
        merchantId === CAFE.merchantId && token && (state === 'active' || state === 'returning'),
    )
    const again = [...this.#vouchers.values()]
    const isNew = ours.length > 0 && this.dice.below(4) > 0
    const voucher = isNew ? this.dice.pick(ours) : again.length > 0 ? this.dice.pick(again) : undefined
    if (!voucher) return
    const counter = this.dice.pick(this.counters)
    await this.take(counter, voucher, this.dice.below(3) === 0)
    if (isNew && this.#isGivenBack(ours, voucher.id)) this.#world.counts.shownGivenBack++
  }

  /** By its code or its number. Answers the acceptance, of which the rest is remembered: it has to be paid for in the end. */
  async take(counter: Counter, voucher: ShownVoucher, byNumber: boolean): Promise<string> {
    const id = await counter.accept(voucher, byNumber)
    if (!byNumber) this.#byCode.add(voucher.id)
    this.#remember(voucher, id)
    return id
  }

  #isGivenBack(ours: readonly { id: string; state: string }[], voucherId: string): boolean {
    return ours.some(({ id, state }) => id === voucherId && state === 'returning')
  }

  /** The backend is put back between an acceptance and the word of it. */
  async #forgetBeforeItIsTold(): Promise<void> {
    await this.#world.backUpOrRestore(this.dice)
    await this.#accept()
    await this.#world.restore(this.dice, true)
    await this.#sync(this.dice.pick(this.counters))
  }

  #remember(voucher: ShownVoucher, id: string): void {
    const before = this.#shown.get(voucher.id) ?? []
    this.#shown.set(voucher.id, [...before, id])
    this.#vouchers.set(voucher.id, voucher)
    this.#world.counts.shown++
    if (before.length > 0) this.#world.counts.shownTwice++
  }

  async #sync(counter: Counter): Promise<void> {
    const { sabotage, backend } = this.#world
    if (sabotage === 'drop what waits')
      await counter.phone.use().db.outbox.where('state').equals('waiting').delete()
    if (sabotage === 'pay twice')
      for (const form of ['crossings', 'settlements']) await backend.db.query(`delete from ${form}`)
    if (sabotage === 'what is given back is refused') await this.#money.endAtOnce()
    await counter.sync()
  }

  async check(): Promise<void> {
    for (const { tab } of this.counters) await checkKept(tab, this.#world.step)
  }

  /**
   * What is put off waits for the holder's phone, which comes after the first round: a code no longer than points wait for a shop, a number that was
   * read aloud until its voucher has ended and no longer than that.
   */
  async heal(): Promise<void> {
    const all = async () => {
      for (const counter of this.counters) await this.#sync(counter)
    }
    await all()
    await all()
    this.#healed++
    if (this.#healed === 1) return
    this.#world.backend.now.advance(this.#healed === 2 ? (SMALL.validDays + 4) * DAY_MS : 4 * DAY_MS)
    await all()
    await this.#world.backend.sweep()
    await all()
    if (!(await this.#isAnythingPutOff())) return
    // The day in a number comes again after 1,024: of one that is told years later, the next that bears it may be meant, until when its holder is waited for.
    await leap(this.#world.backend, NUMBER_DAYS / 2 + 4)
    await all()
    await all()
  }

  async #isAnythingPutOff(): Promise<boolean> {
    for (const { phone } of this.counters) if ((await phone.use().db.outbox.count()) > 0) return true
    return false
  }

  async verify(): Promise<void> {
    // Whoever healed after the shop may have ended one of its days.
    for (const counter of this.counters) await counter.sync()
    const [manager] = this.counters
    const ids = new Set(
      await checkSameLedger(
        this.#world.backend,
        this.counters.map(({ phone }) => phone),
      ),
    )
    await checkMoney(manager.phone, this.#world.backend)
    for (const { tab } of this.counters)
      for (const id of tab.promised)
        if (!ids.has(id)) throw new BrokenInvariant(`what a counter asked for, ${id}, never arrived`)
    const entries = await manager.phone.use().db.entries.toArray()
    const accepted = new Set(
      entries.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id as string),
    )
    for (const [voucherId, acceptances] of this.#shown)
      await this.#checkPaid(voucherId, {
        acceptances,
        times: acceptances.filter((id) => accepted.has(id)).length,
      })
    await this.#money.verify()
  }

  async #checkPaid(
    voucherId: string,
    { acceptances, times }: { readonly acceptances: readonly string[]; readonly times: number },
  ): Promise<void> {
    if (times > 1) throw new BrokenInvariant(`the voucher ${voucherId} was paid for ${times} times`)
    if (times === 1) {
      this.#world.counts.paid++
      return
    }
    const ended = await this.#world.idsOnBackend([
      `voucher.return:${voucherId}`,
      `voucher.expire:${voucherId}`,
    ])
    const isForgotten =
      this.#world.restores > 0 && (!this.#byCode.has(voucherId) || (await this.#isOfLostKey(voucherId)))
    // Told when it had ended, in a history whose end of it no phone has brought back.
    if (this.#world.endedBefore.has(voucherId) && (await this.#areLate(acceptances))) return
    if (ended.length > 0 || isForgotten || (await this.#isGivenUp(voucherId))) return
    throw new BrokenInvariant(`the voucher ${voucherId} was accepted, has not ended, and was never paid for`)
  }

  /** By what the shop was answered; a number that was read aloud once more has its holder's phone alone to be found by. */
  async #areLate(acceptances: readonly string[]): Promise<boolean> {
    const [{ phone }] = this.counters
    const rows = await phone
      .use()
      .db.journal.where('id')
      .anyOf([...acceptances])
      .toArray()
    const reasons = rows.flatMap(({ detail }) => openDetail(detail)?.reasons ?? [])
    const isLate = reasons.some(({ code }) => code === 'voucher_late' || code === 'voucher_ended')
    return isLate && reasons.every(({ code }) => TOO_LATE.has(code))
  }

  /** Decision 30: where a restored backup lacks the key that signed it, and no phone that trusts it ever comes, its signature tells nothing. */
  async #isOfLostKey(voucherId: string): Promise<boolean> {
    const kid = kidOf(this.#vouchers.get(voucherId)?.token ?? '')
    const { keys } = await this.#world.backend.deps.keyring.publicKeys(kid)
    return keys.every((key) => key.kid !== kid)
  }

  /** Given back before it was shown, or of an account that is gone, also where a restored backup never had it. */
  async #isGivenUp(voucherId: string): Promise<boolean> {
    const holder = forgottenIn(this.#vouchers.get(voucherId)?.token ?? '')?.sub
    if (holder !== undefined && this.#world.gone.has(holder)) return true
    const rows = await this.#world.backend.db.query<{ deletedAt: number | null; state: string | null }>(
      `select a.deleted_at as "deletedAt", a.state from accounts a join records r /* all accounts */ on r.account_id = a.account_id
        where r.command_id = $1`,
      [voucherId],
    )
    return rows.some(({ deletedAt, state }) => {
      if (deletedAt !== null) return true
      const { vouchers } = openState(state ?? '{}').ledger
      return vouchers[voucherId as VoucherId]?.endedAt !== undefined
    })
  }

  close(): void {
    for (const { phone } of this.counters) phone.close()
  }
}
