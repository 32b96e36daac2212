/** Opens what the process and the command-line tools work on: folder, lock, secret, database, keys. The only place with a real clock and real dice. */
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allQuestionIds } from '../../src/content/quiz-registry.ts'
import { PAGE_RECORDS_MAX } from '../../src/contract/limits.ts'
import { PACKS } from '../../src/domain/methodology/packs/index.ts'
import { ConfigError } from '../base/config-error.ts'
import type { Deps } from '../base/deps.ts'
import { LIMITS } from '../base/limits.ts'
import { jsonLog } from '../base/log.ts'
import { ACTS } from '../desk/acts.ts'
import { openSecret } from '../keys/kept-secret.ts'
import { openKeyring, SPREAD_MS } from '../keys/keyring.ts'
import { openProviderRegister } from '../providers/register.ts'
import type { Db } from '../storage/db.ts'
import { isAway } from '../storage/errors.ts'
import { migrate } from '../storage/migrate.ts'
import { openPostgresql } from '../storage/postgresql.ts'
import { type Config, readConfig } from './config.ts'
import { LockedError, takeLock } from './lock.ts'
import { keepPrivate, tighten } from './private-folder.ts'
import { openRecovery } from './recovery.ts'
import { openTombstones, type Tombstones } from './tombstones.ts'

export interface Opened {
  readonly deps: Deps
  close(): Promise<void>
}

export const SECRET_BYTES = 32

/** Database files of PGlite. */
export function databaseFolder(config: Config): string {
  return join(config.dataDir, 'pglite')
}

export async function open(config: Config): Promise<Opened> {
  const leftOpen = keepPrivate(config.dataDir)
  const tombstones = tombstonesOf(config)
  const release = config.databaseUrl === undefined ? takeLock(config.dataDir, process.pid) : () => {}
  try {
    const db = await openDb(config)
    const now = () => Date.now()
    await migrate(db, now())
    const keySecret = config.keySecret ?? secretFile(config.dataDir)
    const secret = await openSecret(db, keySecret)
    const log = jsonLog((line) => process.stderr.write(line), now)
    if (leftOpen.length > 0) log('warn', 'data folder', { openToOthers: leftOpen.length })
    const bytes = (count: number) => new Uint8Array(randomBytes(count))
    const deps: Deps = {
      db,
      config,
      now,
      newId: () => randomUUID(),
      randomBytes: bytes,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log,
      secret,
      keyring: openKeyring({ db, secret, now, randomBytes: bytes, spreadMs: spreadOf(db) }),
      recovery: openRecovery({ db, now }),
      providers: openProviderRegister({ db, secret, now, randomBytes: bytes, config }),
      tombstones,
      acts: ACTS,
      packs: PACKS,
      questionIds: new Set(await allQuestionIds()),
      published: new Map(),
      limits: { ...LIMITS, codesPerMinute: { ...LIMITS.codesPerMinute, windowMs: config.codeIntervalMs } },
      pageRecords: PAGE_RECORDS_MAX,
    }
    return {
      deps,
      async close() {
        await db.close()
        tighten(config.dataDir)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

/** A folder has one process; of a database nobody can tell how many are before it. */
function spreadOf({ kind }: Db): number {
  return kind === 'pglite' ? 0 : SPREAD_MS
}

function tombstonesOf({ tombstones }: Config): Tombstones {
  try {
    return openTombstones(tombstones)
  } catch (error) {
    throw new ConfigError(
      `cannot write ${tombstones} (${(error as { code?: string }).code}): set TOMBSTONES to a file outside DATA_DIR that can be written`,
    )
  }
}

async function openDb(config: Config): Promise<Db> {
  if (config.databaseUrl !== undefined) return reach(openPostgresql(config.databaseUrl))
  // Not loaded where PostgreSQL answers: it would lie in memory unused.
  const { openPglite } = await import('../storage/pglite.ts')
  return openPglite({ folder: databaseFolder(config) })
}

/** A machine that starts may start its database last. */
const REACH_WITHIN_MS = 60_000
const ASK_AGAIN_MS = 250

async function reach(db: Db): Promise<Db> {
  const giveUpAt = Date.now() + REACH_WITHIN_MS
  for (;;) {
    try {
      await db.ping()
      return db
    } catch (error) {
      if (!isAway(error)) throw error
      if (Date.now() > giveUpAt) throw new ConfigError('DATABASE_URL: no database answers there')
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    }
  }
}

export function secretPath(dataDir: string): string {
  return join(dataDir, 'key-secret')
}

/** Made once, readable by its owner only. Without it neither keys nor phone names can be read: it belongs into the backup, apart from the data. */
export function secretFile(dataDir: string): string {
  const path = secretPath(dataDir)
  if (!existsSync(path)) writeFileSync(path, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

/** For tools on the command line: what a person can mend is said in a line, without a stack. */
export async function run(work: (config: Config) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work(readConfig(process.env))
  } catch (error) {
    const isPlain = error instanceof ConfigError || error instanceof LockedError
    process.stderr.write(`${isPlain ? error.message : (error as Error).stack}\n`)
    process.exitCode = 1
  }
}
