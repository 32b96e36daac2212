/** A shop that accepts vouchers without a network: each is paid for once, and one that was accepted in time is paid for in the end. */
import { publishOffer } from '../../mock-api/demo/seed.ts'
import { SAMPLE_MERCHANTS, SAMPLE_OFFERS } from '../../mock-api/demo/seed-offers.ts'
import { openState } from '../../mock-api/storage/state.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { CommandId, OfferId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import type { Phone } from '../support/phone.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant, checkMoney, checkSameLedger } from './checks.ts'
import { checkKept, type Tab } from './tabs.ts'
import { isProblem, type Room, type World } from './world.ts'

const CAFE = SAMPLE_MERCHANTS[0] as (typeof SAMPLE_MERCHANTS)[number]
/** Cheap, so that people can buy early. */
const SMALL: Offer = {
  ...(SAMPLE_OFFERS[0] as { offer: Offer }).offer,
  id: 'small-coffee' as OfferId,
  merchantId: CAFE.merchantId as Offer['merchantId'],
  pricePoints: 10,
  valueFen: 10,
  perPersonMax: 20,
}

interface Given {
  readonly dice: Random
  readonly customers: () => readonly Phone[]
  readonly tabs: readonly Tab[]
}

export class Shop implements Room {
  readonly often = 45
  readonly dice: Random
  readonly #world: World
  readonly #given: Given
  readonly #till: Tab
  /** The acceptances of each voucher, by its token's id. */
  readonly #shown = new Map<string, string[]>()
  readonly #tokens = new Map<string, string>()

  private constructor(world: World, given: Given, phone: Phone) {
    this.#world = world
    this.#given = given
    this.dice = given.dice
    this.#till = { phone, storage: phone.storage, promised: new Set(), photos: new Set() }
  }

  static async open(world: World, given: Given): Promise<Shop> {
    await publishOffer(world.backend.deps, SMALL, { total: 200, budgetFen: 200 * SMALL.valueFen })
    const phone = await world.newPhone().open()
    await phone.joinTill(world.backend, { merchantId: CAFE.merchantId })
    return new Shop(world, given, phone)
  }

  async befall(): Promise<void> {
    const what = this.dice.below(12)
    if (what < 3) await this.#sell()
    else if (what < 7) await this.#accept()
    else if (what < 10) await this.#sync()
    else if (what < 11) await this.#forgetBeforeItIsTold()
    else await this.#till.phone.reopen()
  }

  /** Somebody wants a coffee; the tab that asks keeps the wish. */
  async #sell(): Promise<void> {
    const tab = this.dice.pick(this.#given.tabs)
    tab.promised.add(await redeemOffer(tab.phone.use().context, SMALL))
    this.#world.counts.bought++
  }

  /** A customer shows what their phone holds, now and then what was shown before. */
  async #accept(): Promise<void> {
    const customer = this.dice.pick(this.#given.customers())
    const vouchers = await customer.use().db.vouchers.toArray()
    const ours = vouchers.filter(
      ({ merchantId, token, state }) => merchantId === CAFE.merchantId && token && state === 'active',
    )
    const again = [...this.#tokens.values()]
    const token =
      ours.length > 0 && this.dice.below(4) > 0 ? this.dice.pick(ours).token : this.dice.pick(again)
    if (token === undefined) return
    const { context } = this.#till.phone.use()
    const id = this.#world.newId() as CommandId
    const at = context.now()
    await enqueue(context.db, { id, kind: 'voucher.accept', at, body: { token, acceptedAt: at } })
    this.#till.promised.add(id)
    this.#remember(token, id)
  }

  /** The backend is put back between an acceptance and the word of it. */
  async #forgetBeforeItIsTold(): Promise<void> {
    await this.#world.backUpOrRestore(this.dice)
    await this.#accept()
    await this.#world.restore(this.dice, true)
    await this.#sync()
  }

  #remember(token: string, id: string): void {
    const { jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      jti: string
    }
    const before = this.#shown.get(jti) ?? []
    this.#shown.set(jti, [...before, id])
    this.#tokens.set(jti, token)
    this.#world.counts.shown++
    if (before.length > 0) this.#world.counts.shownTwice++
  }

  async #sync(): Promise<void> {
    const { phone } = this.#till
    if (this.#world.sabotage === 'drop what waits')
      await phone.use().db.outbox.where('state').equals('waiting').delete()
    if (this.#world.sabotage === 'pay twice')
      for (const form of ['crossings', 'settlements'])
        await this.#world.backend.db.query(`delete from ${form}`)
    try {
      await phone.use().sync()
    } catch (error) {
      if (!isProblem(error, 'not_signed_in')) throw error
      await this.#world.calmly(() => phone.joinTill(this.#world.backend, { merchantId: CAFE.merchantId }))
      this.#world.counts.signedInAgain++
    }
  }

  async check(): Promise<void> {
    await checkKept(this.#till, this.#world.step)
  }

  /** What is put off waits for the holder's phone, and no longer than points wait for a shop. */
  async heal(): Promise<void> {
    await this.#sync()
    await this.#sync()
    this.#world.backend.now.advance(4 * DAY_MS)
    await this.#sync()
    await this.#world.backend.sweep()
  }

  async verify(): Promise<void> {
    const { phone, promised } = this.#till
    const ids = new Set(await checkSameLedger(this.#world.backend, [phone]))
    await checkMoney(phone, this.#world.backend)
    for (const id of promised)
      if (!ids.has(id)) throw new BrokenInvariant(`the acceptance ${id} never arrived`)
    const entries = await phone.use().db.entries.toArray()
    const accepted = new Set(
      entries.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id as string),
    )
    for (const [voucherId, acceptances] of this.#shown)
      await this.#checkPaid(voucherId, acceptances.filter((id) => accepted.has(id)).length)
  }

  async #checkPaid(voucherId: string, times: number): Promise<void> {
    if (times > 1) throw new BrokenInvariant(`the voucher ${voucherId} was paid for ${times} times`)
    if (times === 1) {
      this.#world.counts.paid++
      return
    }
    const ended = await this.#world.idsOnBackend([
      `voucher.return:${voucherId}`,
      `voucher.expire:${voucherId}`,
    ])
    if (ended.length > 0 || (await this.#isGivenUp(voucherId))) return
    throw new BrokenInvariant(`the voucher ${voucherId} was accepted, has not ended, and was never paid for`)
  }

  /** Given back before it was shown, or of an account that is gone. */
  async #isGivenUp(voucherId: string): Promise<boolean> {
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
    this.#till.phone.close()
  }
}
