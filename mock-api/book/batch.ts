/** One attempt at a batch: each command decided upon the account as the ones before it left it, with what that sets going beside it. */

import type { CommandId, OfferId } from '../../src/domain/base/ids.ts'
import type { Reason } from '../../src/domain/base/reason.ts'
import { mayAct, maySend, ownerOf } from '../../src/domain/ledger/actor.ts'
import type { Command, CommandOf } from '../../src/domain/ledger/command.ts'
import { decide, needsToDecide } from '../../src/domain/ledger/decide.ts'
import { type Decision, refuse, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { plainCode } from '../../src/domain/taking-part/occurrence.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import { toldOccurrencesOf } from '../feeds/events.ts'
import { wishedPlantingDays } from '../feeds/planting.ts'
import type { CrossingKey, CrossingRow } from '../storage/crossings.ts'
import type { Queryable } from '../storage/db.ts'
import type { OccurrenceRow } from '../storage/occurrences.ts'
import { readOffers } from '../storage/offers.ts'
import type { KnownCommand } from '../storage/records.ts'
import { lookUp } from '../storage/state.ts'
import type { StockReturn } from '../storage/stock-returns.ts'
import { type Around, type Findings, findingsOf, lookAround, type Sender } from '../verify/findings.ts'
import { recordedElsewhere } from '../verify/recorded-elsewhere.ts'
import { BatchTracks } from './batch-tracks.ts'
import { breathe } from './breathe.ts'
import { donate } from './donate.ts'
import { grantVoucher } from './grant-voucher.ts'
import { findIdleAct, type IdleActs, readIdleActs } from './idle-acts.ts'
import { givingBack, throughPlaces } from './planting-places.ts'
import type { ReadCommand } from './read-commands.ts'
import { decideRefund } from './refund.ts'
import type { SetAside } from './set-aside.ts'
import { decideAcceptance } from './settle.ts'
import { claimPiece } from './stock.ts'
import { draftDueSteps } from './sweep-account.ts'
import { throughDraw } from './through-draw.ts'
import { helperOf } from './who-acts.ts'
import { draft, type Writing } from './writing.ts'

export type ValidCommand = Extract<ReadCommand, { text: string }>

/** What is new of a batch. `burst`: found of its device, before any attempt. */
interface Fresh {
  readonly commands: readonly ValidCommand[]
  readonly known: ReadonlyMap<string, KnownCommand>
  readonly burst: Reason | undefined
  readonly around: Around
}

/** What becomes of one command, and what that sets going in another account. */
interface Decided {
  readonly decision: Decision
  readonly detail?: Partial<RecordDetail>
  readonly crossing?: CrossingRow
  /** A piece that goes back to its stock. */
  readonly stockReturn?: StockReturn
}

export class Batch {
  /** Crossings that records of this batch follow. */
  readonly followed: CrossingKey[] = []
  /** What the acts of this attempt stand on. */
  readonly tracks: BatchTracks
  readonly #deps: Deps
  readonly #sender: Sender
  readonly #made: SetAside
  #offers: ReadonlyMap<OfferId, Offer> = new Map()
  #findings: Findings = new Map()
  #elsewhere: ReadonlySet<CommandId> = new Set()
  #occurrences: ReadonlyMap<string, OccurrenceRow> = new Map()
  #idleActs: IdleActs = new Map()
  #providers: ReadonlyMap<string, unknown> = new Map()
  #plantingDays: ReadonlyMap<string, PlantingDay> = new Map()
  #known: ReadonlyMap<string, KnownCommand> = new Map()
  /** Whether the account is a shop's: known once it is written. */
  isShop = false

  constructor(deps: Deps, sender: Sender, made: SetAside) {
    this.#deps = deps
    this.#sender = sender
    this.#made = made
    this.tracks = new BatchTracks(deps, sender.accountId, made)
  }

  /** What is due by now, then what nearly every batch has to know: asked for at the same moment, by `db`. */
  async prepare(
    db: Queryable,
    writing: Writing,
    commands: readonly ValidCommand[],
  ): Promise<Around | undefined> {
    if (commands.length === 0) return undefined // a pull writes nothing, not even what is due
    draftDueSteps(writing)
    const all = commands.map(({ command }) => command)
    const foreknown = { now: writing.at, pack: this.#packFor(writing), exchange: this.#sender.exchange }
    const [around] = await Promise.all([
      lookAround(this.#deps, all, { sender: this.#sender, db }),
      lookUp(db, writing, needsToDecide(all, foreknown)),
    ])
    return around
  }

  /** Once it is prepared. */
  async write(writing: Writing, { commands, known, burst, around }: Fresh): Promise<void> {
    this.#known = known
    this.isShop = writing.account.kind === 'merchant'
    const all = commands.map(({ command }) => command)
    this.#elsewhere = await recordedElsewhere(this.#deps, all, this.#sender)
    this.#findings = findingsOf(all, around, burst)
    if (all.some(({ kind }) => kind === 'voucher.redeem' || kind === 'draw.enter')) {
      this.#offers = new Map(
        (await readOffers(this.#deps.db, this.#deps.config)).map((offer) => [offer.id, offer]),
      )
    }
    this.#occurrences = await this.#occurrencesOf(all)
    this.#plantingDays = await wishedPlantingDays(this.#deps, all)
    if (all.some(({ kind }) => kind === 'consent.give')) this.#providers = await this.#deps.providers.all()
    this.#idleActs = await readIdleActs(this.#deps.db, writing, all)
    for (const [place, each] of commands.entries()) {
      await this.#writeOne(writing, each)
      await breathe(place + 1)
    }
    await this.tracks.claim()
  }

  async #occurrencesOf(commands: readonly Command[]): Promise<ReadonlyMap<string, OccurrenceRow>> {
    const ids = commands.flatMap(({ kind, body }) => (kind === 'event.check-in' ? [body.occurrenceId] : []))
    return ids.length === 0 ? new Map() : toldOccurrencesOf(this.#deps, ids)
  }

  async #writeOne(writing: Writing, { command, text, digest }: ValidCommand): Promise<void> {
    const { helperId, till: device } = this.#sender
    const helper = helperId && helperOf(writing.ledger, helperId)
    const till = device && { id: device.id, name: device.name }
    const by = helper ? 'helper' : (device?.role ?? ownerOf(writing.account.kind))
    const base = { by, helper, till, kind: command.kind, id: command.id, commandDigest: digest }
    const decided: 'waiting' | Decided =
      maySend(by, command.kind) && mayAct(by, writing.account.kind)
        ? await this.#decideOne(writing, command, text)
        : { decision: refuse('kind_not_for_account') }
    if (decided === 'waiting') return
    const { decision, detail, crossing, stockReturn } = decided
    draft(writing, {
      ...base,
      outcome: decision.outcome,
      transfers: decision.transfers,
      detail: {
        command: text,
        ...toldOf(decision),
        ...detail,
      },
      ...(crossing ? { crossing } : {}),
      ...(stockReturn ? { stockReturn } : {}),
    })
  }

  async #decideOne(writing: Writing, command: Command, text: string): Promise<'waiting' | Decided> {
    if (command.kind === 'voucher.accept') {
      const merchant = { account: writing.account, at: writing.at, sender: this.#sender }
      const decided = await decideAcceptance(this.#deps, { command, text, merchant })
      if (decided === 'waiting') return decided
      const { decision, detail, follows } = decided
      if (follows) this.followed.push(follows)
      return { decision, ...(detail ? { detail } : {}) }
    }
    if (command.kind === 'voucher.refund') return decideRefund(this.#deps, writing, command)
    if (this.#elsewhere.has(command.id) && command.kind !== 'activity.record')
      return { decision: refuse('command_elsewhere') }
    // A shop was paid for it while a restored backend did not know it: it is not paid for again.
    if (this.#known.has(settleIdOf(command.id))) return { decision: refuse('voucher_ended') }
    const world = this.#worldFor(writing, command.id)
    const decision = decide(command, writing.ledger, world)
    if (command.kind === 'activity.record')
      return { decision: await this.tracks.decide(writing, { command, decision, world }) }
    const { accountId } = this.#sender
    const { ledger } = writing
    if (command.kind === 'draw.enter' || command.kind === 'draw.leave') {
      const wish = { accountId, ledger, command, decision, world }
      return { decision: await throughDraw(this.#deps, this.#made, wish) }
    }
    if (command.kind === 'planting.join') {
      const wish = { accountId, ledger, command, decision, world }
      return { decision: await throughPlaces(this.#deps, this.#made, wish) }
    }
    if (command.kind === 'planting.leave') return givingBack(decision, { accountId, ledger })
    if (command.kind !== 'voucher.redeem' || !decision.voucher) return { decision }
    return this.#redeem(writing, { command, decision, world })
  }

  #packFor({ account, at }: Writing): Pack {
    return packInForce(account.city, at, this.#deps.packs)
  }

  #worldFor(writing: Writing, id: CommandId): World {
    return {
      now: writing.at,
      pack: this.#packFor(writing),
      offer: (offerId) => this.#offers.get(offerId),
      isQuestion: (id) => this.#deps.questionIds.has(id),
      isProvider: (id) => this.#providers.has(id),
      plantingDay: (id) => this.#plantingDays.get(id),
      occurrence: (id, code) => {
        const row = this.#occurrences.get(id)
        return row && { event: row.event, isCode: row.code !== null && row.code === plainCode(code) }
      },
      idleAct: (activityId) => findIdleAct(writing, this.#idleActs, activityId),
      findings: [
        ...(this.#elsewhere.has(id) ? [{ code: 'recorded_elsewhere' as const }] : []),
        ...(this.#findings.get(id) ?? []),
      ],
      exchange: this.#sender.exchange,
      ...(this.#sender.helperId ? { helper: this.#sender.helperId } : {}),
    }
  }

  /** What the ledger grants still has to be there: a piece is claimed before it is promised. */
  async #redeem(
    writing: Writing,
    wish: { command: CommandOf<'voucher.redeem'>; decision: Decision; world: World },
  ): Promise<Decided> {
    const { command, decision, world } = wish
    const offer = this.#offers.get(command.body.offerId) as Offer
    const shortage = await claimPiece(this.#deps, {
      offer,
      accountId: this.#sender.accountId,
      voucherId: command.id,
    })
    if (shortage) return { decision: decide(command, writing.ledger, { ...world, stock: () => shortage }) }
    const { accountId } = this.#sender
    const before = this.#made.claims.get(command.id)
    const claim = { offerId: offer.id, accountId, voucherId: command.id }
    this.#made.claims.set(command.id, { ...before, ...claim })
    const { voucher } = decision
    if (!voucher) throw new Error('a granted redemption has a voucher')
    const { number, ...granted } = await grantVoucher(this.#deps, { ...claim, voucher }, before?.number)
    this.#made.claims.set(command.id, { ...claim, number })
    if (offer.category !== 'donation') return { decision, detail: granted }
    const donated = await donate(this.#deps, writing, { voucherId: command.id, offer })
    return { decision, detail: { ...granted, ...donated.detail }, crossing: donated.crossing }
  }
}
