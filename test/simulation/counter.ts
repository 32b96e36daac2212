/**
 * A device at a shop's counter, and what its person may do by its screen: accept while the last exchange is younger than 48 hours, what its list
 * does not call ended, before the voucher's end. Whoever obeyed that, and told within the hour that the screen showed, is paid.
 */
import { readEnded } from '../../mock-api/storage/voucher-ends.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, type Instant } from '../../src/domain/base/time.ts'
import type { CommandBodies } from '../../src/domain/ledger/command.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import type { Phone } from '../support/phone.ts'
import { BrokenInvariant } from './checks.ts'
import type { Tab } from './tabs.ts'
import { isProblem, type World } from './world.ts'

const STATUS_MAX_AGE_MS = 48 * HOUR_MS
const PAGE_AGE_MAX_MS = 366 * 24 * HOUR_MS

export interface ShownVoucher {
  readonly id: string
  readonly token: string
  readonly code: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

/** Accepted by the screen's word: to be told until then. */
interface Honest {
  readonly voucherId: string
  readonly tellBy: Instant
  /** A backup that was put back since may have forgotten what the screen knew. */
  readonly restores: number
}

export class Counter {
  readonly tab: Tab
  readonly #world: World
  readonly #merchantId: string
  readonly #role: TillRole
  readonly #honest = new Map<string, Honest>()
  #openedAt: Instant
  #status: { readonly at: Instant; readonly ended: ReadonlySet<string> } | undefined

  private constructor(
    world: World,
    phone: Phone,
    { merchantId, role }: { merchantId: string; role: TillRole },
  ) {
    this.#world = world
    this.#merchantId = merchantId
    this.#role = role
    this.#openedAt = world.backend.now()
    this.tab = { phone, storage: phone.storage, promised: new Set(), photos: new Set() }
  }

  static async join(world: World, given: { merchantId: string; role: TillRole }): Promise<Counter> {
    const phone = await world.newPhone().open()
    const counter = new Counter(world, phone, given)
    await counter.#comeIn()
    return counter
  }

  get phone(): Phone {
    return this.tab.phone
  }

  get branch(): AccountId {
    return this.phone.profile.ledgerId as AccountId
  }

  async #comeIn(): Promise<void> {
    const name = this.#role === 'manager' ? '店长' : '一号台'
    await this.phone.joinTill(this.#world.backend, { merchantId: this.#merchantId, role: this.#role, name })
  }

  async #ask(kind: 'voucher.accept' | 'voucher.refund', body: CommandBodies[typeof kind]): Promise<string> {
    const { context } = this.phone.use()
    const id = this.#world.newId() as CommandId
    await enqueue(context.db, { id, kind, at: context.now(), body } as Parameters<typeof enqueue>[1])
    this.tab.promised.add(id)
    return id
  }

  /** By its code or its number; the till's person may look at the screen or not. */
  async accept(voucher: ShownVoucher, byNumber: boolean): Promise<string> {
    const acceptedAt = this.phone.use().context.now()
    const shown = byNumber ? { code: voucher.code } : { token: voucher.token }
    const id = await this.#ask('voucher.accept', { ...shown, acceptedAt })
    const now = this.#world.backend.now()
    const { counts, restores } = this.#world
    // A restored backend may have forgotten that an older one was given back, and its list with it.
    const isKnown = voucher.issuedAt > this.#world.restoredAt
    const isTold = this.#status !== undefined && now < this.#status.at + STATUS_MAX_AGE_MS
    if (this.#status && isTold && isKnown && !this.#status.ended.has(voucher.id) && now < voucher.expiresAt) {
      const tellBy = this.#status.at + SETTLEMENT_WINDOW_MS
      this.#honest.set(id, { voucherId: voucher.id, tellBy, restores })
      counts.acceptedByTheScreen++
    }
    return id
  }

  refund(acceptanceId: string): Promise<string> {
    return this.#ask('voucher.refund', { acceptanceId: acceptanceId as CommandId, note: '退货' })
  }

  async sync(): Promise<void> {
    await this.#openAnew()
    try {
      await this.phone.use().sync()
    } catch (error) {
      if (!isProblem(error, 'not_signed_in')) throw error
      await this.#world.calmly(() => this.#comeIn())
      this.#world.counts.signedInAgain++
      return
    }
    const { backend } = this.#world
    const at = backend.now()
    const place = { merchantId: this.#merchantId, accountId: this.branch, now: at }
    this.#status = { at, ended: new Set(await readEnded(backend.db, place)) }
    await this.#checkHonest()
  }

  /** No page is open for years. */
  async #openAnew(): Promise<void> {
    const now = this.#world.backend.now()
    if (now < this.#openedAt + PAGE_AGE_MAX_MS) return
    this.#openedAt = now
    await this.phone.reopen()
  }

  /** What has its record by now: refused in time only because somebody else was first, also of a holder who is gone. */
  async #checkHonest(): Promise<void> {
    const { db } = this.phone.use()
    const restores = this.#world.restores
    for (const [id, given] of this.#honest) {
      const entry = await db.entries.where('id').equals(id).first()
      if (!entry) continue
      this.#honest.delete(id)
      if (given.restores !== restores || entry.postedAt >= given.tellBy) continue
      this.#world.counts.toldInTime++
      if (entry.outcome === 'accepted' || (await this.#isExcused(given.voucherId))) continue
      throw new BrokenInvariant(`the acceptance ${id} obeyed its screen, was told in time, and is not paid`)
    }
  }

  async #isExcused(voucherId: string): Promise<boolean> {
    const rows = await this.#world.backend.db.query(
      `select command_id from records /* all accounts */ where command_id = $2
        union all select command_id from awaited_settlements /* all accounts */ where voucher_id = $1`,
      [voucherId, `voucher.settle:${voucherId}`],
    )
    return rows.length > 0
  }
}
