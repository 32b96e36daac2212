/** What all actors of one run share: the backend, the rough network, the dice, the phones' clocks, the backup, and what is only entrusted to the backend. */
import { applyTombstones } from '../../mock-api/book/tombstone.ts'
import { insertDeleted } from '../../mock-api/storage/accounts.ts'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { SyncProblem } from '../../src/sync/transport.ts'
import type { Backend } from '../support/backend.ts'
import type { Snapshot } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'
import { Phone, type Storage } from '../support/phone.ts'
import { type Random, randomOf } from '../support/random.ts'
import { atRest, keysIn, rowIdsIn } from './at-rest.ts'
import { type Counts, noCounts } from './counts.ts'
import type { Gate } from './gate.ts'
import { Network, NO_FAULTS } from './network.ts'
import type { SkewedClock } from './operators.ts'
import type { PlantingCounts } from './planting.ts'
import type { Sabotage } from './sabotage.ts'

/** What is older is of no use to anybody, and the keys in it are about to end. */
const BACKUP_AGE_MAX_MS = 300 * DAY_MS

/** One kind of trouble, with dice of its own. */
export interface Room {
  /** In so many of a hundred steps something of it happens. */
  readonly often: number
  readonly dice: Random
  befall(): Promise<void>
  /** What it promised is still kept. */
  check?(): Promise<void>
  /** The network is well again: everyone says what is left to say. */
  heal?(): Promise<void>
  verify?(): Promise<void>
  close?(): void
}

export class World {
  readonly seed: number
  readonly sabotage: Sabotage | undefined
  /** What people do. Apart from the network's dice and the ids, whose order depends on who is faster when several sync at once. */
  readonly random: Random
  readonly #networkRandom: Random
  readonly #idRandom: Random
  readonly counts: Counts = noCounts()
  /** Where that room is open. */
  planting: PlantingCounts | undefined
  /** Each storage's phone has its own clock, which is right unless a hardship says otherwise. */
  readonly clocks = new Map<Storage, SkewedClock>()
  /** What phones have let go because the backend had it: kept, unless a restored backup lacks it and no other phone has it. */
  /** Accounts of people who may be younger than the backup, and such as were given up. */
  readonly accounts = new Set<AccountId>()
  readonly gone = new Set<string>()
  readonly entrusted = new Set<string>()
  /** Looked at with every answer to a sync. */
  readonly watch: ((phone: Phone, request: Request, response: Response) => Promise<void>)[] = []
  /** Answers to the next sync of a phone that are kept back. */
  readonly gates = new Map<Phone, Gate>()
  backend!: Backend
  network!: Network
  offers: readonly Offer[] = []
  #backup: { readonly rows: Snapshot; readonly at: Instant } | undefined
  step = 0
  /** What anybody did: one a step of a person, and one of each room that came. */
  acts = 0
  /** What the backend wrote into its log as an error: nothing here is one, whatever the network does. */
  readonly errors: string[] = []
  /** How often a backup was put back. */
  restores = 0
  restoredAt: Instant = 0
  /** Vouchers that had ended in a history which a backup then took the place of. */
  readonly endedBefore = new Set<string>()

  constructor(seed: number, sabotage: Sabotage | undefined) {
    this.seed = seed
    this.sabotage = sabotage
    this.random = randomOf(seed)
    this.#networkRandom = randomOf(seed + 1_000_003)
    this.#idRandom = randomOf(seed + 2_000_003)
  }

  open(backend: Backend): void {
    this.backend = backend
    this.network = new Network((request) => this.backend.fetch(request), this.#networkRandom)
  }

  readonly newId = (): string => uuidFrom(this.#idRandom)

  newPhone(
    storage?: Storage,
    through: (phone: Phone, request: Request) => Promise<Response> = (_, r) => this.network.send(r),
  ): Phone {
    const clock = (storage && this.clocks.get(storage)) ?? { offMs: 0 }
    const phone: Phone = new Phone({
      ...(storage ? { storage } : {}),
      now: () => this.backend.now() + clock.offMs,
      uptime: () => this.backend.now(),
      newId: this.newId,
      send: (request) => through(phone, request),
    })
    this.clocks.set(phone.storage, clock)
    return phone
  }

  /** Some things people only do where there is a network. */
  async calmly<T>(work: () => Promise<T>): Promise<T> {
    const { faults } = this.network
    this.network.faults = NO_FAULTS
    try {
      return await work()
    } finally {
      this.network.faults = faults
    }
  }

  async keepBackup(): Promise<void> {
    this.#backup = { rows: await this.backend.snapshot(), at: this.backend.now() }
  }

  async restore(dice: Random, everyStartIsWhole: boolean): Promise<void> {
    if (!this.#backup || this.backend.now() - this.#backup.at > BACKUP_AGE_MAX_MS) return
    // It would excuse what these bugs do.
    if (/^a (draw|planting) /.test(this.sabotage ?? '')) return
    await this.#rememberEnds()
    this.restores++
    this.restoredAt = this.backend.now()
    // Not every operator says so.
    if (dice.below(2)) await this.backend.restore(this.#backup.rows)
    else await this.backend.restoreAsSaid(this.#backup.rows)
    if (!everyStartIsWhole) return
    this.counts.deletedAgain += await this.#standAgain()
    if (this.sabotage !== 'start without tombstones') await applyTombstones(this.backend.deps)
    if (this.sabotage === 'take the unknown for deleted')
      for (const id of this.accounts) await insertDeleted(this.backend.db, id, this.backend.now())
    await this.forgive()
  }

  async #rememberEnds(): Promise<void> {
    const rows = await this.backend.db.query<{ voucherId: string }>(
      `select substr(command_id, strpos(command_id, ':') + 1) as "voucherId" from records /* all accounts */
        where command_id like 'voucher.return:%' or command_id like 'voucher.expire:%'`,
    )
    for (const { voucherId } of rows) this.endedBefore.add(voucherId)
  }

  /** A backup is made, or put back: more often than anywhere else. */
  async backUpOrRestore(dice: Random): Promise<void> {
    if (dice.below(2)) await this.keepBackup()
    else await this.restore(dice, true)
  }

  async #standAgain(): Promise<number> {
    const rows = await this.backend.db.query<{ id: string }>(
      'select account_id as id from accounts /* all accounts */ where deleted_at is null',
    )
    return rows.filter(({ id }) => this.gone.has(id)).length
  }

  /** What neither the backend nor a phone has any more is lost for a reason: it was only in the part that the backup lacks. */
  async forgive(): Promise<void> {
    if (this.entrusted.size === 0) return
    const held = new Set(await this.idsOnBackend([...this.entrusted]))
    for (const storage of this.clocks.keys()) for (const id of await idsIn(storage)) held.add(id)
    for (const id of this.entrusted) if (!held.has(id)) this.entrusted.delete(id)
  }

  async idsOnBackend(ids: readonly string[]): Promise<string[]> {
    const rows = await this.backend.db.query<{ id: string }>(
      'select command_id as id from records /* all accounts */ where command_id = any($1)',
      [ids],
    )
    return rows.map(({ id }) => id)
  }
}

/** All ids in all ledgers of a phone, journals and outboxes. */
export async function idsIn(storage: Storage): Promise<Set<string>> {
  const found = new Set<string>()
  for (const name of await ledgersIn(storage)) for (const id of await idsAt(storage, name)) found.add(id)
  return found
}

/** All ids in one ledger of a phone. */
export async function idsAt(storage: Storage, ledgerId: string): Promise<string[]> {
  const raw = atRest(storage, LEDGER + ledgerId)
  if (raw) return [...rowIdsIn(raw, 'outbox'), ...rowIdsIn(raw, 'journal')]
  let ids: string[] = []
  await looked(storage, ledgerId, async (db) => {
    ids = await idsOf(db)
  })
  return ids
}

export function photosAt(storage: Storage, ledgerId: string): readonly string[] | undefined {
  const raw = atRest(storage, LEDGER + ledgerId)
  return raw && keysIn(raw, 'photos')
}

export async function ledgersIn(storage: Storage): Promise<string[]> {
  const all = await storage.factory.databases()
  return all.flatMap(({ name }) => (name?.startsWith(LEDGER) ? [name.slice(LEDGER.length)] : []))
}

const LEDGER = 'greentrace-ledger-'

async function looked(
  storage: Storage,
  ledgerId: string,
  work: (db: LedgerDb) => Promise<void>,
): Promise<void> {
  Phone.use(storage)
  const db = openLedgerDb(ledgerId)
  try {
    await work(db)
  } finally {
    db.close()
  }
}

export async function idsOf(db: LedgerDb): Promise<string[]> {
  return [
    ...((await db.outbox.orderBy('id').keys()) as string[]),
    ...((await db.journal.orderBy('id').keys()) as string[]),
  ]
}

export function isProblem(error: unknown, code?: SyncProblem['code']): error is SyncProblem {
  return error instanceof SyncProblem && (code === undefined || error.code === code)
}
