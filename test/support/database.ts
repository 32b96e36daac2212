/** Databases for tests: in memory, or a schema of its own on TEST_DATABASE_URL. Snapshots are rows, so that they are quick. */
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Db, Param, Queryable } from '../../mock-api/storage/db.ts'
import { isRetryable } from '../../mock-api/storage/errors.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { openPglite } from '../../mock-api/storage/pglite.ts'
import { openPostgresql } from '../../mock-api/storage/postgresql.ts'

export const TEST_DATABASE_URL = process.env.TEST_DATABASE_URL

export type Engine = 'pglite' | 'postgresql'

/** `TEST_ENGINE=postgresql`: every suite runs on TEST_DATABASE_URL, also those that are content with one engine. */
const only = process.env.TEST_ENGINE as Engine | undefined

/** The run of tests, at whose end the schemas that were kept for the next test go (schemas-away.ts). */
export const RUN_VARIABLE = 'GREENTRACE_TEST_RUN'
const RUN = process.env[RUN_VARIABLE]
export const schemasOf = (run: string): string => `test_${run}_`

/** What a suite runs on that does not say. */
export const ENGINE: Engine = only ?? 'pglite'

/** The engines that a suite runs on which knows both. */
export const ENGINES: readonly Engine[] = only
  ? [only]
  : TEST_DATABASE_URL
    ? ['pglite', 'postgresql']
    : ['pglite']

/** Starting PGlite takes a while; one that was closed is emptied and used again. */
const idle: Db[] = []
/** An open one keeps a script from ending. */
let isReusing = process.env.VITEST !== undefined

/** For a script that goes through many, and ends by itself. */
export function reuseDatabases(): void {
  isReusing = true
}

export async function openTestDb(
  wanted: Engine | Db = ENGINE,
): Promise<{ db: Db; close: () => Promise<void> }> {
  if (typeof wanted === 'object') return { db: wanted, close: async () => {} }
  if (wanted === 'postgresql') return openSchema()
  const db = idle.pop() ?? (await openPglite({ archive: await emptyArchive() }))
  return {
    db,
    async close() {
      if (!isReusing) return db.close()
      await db.script('drop schema public cascade; create schema public')
      idle.push(db)
    },
  }
}

/** Those that have today's tables, with nothing in them but what the migrations put there, for the next backend. */
const idleWithTables: Record<Engine, WithTables[]> = { pglite: [], postgresql: [] }

interface WithTables {
  readonly db: Db
  readonly asMigrated: AsMigrated
  readonly end: () => Promise<void>
}

interface AsMigrated {
  readonly shape: string
  readonly rows: Snapshot
}

/** With today's tables. One whose test has left them as they were keeps them for the next one of this process. */
export async function openMigratedDb(
  wanted: Engine | Db = ENGINE,
  now = 0,
): Promise<{ db: Db; close: () => Promise<void> }> {
  if (typeof wanted === 'object') {
    await migrate(wanted, now)
    return { db: wanted, close: async () => {} }
  }
  const opened = idleWithTables[wanted].pop() ?? (await openTables(wanted))
  const { db, asMigrated, end } = opened
  const isKept = isReusing && (wanted === 'pglite' || RUN !== undefined)
  return {
    db,
    async close() {
      if (!isKept || (await shapeOf(db)) !== asMigrated.shape) return end() // e.g. a test of what an operator must not do
      await restore(db, asMigrated.rows)
      idleWithTables[wanted].push(opened)
    },
  }
}

async function openTables(engine: Engine): Promise<WithTables> {
  const { db, close } = engine === 'postgresql' ? await openSchema() : await openTablesArchive()
  await migrate(db, 0)
  return { db, asMigrated: { shape: await shapeOf(db), rows: await snapshot(db) }, end: close }
}

async function openTablesArchive(): Promise<{ db: Db; close: () => Promise<void> }> {
  const db = await openPglite({ archive: await tablesArchive() })
  return { db, close: () => db.close() }
}

/** Columns and indexes, and which migrations are noted. */
async function shapeOf(db: Db): Promise<string> {
  const rows = await db.query<{ shape: string }>(
    `select md5(coalesce(string_agg(line, ' ' order by line), '')) as shape from (
       select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
         from information_schema.columns where table_schema = current_schema()
       union all select indexdef from pg_indexes where schemaname = current_schema()
       union all select name from migrations) as lines`,
  )
  return rows[0]?.shape ?? ''
}

/**
 * Making a new cluster takes PGlite several times longer than unpacking one, and each test file is a process of its own: the first one keeps
 * an empty cluster in the cache folder.
 */
const emptyArchive = () => kept(`pglite-${pgliteVersion()}`, () => openPglite())

/** The same with today's tables. */
function tablesArchive(): Promise<Uint8Array<ArrayBuffer>> {
  const folder = new URL('../../mock-api/storage/migrations/', import.meta.url)
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(new URL(name, folder)))
  return kept(`pglite-${pgliteVersion()}-${hash.digest('hex').slice(0, 16)}`, async () => {
    const db = await openPglite({ archive: await emptyArchive() })
    await migrate(db, 0)
    return db
  })
}

/** Written aside and renamed, because others may be reading. */
async function kept(name: string, make: () => Promise<Db>): Promise<Uint8Array<ArrayBuffer>> {
  const path = new URL(`../../node_modules/.cache/greentrace/${name}.tar`, import.meta.url)
  try {
    return new Uint8Array(await readFile(path))
  } catch {
    const db = await make()
    const packed = await db.dump?.()
    await db.close()
    if (!packed) throw new Error('no archive of this engine')
    const archive = new Uint8Array(gunzipSync(packed)) // it is unpacked often
    await mkdir(new URL('.', path), { recursive: true })
    const aside = new URL(`${path.href}.${process.pid}`)
    await writeFile(aside, archive)
    await rename(aside, path)
    return archive
  }
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const manifest = readFileSync(join(dirname(entry), '../package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

async function openSchema(): Promise<{ db: Db; close: () => Promise<void> }> {
  if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is not set')
  const schema = schemasOf(RUN ?? 'alone') + randomUUID().slice(0, 8)
  const db = openPostgresql(TEST_DATABASE_URL, { schema })
  await db.script(`create schema ${schema}`)
  return {
    db,
    async close() {
      await dropSchema(db, schema)
      await db.close()
    },
  }
}

/** Two that go at the same moment may lie in each other's way on a sharded database. */
async function dropSchema(db: Db, schema: string): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return await db.script(`drop schema if exists ${schema} cascade`)
    } catch (error) {
      if (!isRetryable(error) || tries === 5) throw error
    }
}

export type Snapshot = ReadonlyMap<string, readonly Readonly<Record<string, Param>>[]>

async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select tablename::text as name from pg_tables where schemaname = current_schema() and tablename <> 'migrations'`,
  )
  return rows.map(({ name }) => name)
}

/** Most are empty most of the time, and asking each costs as much as reading a full one. */
async function filledOf(db: Queryable, names: readonly string[]): Promise<string[]> {
  const filled: string[] = []
  // In parts short enough to be kept prepared.
  for (let i = 0; i < names.length; i += 20) {
    const rows = await db.query<{ name: string }>(
      names
        .slice(i, i + 20)
        .map((name) => `select '${name}' as name where exists (select 1 from ${name})`)
        .join(' union all '),
    )
    filled.push(...rows.map(({ name }) => name))
  }
  return filled
}

export async function snapshot(db: Db): Promise<Snapshot> {
  const names = await tablesOf(db)
  const tables = new Map<string, readonly Readonly<Record<string, Param>>[]>(names.map((name) => [name, []]))
  for (const name of await filledOf(db, names)) tables.set(name, await db.query(`select * from ${name}`))
  return tables
}

export async function restore(db: Db, from: Snapshot): Promise<void> {
  await db.transaction(async (tx) => {
    for (const name of await filledOf(tx, [...from.keys()])) await tx.query(`delete from ${name}`)
    await fill(tx, from)
  })
}

/** The same for a database that is used again and again: what was deleted from it takes no room. */
export async function restoreAnew(db: Db, from: Snapshot): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.script(`truncate ${[...from.keys()].join(', ')}`)
    await fill(tx, from)
  })
}

/** One text a table, however many rows it has: each is prepared once. The types are named: a sharded table's row is no type of the database's. */
async function fill(tx: Queryable, from: Snapshot): Promise<void> {
  const types = await typesOf(tx)
  for (const [table, rows] of from) {
    if (rows.length === 0) continue
    const columns = Object.keys(rows[0] ?? {})
    const typed = columns.map((column) => `${column} ${types.get(`${table}.${column}`) ?? 'text'}`)
    await tx.query(
      `insert into ${table} (${columns}) select ${columns} from json_to_recordset($1) as filled (${typed})`,
      [JSON.stringify(rows)],
    )
  }
}

async function typesOf(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.query<{ name: string; type: string }>(
    `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = current_schema() and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}
