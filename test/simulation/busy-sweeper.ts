/** The backend of a run; with hardships its pages are short, and the sweeper comes between the transactions of a request, also of one that took long. */

import { STALE_CLAIM_MS } from '../../mock-api/base/limits.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import { startBackend } from '../support/backend.ts'
import { TEST_START } from '../support/clock.ts'
import { openTestDb, restoreAnew, type Snapshot } from '../support/database.ts'
import { randomOf } from '../support/random.ts'
import type { Options } from './counts.ts'
import type { World } from './world.ts'

const MANY = { name: 'many', max: 1_000_000, windowMs: 1000 }
const LIMITS = {
  codesPerMinute: MANY,
  codesPerHour: MANY,
  codesPerDay: MANY,
  strangersCodesPerHour: MANY,
  strangersCodesPerDay: MANY,
  codesPerAddress: MANY,
  signInsPerAddress: MANY,
  syncsPerSession: MANY,
}

const isWanted = (hardships: Options['hardships'], name: 'pages' | 'sweeps') =>
  hardships === true || (Array.isArray(hardships) && hardships.includes(name))

export async function openBackend(world: World, hardships: Options['hardships']): Promise<void> {
  const seed = world.random.below(2 ** 31)
  const db = await openLaidOut()
  const isSwept = isWanted(hardships, 'sweeps')
  const pageRecords = isWanted(hardships, 'pages') ? 2 + (world.seed % 6) : undefined
  const backend = await startBackend({
    now: TEST_START,
    seed,
    limits: LIMITS,
    samples: false, // they are there
    log: (level, event, fields) => {
      if (level === 'error') world.errors.push(`${event} ${JSON.stringify(fields)}`)
    },
    db: isSwept ? withSweeps(db, world) : db,
    ...(pageRecords === undefined ? {} : { pageRecords }),
  })
  world.open(backend)
  if (pageRecords !== undefined)
    world.watch.push(async (_phone, _request, response) => {
      const answer = (await response.clone().json()) as SyncAnswer
      if (answer.state === 'ok' && answer.hasMore) world.counts.pages++
    })
}

let laidOut: { readonly db: Db; readonly rows: Snapshot } | undefined

/** Tables, keys, samples and services are the same at the beginning of every run: made once, and put back for each. */
async function openLaidOut(): Promise<Db> {
  if (laidOut) {
    await restoreAnew(laidOut.db, laidOut.rows)
    return laidOut.db
  }
  const { db } = await openTestDb('pglite')
  // Nothing of it outlives the process, whatever was written through.
  await db.script('set synchronous_commit to off')
  const backend = await startBackend({ now: TEST_START, seed: 1, db, providers: true })
  laidOut = { db, rows: await backend.snapshot() }
  return db
}

/** A claim is a transaction of its own, and the append another: whoever sweeps in between finds a claim without a record. */
function withSweeps(db: Db, world: World): Db {
  const dice = randomOf(world.seed + 4_000_003)
  let isSweeping = false
  return {
    ...bound(db),
    async transaction(work) {
      // Not while the run is set up: there is no backend yet.
      if (world.step > 0 && !isSweeping && dice.below(12) === 0) {
        isSweeping = true
        if (dice.below(3) === 0) world.backend.now.advance(STALE_CLAIM_MS + 1)
        await (world.sabotage === 'sweep without looking'
          ? releaseAll(db)
          : sweep(world.backend.deps)
        ).finally(() => {
          isSweeping = false
        })
        world.counts.sweptBetween++
      }
      return db.transaction(work)
    },
  }
}

function bound(db: Db): Db {
  return {
    kind: db.kind,
    query: (text, params) => db.query(text, params),
    several: (statements) => db.several(statements),
    script: (text) => db.script(text),
    transaction: (work) => db.transaction(work),
    ping: () => db.ping(),
    close: () => db.close(),
  }
}

/** A sweeper that takes every open claim for a forgotten one. */
async function releaseAll(db: Db): Promise<void> {
  await db.query(`update offer_claims set state = 'released' /* all offers */ where state = 'claimed'`)
}
