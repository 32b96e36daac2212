/** Months and years in which nobody opens the app: sessions end, lots end, and both sides still agree on every point. */
import { DAY_MS } from '../../src/domain/base/time.ts'
import type { Backend } from '../support/backend.ts'
import type { Random } from '../support/random.ts'
import { checkMoney } from './checks.ts'
import type { Tab } from './tabs.ts'
import type { Room, World } from './world.ts'

/** A key is renewed a year before its end. */
const STRIDE_DAYS = 60

/** Nobody opens the app; the backend is there all the time, and renews its keys in time. */
export async function leap(backend: Backend, atLeastDays: number): Promise<void> {
  for (let days = atLeastDays; days > 0; days -= STRIDE_DAYS) {
    backend.now.advance(STRIDE_DAYS * DAY_MS)
    await backend.sweep()
  }
}

export class Years implements Room {
  readonly often = 5
  readonly dice: Random
  readonly #world: World
  readonly #tabs: readonly Tab[]

  constructor(world: World, { dice, tabs }: { dice: Random; tabs: readonly Tab[] }) {
    this.#world = world
    this.dice = dice
    this.#tabs = tabs
  }

  async befall(): Promise<void> {
    const { backend, counts } = this.#world
    await leap(backend, this.dice.pick([40, 100, 400, 760, 760]))
    for (const { phone } of this.#tabs) await phone.reopen() // no page is open for years
    counts.leaps++
  }

  async verify(): Promise<void> {
    const { backend, counts, sabotage } = this.#world
    if (sabotage === 'forget what falls due') await backend.db.query('update accounts set next_due_at = null')
    for (const { phone } of this.#tabs) await checkMoney(phone, backend)
    const rows = await backend.db.query<{ count: number }>(
      `select count(*) as count from records /* all accounts */ where command_id like 'lot.expire:%'`,
    )
    counts.lotsEnded += rows[0]?.count ?? 0
  }
}
