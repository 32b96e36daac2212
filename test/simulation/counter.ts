/**
 * A device at a shop's counter, and what its screen says by the till's own verdict, also with a clock that is wrong or was set meanwhile. Whoever
 * obeyed that, and told before the hour that the screen showed, is paid.
 */
import { readEnded } from '../../mock-api/storage/voucher-ends.ts'
import { makeCommand } from '../../src/actions/make-command.ts'
import { enqueue } from '../../src/db/outbox.ts'
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, type Instant } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { TillRole } from '../../src/domain/ledger/till.ts'
import { type TillClock, tillTime } from '../../src/domain/till/till-clock.ts'
import { verdictOf } from '../../src/domain/till/verdict.ts'
import type { Phone } from '../support/phone.ts'
import { BrokenInvariant } from './checks.ts'
import type { Tab } from './tabs.ts'
import { isProblem, type World } from './world.ts'

const PAGE_AGE_MAX_MS = 366 * 24 * HOUR_MS

export interface ShownVoucher {
  readonly id: string
  readonly token: string
  readonly code: string
  readonly offerId: string
  readonly offerVersion: number
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
  /** Of the last exchange. */
  #clock: Pick<TillClock, 'offset' | 'heardAt' | 'seenAt'> = { offset: 0 }

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

  async #ask(command: Command): Promise<string> {
    await enqueue(this.phone.use().db, command)
    this.tab.promised.add(command.id)
    return command.id
  }

  /** By its code or its number; the till's person may look at the screen or not. */
  async accept(voucher: ShownVoucher, byNumber: boolean): Promise<string> {
    await this.#openAnew()
    const acceptedAt = this.phone.use().context.now()
    const shown = byNumber ? { code: voucher.code } : { token: voucher.token }
    const { context } = this.phone.use()
    const id = await this.#ask(makeCommand(context, 'voucher.accept', { ...shown, acceptedAt }))
    const { counts, restores } = this.#world
    const tellBy = this.#mayAccept(voucher)
    // A restored backend may have forgotten that an older one was given back, and its list with it.
    const isKnown = voucher.issuedAt > this.#world.restoredAt
    if (tellBy !== undefined && isKnown) {
      this.#honest.set(id, { voucherId: voucher.id, tellBy, restores })
      counts.acceptedByTheScreen++
    }
    return id
  }

  /** Until when it has to be told, where the screen says yes. */
  #mayAccept({
    id: voucherId,
    offerId,
    offerVersion: version,
    expiresAt,
  }: ShownVoucher): Instant | undefined {
    const clock = { ...this.#clock, device: this.phone.context.now() }
    const now = tillTime(clock)
    if (now !== undefined) this.#clock = { ...this.#clock, seenAt: Math.max(now, this.#clock.seenAt ?? now) }
    const words = { titleZh: '', titleEn: '', termsZh: '', termsEn: '', category: 'food' } as const
    const status = this.#status && {
      ...this.#status,
      offers: [{ n: 1, id: offerId, version, valueFen: 10, ...words }],
    }
    const verdict = verdictOf({ from: 'code', voucherId, offerId, version, expiresAt }, { clock, status })
    if (verdict.kind === 'cannot_check' && verdict.why === 'clock') this.#world.counts.clockRefused++
    return verdict.kind === 'accept' ? verdict.connectBy : undefined
  }

  refund(acceptanceId: string): Promise<string> {
    const body = { acceptanceId: acceptanceId as CommandId, note: '退货' }
    return this.#ask(makeCommand(this.phone.use().context, 'voucher.refund', body))
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
    this.#clock = { offset: at - this.phone.context.now(), heardAt: at }
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
