/** Who else is at the same ledger: the worker, a tab that dies or hangs in the midst of a pass, an answer that comes late, a tab of another build. */
import { openLedgerDb } from '../../src/db/database.ts'
import { DERIVED_VERSION } from '../../src/db/derived-version.ts'
import { LEDGER_TABLES, rebuildInside } from '../../src/db/journal.ts'
import { writeMeta } from '../../src/db/meta.ts'
import { lockNameOf } from '../../src/sync/connect.ts'
import { type Lock, webLock } from '../../src/sync/lock.ts'
import type { Random } from '../support/random.ts'
import { BrokenInvariant } from './checks.ts'
import { Gate } from './gate.ts'
import { record, type Tab } from './tabs.ts'
import { WebLocks } from './web-locks.ts'
import type { Room, World } from './world.ts'

/** A holder that hangs is waited for so long, as src/sync/lock.ts has it. */
const PATIENCE_MS = 121_000

export class Background implements Room {
  readonly often = 30
  readonly dice: Random
  readonly #world: World
  readonly #locks = new WebLocks()
  /** Two tabs of one phone. */
  readonly #one: Tab
  readonly #other: Tab

  constructor(world: World, { dice, tabs }: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.dice = dice
    const [one, , other] = tabs
    if (!one || !other) throw new Error('a phone has two tabs')
    this.#one = one
    this.#other = other
  }

  async befall(): Promise<void> {
    if (this.dice.below(2)) await record(this.#one, this.dice)
    const what = this.dice.below(10)
    if (what < 3) await this.#allAtOnce()
    else if (what < 5) await this.#dieInThePass()
    else if (what < 7) await this.#hang()
    else await this.#comeLate()
  }

  #lock(locks: LockManager): Lock {
    return webLock(
      locks,
      this.#world.sabotage === 'never take a lock that hangs' ? () => 0 : () => this.#world.backend.now(),
    )
  }

  get #name(): string {
    return lockNameOf(this.#one.phone.profile.ledgerId)
  }

  #pass(tab: Tab, lock: Lock): Promise<unknown> {
    return lock(this.#name, () => tab.phone.use().sync())
  }

  async #allAtOnce(): Promise<void> {
    const worker = this.#lock(this.#locks.tab().locks)
    const counted: Lock = (name, work) =>
      worker(name, () => {
        this.#world.counts.byWorker++
        return work()
      })
    const [one, other] = [this.#one, this.#other].map((tab) =>
      this.#pass(tab, this.#lock(this.#locks.tab().locks)),
    )
    const ends = await Promise.allSettled([one, other, this.#one.phone.background(counted)])
    if (ends.some((end) => end.status === 'fulfilled' && end.value === 'busy')) this.#world.counts.busy++
    if (this.dice.below(2)) await this.#one.phone.background(counted).catch(() => undefined)
  }

  /** The browser has let its lock go: the next tab is not told that another is at it. */
  async #dieInThePass(): Promise<void> {
    const { locks, die } = this.#locks.tab()
    const gate = new Gate()
    const pass = this.#held(this.#one, gate, this.#lock(locks))
    if (!(await gate.isReachedBefore(pass))) return
    if (this.#world.sabotage !== 'a dead tab keeps its lock') die()
    this.#one.phone.close()
    const next = await this.#pass(this.#other, this.#lock(this.#locks.tab().locks)).catch(() => undefined)
    gate.open()
    await new Promise((resolve) => setImmediate(resolve))
    await this.#one.phone.reopen()
    if (next === 'busy') throw new BrokenInvariant('a tab that is gone keeps others from syncing')
    this.#world.counts.orphaned++
  }

  /** It is alive, and its answer comes when another tab has long taken over. */
  async #hang(): Promise<void> {
    const gate = new Gate()
    const pass = this.#held(this.#one, gate, this.#lock(this.#locks.tab().locks))
    if (!(await gate.isReachedBefore(pass))) return
    const patient = this.#lock(this.#locks.tab().locks)
    const first = await this.#pass(this.#other, patient).catch(() => undefined)
    this.#world.backend.now.advance(PATIENCE_MS)
    const second = await this.#pass(this.#other, patient).catch(() => undefined)
    gate.open()
    await Promise.allSettled([pass, gate.work])
    if (first !== 'busy') throw new BrokenInvariant('two tabs were at it at once')
    if (second === 'busy') throw new BrokenInvariant('a tab that hangs keeps others from syncing')
    this.#world.counts.stolen++
  }

  #held(tab: Tab, gate: Gate, lock: Lock): Promise<unknown> {
    this.#world.gates.set(tab.phone, gate)
    return lock(this.#name, () => {
      gate.work = tab.phone.use().sync()
      return gate.work
    }).catch((error: unknown) => error)
  }

  /** A browser without locks: meanwhile the other tab has recorded and synced, or another build has opened the ledger. */
  async #comeLate(): Promise<void> {
    const gate = new Gate()
    const pass = this.#held(this.#one, gate, (_name, work) => work())
    if (!(await gate.isReachedBefore(pass))) return
    if (this.dice.below(2)) await record(this.#other, this.dice)
    if (this.dice.below(3) === 0) await this.#otherBuild()
    await this.#other.phone
      .use()
      .sync()
      .catch(() => undefined)
    if (this.dice.below(3) === 0) await this.#otherBuild()
    gate.open()
    await pass
    this.#world.counts.stale++
  }

  /** Makes all rows anew in its own way, as the start of every build does with those of another. */
  async #otherBuild(): Promise<void> {
    const { phone } = this.#one
    const db = openLedgerDb(phone.use().profile.ledgerId)
    await db.transaction('rw', [...LEDGER_TABLES], async () => {
      await rebuildInside(db, () => 'steps')
      const isSaid = this.#world.sabotage !== 'rows of another build'
      await writeMeta(db, 'derivedVersion', DERIVED_VERSION + (isSaid ? 1 : 0))
    })
    db.close()
    this.#world.counts.otherBuild++
  }
}
