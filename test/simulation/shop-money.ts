/**
 * What becomes of a shop's money: managers refund, holders dispute, operators decide and pay, each now and then twice. Every voucher is earned
 * once and given back once; every statement is paid once; what a shop has, had and owes is what it earned.
 */
import { changeAccount } from '../../mock-api/book/append.ts'
import { decideDispute } from '../../mock-api/book/decide-dispute.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { payOut } from '../../mock-api/book/pay-out.ts'
import { draft } from '../../mock-api/book/writing.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { CommandId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Random } from '../support/random.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { BrokenInvariant } from './checks.ts'
import type { Counter } from './counter.ts'
import type { Tab } from './tabs.ts'
import type { World } from './world.ts'

interface Given {
  readonly dice: Random
  readonly tabs: readonly Tab[]
  readonly manager: Counter
}

export class ShopMoney {
  readonly #world: World
  readonly #dice: Random
  readonly #tabs: readonly Tab[]
  readonly #manager: Counter

  constructor(world: World, { dice, tabs, manager }: Given) {
    this.#world = world
    this.#dice = dice
    this.#tabs = tabs
    this.#manager = manager
  }

  async befall(): Promise<void> {
    const what = this.#dice.below(4)
    if (what === 0) await this.#refund()
    else if (what === 1) await this.#dispute()
    else if (what === 2) await this.#decide()
    else await this.#pay()
  }

  /** Any acceptance that the manager's device shows, refunded before or not. */
  async #refund(): Promise<void> {
    await this.#manager.sync()
    const { db } = this.#manager.phone.use()
    const accepted = await db.entries
      .filter(({ kind, outcome }) => kind === 'voucher.accept' && outcome === 'accepted')
      .toArray()
    if (accepted.length === 0) return
    const { id } = this.#dice.pick(accepted)
    await this.#manager.refund(id)
    if (this.#world.sabotage !== 'refund twice') return
    await this.#manager.sync()
    await this.#world.backend.db.query("delete from crossings where kind = 'refund'")
    await this.#manager.refund(id)
    await this.#manager.sync()
  }

  /** Of a used voucher, disputed before or not; told at once, as far as the network lets it. */
  async #dispute(): Promise<void> {
    const tab = this.#dice.pick(this.#tabs)
    await tab.phone.use().sync()
    const used = await tab.phone
      .use()
      .db.vouchers.filter(({ state }) => state === 'used')
      .toArray()
    const voucher = this.#one(used)
    if (voucher) await this.disputeBy(tab, voucher.id)
  }

  async disputeBy(tab: Tab, voucherId: string): Promise<void> {
    const { context } = tab.phone.use()
    const body = { voucherId: voucherId as VoucherId, note: '不是我用的' }
    const id = this.#world.newId() as CommandId
    await enqueue(context.db, { id, kind: 'voucher.dispute', at: context.now(), body })
    tab.promised.add(id)
    await tab.phone.sync()
    if (this.#dice.below(2)) await this.#decide()
  }

  async #decide(): Promise<void> {
    const { backend, counts } = this.#world
    const rows = await backend.db.query<{ accountId: never; voucherId: string }>(
      'select account_id as "accountId", voucher_id as "voucherId" from disputes /* all accounts */ order by opened_at, voucher_id',
    )
    if (rows.length === 0) return
    const verdict = this.#dice.below(3) > 0 ? 'upheld' : 'dismissed'
    try {
      await decideDispute(backend.deps, this.#dice.pick(rows), { verdict, note: '看过了' })
      counts.disputesDecided++
    } catch (error) {
      if (!(error instanceof BookError)) throw error // its account is gone
    }
  }

  /** Any statement, paid before or not. */
  async #pay(): Promise<void> {
    const { backend, counts, sabotage } = this.#world
    const statement = this.#one((await this.#records()).filter(({ body }) => body.kind === 'statement.close'))
    if (!statement) {
      // The day ends.
      backend.now.advance(DAY_MS)
      await backend.sweep()
      return
    }
    const { id, account } = statement.body
    try {
      const fen = await payOut(backend.deps, id)
      counts.statementsPaid++
      if (sabotage !== 'pay a statement twice') return
      await changeAccount(backend.deps, account, async (writing) => {
        draft(writing, {
          ...{ by: 'step', kind: 'payout.receive', id: `payout.receive:${this.#world.newId()}` },
          ...{ outcome: 'accepted', detail: { about: id } },
          transfers: [{ asset: 'fen', debit: 'transit', credit: 'paid', amount: fen }],
        })
      })
    } catch (error) {
      if (!(error instanceof BookError)) throw error // nothing was left to be paid
    }
  }

  #one<T>(all: readonly T[]): T | undefined {
    return all.length === 0 ? undefined : this.#dice.pick(all)
  }

  /** A bug: what was given back is over at once, also for a shop that could not know. */
  async endAtOnce(): Promise<void> {
    await this.#world.backend.db.query(
      `update accounts set state = regexp_replace(state, '"returnsAt":\\d+', '"returnsAt":1', 'g') where kind = 'citizen'`,
    )
  }

  async #records(): Promise<{ body: RecordBody; detail: RecordDetail }[]> {
    const rows = await this.#world.backend.db.query<{ body: string; detail: string | null }>(
      'select body, detail from records where account_id = $1 order by seq',
      [this.#manager.branch],
    )
    return rows.map(({ body, detail }) => ({
      body: JSON.parse(body) as RecordBody,
      detail: JSON.parse(detail ?? '{}') as RecordDetail,
    }))
  }

  async verify(): Promise<void> {
    const counts = this.#world.counts
    const seen = { earned: new Set<string>(), refunded: new Set<string>(), paid: new Set<string>() }
    const once = (set: Set<string>, what: string, id: string | undefined) => {
      if (id === undefined || set.has(id)) throw new BrokenInvariant(`${what} ${id} twice`)
      set.add(id)
    }
    let earned = 0
    for (const { body, detail } of await this.#records()) {
      if (body.outcome !== 'accepted') continue
      const { kind } = body
      if (kind === 'voucher.accept') {
        once(seen.earned, 'earned by', detail.about)
        earned += detail.acceptance?.valueFen ?? 0
      }
      if (kind === 'voucher.refund') {
        once(seen.refunded, 'refunded', detail.refund?.voucherId)
        earned -= detail.refund?.valueFen ?? 0
        counts.refunded++
      }
      if (kind === 'statement.close') counts.stated++
      if (kind === 'payout.receive') once(seen.paid, 'paid for', detail.about)
    }
    await this.#checkBalances(earned)
    await this.#checkTakenIn()
  }

  /** What was given back to somebody who is gone has become the sponsor's, once. */
  async #checkTakenIn(): Promise<void> {
    const { backend, counts, sabotage } = this.#world
    if (sabotage === 'what nobody can have stays in between')
      await backend.db.query("update crossings set reason = 'gone' where reason = 'sponsor'")
    if (sabotage === 'pay more than a gone account held')
      await backend.db.query('update awaited_settlements set points = points - 1')
    const rows = await backend.db.query<{ id: string; reason: string }>(
      "select crossing_id as id, reason from crossings /* all accounts */ where kind = 'refund' and reason is not null",
    )
    for (const { id, reason } of rows) {
      if (reason !== 'sponsor')
        throw new BrokenInvariant(`the refund ${id} was given back to nobody, and nobody took it in`)
      counts.takenIn++
    }
  }

  /** What it has, has stated, was paid and owes is what it earned, less what it gave back. */
  async #checkBalances(earned: number): Promise<void> {
    const { balances } = await readLedger(this.#manager.phone.use().db)
    const [available, held, paid, owed] = (['available', 'held', 'paid', 'owed'] as const).map((each) =>
      balanceOf(balances, 'fen', each),
    ) as [number, number, number, number]
    const has = available + held + paid + owed
    if (has !== earned) throw new BrokenInvariant(`${earned} fen were earned, and ${has} stand in the books`)
  }
}
