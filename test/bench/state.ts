/** What one command costs on accounts that have done more and more in the days that decisions look at: it should not depend on it. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '../../mock-api/storage/pglite.ts'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import type { PostedActivity } from '../../src/domain/ledger/ledger-state.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type Cursor, START } from '../../src/proof/chain.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { formatted, type Part, percentile } from './figures.ts'

const SIZES = [100, 10_000, 100_000] as const
const GOALS = ['', '≤ 1.5×', '≤ 3×'] as const
const WINDOW = 60
const TIMES = 40

export const statePart: Part = {
  name: 'state',
  how: `one command, and one pull, over the app's own routes to PGlite in this process, its files in a folder as of a server, ${TIMES} times each, on accounts with so many acts in ${WINDOW} days; median`,
  needsBuild: false,
  async run(report) {
    // In memory each file that grows is copied as a whole, which no server does.
    const folder = mkdtempSync(join(tmpdir(), 'greentrace-state-'))
    const db = await openPglite({ folder })
    const backend = await startBackend({ db })
    const kinds = [
      ['an act of today', () => cleanPlate(backend)],
      ['a ride, which looks at the days around it', () => ride(backend)],
    ] as const
    const firsts = new Map<string, number>()
    for (const [at, size] of SIZES.entries()) {
      const me = await signIn(backend)
      await keepActs(backend, me, size)
      const send = sender(me)
      const first = await timed(() => send([cleanPlate(backend)]))
      report.row(`${formatted(size)} acts: the first command, upon a state of before`, first, {
        unit: 'ms',
        digits: 1,
      })
      for (const [what, make] of kinds) {
        const times = await many(backend, () => send([make()]))
        const least = firsts.get(what) ?? percentile(times, 0.5)
        firsts.set(what, least)
        const share = `${formatted(percentile(times, 0.5) / least, 2)}×`
        report.row(`  ${what}`, times, {
          unit: 'ms',
          digits: 1,
          ...(at > 0 ? { goal: `${GOALS[at]}, is ${share}` } : {}),
        })
      }
      report.row('  a pull', await many(backend, () => send([])), { unit: 'ms', digits: 1 })
    }
    await backend.close()
    await db.close()
    rmSync(folder, { recursive: true })
  },
}

/** As a version before left it: whole. They count, so that the fold keeps them all; how they came does not matter here. */
async function keepActs(backend: Backend, me: Client, count: number): Promise<void> {
  const ledger: Ledger = { ...emptyLedger(), prunedOn: dayOf(backend.now()) }
  for (let i = 0; i < count; i++) {
    const act = actOf(backend.now(), i)
    const day = dayOf(act.startedAt)
    ledger.days[day] ??= []
    ledger.days[day].push(act)
  }
  await backend.db.query('update accounts set state = $2 where account_id = $1', [
    me.accountId,
    canonicalJson(ledger),
  ])
}

function actOf(now: Instant, i: number): PostedActivity {
  const startedAt = now - (i % WINDOW) * DAY_MS - HOUR_MS
  return {
    id: `00000000-0000-4000-9000-${i.toString(16).padStart(12, '0')}` as ActivityId,
    code: 'bus',
    startedAt,
    endedAt: startedAt + 20 * MINUTE_MS,
    trust: 'provider',
    quantity: 5000,
    tripMetres: 5000,
    outcome: 'accepted',
    grams: 300,
    points: 1,
    postedAt: startedAt,
  }
}

/** As a phone does that is up to date. */
function sender(me: Client): (commands: readonly Command[]) => Promise<void> {
  let cursor: Cursor = START
  return async (commands) => {
    const { records } = await me.sync(commands, { cursor })
    const last = records.at(-1)
    if (last) cursor = { seq: last.seq, hash: last.hash }
  }
}

function ride(backend: Backend) {
  const at = backend.now()
  return cleanPlate(backend, {
    code: 'bike',
    startedAt: at - 15 * MINUTE_MS,
    quantity: { value: 800, unit: 'metre' },
  })
}

async function many(backend: Backend, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) {
    backend.now.advance(5000)
    times.push(await timed(work))
  }
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
