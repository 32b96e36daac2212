/**
 * Several phones of one person, the real backend in process, and a rough network, under one seed. After every step: what a phone recorded is in
 * its outbox or in its journal. At the end, when the network is well again: every phone equals the backend, and nothing was lost or doubled.
 */

import { audit } from '../../mock-api/book/audit.ts'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { cancelVoucher } from '../../src/actions/cancel-voucher.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import type { TailAnswer } from '../../src/contract/tail.ts'
import { rebuild } from '../../src/db/journal.ts'
import type { ActivityId, VoucherId } from '../../src/domain/ids.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import type { Offer } from '../../src/domain/offer.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { SyncProblem } from '../../src/sync/transport.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { TEST_START } from '../support/clock.ts'
import type { Snapshot } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'
import type { Storage as PhoneStorage } from '../support/phone.ts'
import { Crash, Phone } from '../support/phone.ts'
import { type Random, randomOf } from '../support/random.ts'
import { copyOfDevice, derivedOf, journalOfBackend } from '../support/same-ledger.ts'
import { befall, type Hardships, NO_HARDSHIPS, type SkewedClock } from './hardships.ts'
import { Network, NO_FAULTS, ROUGH } from './network.ts'
import { deriveAgain, forgetWhatIsSent, reserialise, type Sabotage, withoutARecord } from './sabotage.ts'
import { announceEvent, takePart } from './take-part.ts'

const HOUR = 3600_000
const NUMBER = '13800000042'

export interface Report {
  readonly steps: number
  readonly recorded: number
  readonly records: number
  readonly crashes: number
  readonly forks: number
  /** Tails that the backend took over word for word, and such that it decided as of their time. */
  readonly taken: number
  readonly replayed: number
  readonly vouchers: number
  readonly hardships: Hardships
  readonly network: Network['counts']
}

export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

export async function simulate(
  seed: number,
  options: { steps?: number; sabotage?: Sabotage; hardships?: boolean } = {},
): Promise<Report> {
  const simulation = new Simulation(seed, options)
  await simulation.start()
  try {
    for (let i = 0; i < (options.steps ?? 60); i++) {
      await simulation.step()
      await simulation.checkNothingLost()
    }
    await simulation.heal()
    return await simulation.checkAllEqual()
  } finally {
    await simulation.end()
  }
}

/** One tab of one phone; two tabs share a storage and what was recorded there. */
interface Tab {
  phone: Phone
  readonly storage: PhoneStorage
  /** Ids that this storage promised to keep. */
  readonly promised: Set<string>
  /** Nominations with a photo that were made in this storage. */
  readonly photos: Set<string>
}

class Simulation {
  /** What people do. Apart from the network's dice and the ids, whose order depends on who is faster when several sync at once. */
  readonly #random: Random
  readonly #networkRandom: Random
  readonly #idRandom: Random
  readonly #sabotage: Sabotage | undefined
  readonly #tabs: Tab[] = []
  #backend!: Backend
  #network!: Network
  #offers: readonly Offer[] = []
  #backup: Snapshot | undefined
  #steps = 0
  #crashes = 0
  #forks = 0
  #taken = 0
  #replayed = 0

  /** Each storage's phone has its own clock, which is right unless a hardship says otherwise. */
  readonly #clocks = new Map<PhoneStorage, SkewedClock>()
  readonly #hardshipRandom: Random
  readonly #hasHardships: boolean
  readonly #hardships: Hardships = { ...NO_HARDSHIPS }

  constructor(seed: number, { sabotage, hardships = false }: { sabotage?: Sabotage; hardships?: boolean }) {
    this.#hardshipRandom = randomOf(seed + 3_000_003)
    this.#hasHardships = hardships
    this.#random = randomOf(seed)
    this.#networkRandom = randomOf(seed + 1_000_003)
    this.#idRandom = randomOf(seed + 2_000_003)
    this.#sabotage = sabotage
  }

  async start(): Promise<void> {
    const many = { name: 'many', max: 1_000_000, windowMs: 1000 }
    const limits = {
      codesPerMinute: many,
      codesPerHour: many,
      codesPerDay: many,
      strangersCodesPerHour: many,
      strangersCodesPerDay: many,
      codesPerAddress: many,
      signInsPerAddress: many,
      syncsPerSession: many,
    }
    this.#backend = await startBackend({ now: TEST_START, seed: this.#random.below(2 ** 31), limits })
    await announceEvent(this.#backend)
    this.#network = new Network((request) => this.#backend.fetch(request), this.#networkRandom)
    for (let i = 0; i < 3; i++) {
      // The third tab is a second one of the first phone.
      const first = this.#tabs[0]
      const tab: Tab = i === 2 && first ? { ...first, phone: this.#phone(first.storage) } : this.#newTab()
      await tab.phone.open()
      this.#tabs.push(tab)
    }
    await this.#signInAll()
    const [tab] = this.#tabs
    if (tab)
      this.#offers = (await createBackendApi(tab.phone.transport).offers()).offers.map(
        (row) => row.offer as Offer,
      )
    this.#network.faults = ROUGH
  }

  #newTab(): Tab {
    const phone = this.#phone()
    return { phone, storage: phone.storage, promised: new Set(), photos: new Set() }
  }

  #phone(storage?: PhoneStorage): Phone {
    const send = async (request: Request): Promise<Response> => {
      const isSync = request.url.endsWith('/sync')
      if (isSync && this.#sabotage === 'drop a receipt') await forgetWhatIsSent(phone, request)
      const response = await this.#network.send(request)
      if (request.url.endsWith('/tail') && response.ok) await this.#checkHandedIn(phone, response.clone())
      return isSync && response.ok && this.#sabotage === 'skip a record' ? withoutARecord(response) : response
    }
    const clock = (storage && this.#clocks.get(storage)) ?? { offMs: 0 }
    const phone = new Phone({
      ...(storage ? { storage } : {}),
      now: () => this.#backend.now() + clock.offMs,
      uptime: () => this.#backend.now(),
      newId: () => uuidFrom(this.#idRandom),
      send,
    })
    this.#clocks.set(phone.storage, clock)
    return phone
  }

  /** Where a tail continued the backend's history, nothing of it was decided anew. */
  async #checkHandedIn(phone: Phone, response: Response): Promise<void> {
    const { state } = (await response.json()) as TailAnswer
    if (state === 'refused') throw new BrokenInvariant('an honest tail was refused')
    if (state === 'replayed') this.#replayed++
    if (state !== 'taken') return
    this.#taken++
    const { journal } = await copyOfDevice(phone.use().db)
    const theirs = await journalOfBackend(this.#backend, phone.profile.ledgerId)
    expectEqual(theirs.slice(0, journal.length), journal, 'a tail and what was taken over of it')
  }

  /** The first phone begins as a guest, with records, and its second tab is open meanwhile. */
  async #signInAll(): Promise<void> {
    for (const [i, tab] of this.#tabs.entries()) {
      if (i === 2) await tab.phone.reopen()
      else {
        for (let n = this.#random.below(4); n > 0; n--) await this.#record(tab)
        await tab.phone.signIn(NUMBER)
      }
    }
  }

  async step(): Promise<void> {
    this.#steps++
    if (this.#hasHardships && this.#hardshipRandom.below(3) === 0)
      await befall(this.#backend, {
        random: this.#hardshipRandom,
        clocks: [...this.#clocks.values()],
        counts: this.#hardships,
      })
    const tab = this.#random.pick(this.#tabs)
    const dice = this.#random.below(100)
    await tab.phone.use()
    try {
      if (dice < 24) await this.#record(tab)
      else if (dice < 30) await this.#takePart(tab)
      else if (dice < 36) await this.#changeMind(tab)
      else if (dice < 42) await this.#spend(tab)
      else if (dice < 68) await this.#sync(tab)
      else if (dice < 75) await this.#syncTogether()
      else if (dice < 81) await this.#time()
      else if (dice < 85) await this.#crash(tab)
      else if (dice < 88) await this.#upgrade(tab)
      else if (dice < 92) this.#backup = await this.#backend.snapshot()
      else if (dice < 97) await this.#restoreBackend()
      else await this.#backend.restore(await this.#backend.snapshot()) // a restart
    } catch (error) {
      if (error instanceof SyncProblem) return // the network was rough: nothing to do
      if (!isCrash(error)) throw error
      this.#crashes++
      await tab.phone.reopen()
    }
  }

  async #record(tab: Tab): Promise<void> {
    const now = tab.phone.context.now()
    const ago = this.#random.below(40 * 24) * HOUR
    const kinds = [
      () =>
        claim({ startedAt: now - ago, quantity: { value: 300 + this.#random.below(9000), unit: 'metre' } }),
      () => trackedRide(now - ago - HOUR),
      () =>
        claim({
          code: 'bus',
          startedAt: now - ago,
          quantity: { value: this.#random.below(80_000), unit: 'metre' },
        }),
      () =>
        claim({
          code: 'clean-plate',
          startedAt: now - ago,
          quantity: { value: 1 + this.#random.below(4), unit: 'count' },
        }),
      () =>
        claim({
          code: 'own-bag',
          startedAt: now - ago,
          quantity: { value: 1, unit: 'count' },
          note: '菜市场',
        }),
    ]
    tab.promised.add(await recordActivity(tab.phone.context, this.#random.pick(kinds)()))
  }

  /** A question answered, an event, a word to the city, perhaps with a photo. */
  async #takePart(tab: Tab): Promise<void> {
    const { id, hasPhoto } = await takePart(tab.phone.context, this.#backend, this.#random)
    tab.promised.add(id)
    if (hasPhoto) tab.photos.add(id)
  }

  async #changeMind(tab: Tab): Promise<void> {
    const activityId = this.#random.pick([...tab.promised, uuidFrom(this.#idRandom)]) as ActivityId
    if (this.#random.below(2)) {
      tab.promised.add(await appealActivity(tab.phone.context, { activityId, note: '请再看一次' }))
      return
    }
    const result = await undoActivity(tab.phone.context, activityId)
    if (result !== 'forgotten') return
    tab.promised.delete(activityId)
    tab.photos.delete(activityId)
  }

  async #spend(tab: Tab): Promise<void> {
    const vouchers = await tab.phone.db.vouchers.where('state').equals('active').primaryKeys()
    if (vouchers.length > 0 && this.#random.below(3) === 0)
      await cancelVoucher(tab.phone.context, this.#random.pick(vouchers) as VoucherId)
    else tab.promised.add(await redeemOffer(tab.phone.context, this.#random.pick(this.#offers)))
  }

  async #sync(tab: Tab): Promise<void> {
    if (this.#random.below(4) === 0) tab.phone.crashAfter(this.#random.below(40))
    const before = await tab.phone.db.meta.get('forkNotice')
    await tab.phone.sync().finally(() => tab.phone.crashAfter(Number.POSITIVE_INFINITY))
    const after = await tab.phone.db.meta.get('forkNotice')
    if (JSON.stringify(before) !== JSON.stringify(after)) this.#forks++
    if (this.#sabotage === 'apply twice') await deriveAgain(tab.phone)
  }

  /** Both tabs of the first phone and the second phone at once. */
  async #syncTogether(): Promise<void> {
    await Promise.allSettled(this.#tabs.map((tab) => tab.phone.sync()))
  }

  async #time(): Promise<void> {
    this.#backend.now.advance(this.#random.pick([HOUR, 5 * HOUR, 30 * HOUR, 100 * HOUR]))
    if (this.#random.below(2)) await this.#backend.sweep()
  }

  async #crash(tab: Tab): Promise<void> {
    this.#crashes++
    await tab.phone.reopen()
  }

  async #upgrade(tab: Tab): Promise<void> {
    if (this.#sabotage === 're-serialise the outbox') await reserialise(tab.phone)
    await tab.phone.upgrade()
  }

  async #restoreBackend(): Promise<void> {
    if (!this.#backup) return
    // Not every operator says so.
    if (this.#random.below(2)) await this.#backend.restore(this.#backup)
    else await this.#backend.restoreAsSaid(this.#backup)
  }

  /** What a phone recorded is in its outbox or in its journal, at every instant. */
  async checkNothingLost(): Promise<void> {
    for (const { phone, promised, photos } of this.#tabs) {
      phone.use()
      const held = new Set((await phone.db.photos.toCollection().primaryKeys()) as string[])
      for (const id of photos)
        if (!held.has(id)) throw new BrokenInvariant(`step ${this.#steps}: the photo of ${id} is gone`)
      const kept = new Set<string>([
        ...((await phone.db.outbox.orderBy('id').keys()) as string[]),
        ...((await phone.db.journal.orderBy('id').keys()) as string[]),
      ])
      for (const id of promised)
        if (!kept.has(id))
          throw new BrokenInvariant(`step ${this.#steps}: ${id} is neither in the outbox nor in the journal`)
    }
  }

  /** The network is well, everyone syncs until there is nothing left to say. */
  async heal(): Promise<void> {
    this.#network.faults = NO_FAULTS
    await this.#network.deliverLate()
    await this.#backend.sweep()
    for (let round = 0; round < 3; round++) {
      for (const { phone } of this.#tabs) {
        const result = await phone.sync()
        if (result.state === 'faulty') throw new BrokenInvariant(`a page does not fit: ${result.fault}`)
      }
    }
  }

  async checkAllEqual(): Promise<Report> {
    const [first] = this.#tabs
    if (!first) throw new Error('no phone')
    const journal = await journalOfBackend(this.#backend, first.phone.profile.ledgerId)
    const reference = await copyOfDevice(first.phone.db)
    for (const { phone } of this.#tabs) {
      const copy = await copyOfDevice(phone.db)
      expectEqual(copy.journal, journal, 'a phone’s journal and the backend’s')
      expectEqual(copy.derived, reference.derived, 'derived rows of two phones')
      const unsent = await phone.db.photos.where('state').equals('waiting').first()
      if (unsent && (await isAccepted(phone, unsent.id)))
        throw new BrokenInvariant(`the photo of ${unsent.id} never left`)
      const [left] = await phone.db.outbox.toArray()
      if (left) throw new BrokenInvariant(`an outbox is not empty: ${JSON.stringify(left)}`)
      const kept = await derivedOf(phone.db)
      await rebuild(phone.db, groupOfCode)
      expectEqual(await derivedOf(phone.db), kept, 'rows made anew and rows kept step by step')
    }
    const ids = journal.map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { id: string }).id)
    if (new Set(ids).size !== ids.length) throw new BrokenInvariant('a command stands twice in the journal')
    for (const { promised } of this.#tabs)
      for (const id of promised) if (!ids.includes(id)) throw new BrokenInvariant(`${id} never arrived`)
    const finding = await audit(this.#backend.db)
    if (finding.fault) throw new BrokenInvariant(`audit: ${finding.fault}`)
    return {
      steps: this.#steps,
      recorded: new Set(this.#tabs.flatMap((tab) => [...tab.promised])).size,
      records: journal.length,
      crashes: this.#crashes,
      forks: this.#forks,
      taken: this.#taken,
      replayed: this.#replayed,
      vouchers: await first.phone.db.vouchers.count(),
      hardships: this.#hardships,
      network: this.#network.counts,
    }
  }

  async end(): Promise<void> {
    for (const { phone } of this.#tabs) phone.close()
    await this.#backend.close()
  }
}

async function isAccepted(phone: Phone, id: string): Promise<boolean> {
  return (await phone.db.entries.where('id').equals(id).first())?.outcome === 'accepted'
}

function expectEqual(a: unknown, b: unknown, what: string): void {
  if (JSON.stringify(a) !== JSON.stringify(b)) throw new BrokenInvariant(`${what} differ`)
}

/** Dexie wraps what its middleware throws. */
function isCrash(error: unknown): boolean {
  for (
    let each: unknown = error;
    each;
    each = (each as { inner?: unknown }).inner ?? (each as { cause?: unknown }).cause
  ) {
    if (each instanceof Crash || (each as Error).name === 'Crash') return true
    if (String((each as Error).message).includes('Crash')) return true
  }
  return false
}
