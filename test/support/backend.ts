/** The real backend in process, for tests: real database, real routes; only clock, ids and dice are the test's. */

import type { Deps } from '../../mock-api/base/deps.ts'
import { LIMITS, type Limits } from '../../mock-api/base/limits.ts'
import { type Log, silentLog } from '../../mock-api/base/log.ts'
import type { OfficeActs } from '../../mock-api/base/office-act.ts'
import { secretOf } from '../../mock-api/base/secret.ts'
import { sweep } from '../../mock-api/book/sweep.ts'
import { applyTombstones } from '../../mock-api/book/tombstone.ts'
import { seedProviders } from '../../mock-api/demo/sample-providers.ts'
import { seed as seedSamples } from '../../mock-api/demo/seed.ts'
import { ACTS } from '../../mock-api/desk/acts.ts'
import { openKeyring } from '../../mock-api/keys/keyring.ts'
import { openProviderRegister } from '../../mock-api/providers/register.ts'
import { type App, createApp } from '../../mock-api/start/app.ts'
import { type Config, readConfig } from '../../mock-api/start/config.ts'
import { openRecovery } from '../../mock-api/start/recovery.ts'
import type { Tombstones } from '../../mock-api/start/tombstones.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { insertRestore } from '../../mock-api/storage/restores.ts'
import { allQuestionIds } from '../../src/content/quiz-registry.ts'
import { PAGE_RECORDS_MAX } from '../../src/contract/limits.ts'
import type { Packs } from '../../src/domain/methodology/pack.ts'
import { PACKS } from '../../src/domain/methodology/packs/index.ts'
import { type TestClock, testClock } from './clock.ts'
import { type Engine, openMigratedDb, restore, type Snapshot, snapshot } from './database.ts'
import { uuidFrom } from './ids.ts'
import { type Random, randomOf } from './random.ts'

export interface BackendOptions {
  /** A clock of the test's own, or an instant to begin at. */
  readonly now?: TestClock | number
  /** PGlite in memory unless said otherwise, here or by TEST_ENGINE; a Db shared with another backend stays open when this one closes. */
  readonly db?: Engine | Db
  /** Of ids, salts and codes. */
  readonly seed?: number
  /** Sample merchants and offers; on by default. */
  readonly samples?: boolean
  /** The simulated services that report; off by default. */
  readonly providers?: boolean
  readonly config?: Partial<Config>
  readonly limits?: Partial<Limits>
  readonly log?: Log
  /** Methodologies other than the build's. */
  readonly packs?: Packs
  /** Content packs newer than the build's. */
  readonly published?: Deps['published']
  readonly pageRecords?: number
  /** What operators can do, beside what they can anyway. */
  readonly acts?: OfficeActs
}

export interface Backend {
  /** As Node's server would call it; from loopback unless another address is given. */
  fetch(request: Request, options?: { remoteAddress?: string }): Promise<Response>
  readonly now: TestClock
  readonly db: Db
  readonly deps: Deps
  readonly random: Random
  /** What the process does every minute. */
  sweep(): Promise<void>
  /** All rows of all tables, and back: a backup that is restored later than it should be. */
  snapshot(): Promise<Snapshot>
  restore(from: Snapshot): Promise<void>
  /** The same, said of it as `npm run restore` says it, and with what every start does. */
  restoreAsSaid(from: Snapshot): Promise<void>
  close(): Promise<void>
}

/** Backends that share a database must not make the same ids. */
let shared = 1000

export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const now = typeof options.now === 'function' ? options.now : testClock(options.now)
  const random = randomOf(options.seed ?? (typeof options.db === 'object' ? ++shared : 1))
  const { db, close } = await openMigratedDb(options.db, now())
  const deps = depsFor(db, { now, random, options })
  if (options.samples ?? true) await seedSamples(deps)
  if (options.providers) await seedProviders(deps)
  await deps.recovery.restoredAt()
  let current = deps
  let app: App = createApp(deps)
  const restoreRows = async (from: Snapshot): Promise<void> => {
    await restore(db, from)
    // A restored process remembers nothing.
    current = {
      ...deps,
      keyring: openKeyring(deps),
      recovery: openRecovery(deps),
      providers: openProviderRegister(deps),
    }
    app = createApp(current)
  }
  return {
    now,
    db,
    get deps() {
      return current
    },
    random,
    fetch: async (request, { remoteAddress = '127.0.0.1' } = {}) => app.fetch(request, { remoteAddress }),
    sweep: () => sweep(current),
    snapshot: () => snapshot(db),
    restore: restoreRows,
    async restoreAsSaid(from) {
      await restoreRows(from)
      await insertRestore(db, now())
      await applyTombstones(current)
    },
    close,
  }
}

function tombstonesInMemory(): Tombstones {
  const lines: string[] = []
  return { read: () => [...lines], append: (line) => void lines.push(line) }
}

const questionIds = new Set(await allQuestionIds())

function depsFor(db: Db, given: { now: TestClock; random: Random; options: BackendOptions }): Deps {
  const { now, random, options } = given
  const secret = secretOf('only for tests, not a secret')
  const { bytes: randomBytes } = random
  const config = { ...readConfig({}), ...options.config }
  return {
    db,
    config,
    now,
    newId: () => uuidFrom(random),
    randomBytes,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    log: options.log ?? silentLog,
    secret,
    keyring: openKeyring({ db, secret, now, randomBytes }),
    recovery: openRecovery({ db, now }),
    providers: openProviderRegister({ db, secret, now, randomBytes, config }),
    tombstones: tombstonesInMemory(),
    acts: { ...ACTS, ...options.acts },
    packs: options.packs ?? PACKS,
    questionIds,
    published: options.published ?? new Map(),
    limits: { ...LIMITS, ...options.limits },
    pageRecords: options.pageRecords ?? PAGE_RECORDS_MAX,
  }
}
