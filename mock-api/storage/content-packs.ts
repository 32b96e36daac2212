/** Content packs of cities as the desk published them. Only added to; taking one back is said of it. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface ContentPackRow {
  readonly city: CityId
  readonly version: string
  readonly revision: number
  readonly publishedAt: Instant
  readonly takenBackAt: Instant | null
}

type PackKey = Pick<ContentPackRow, 'city' | 'version' | 'revision'>

const COLUMNS = `city, version, revision, published_at as "publishedAt", taken_back_at as "takenBackAt"`

/** The newest of a city that is not taken back. */
export async function readServedPack(db: Queryable, city: CityId): Promise<ContentPackRow | undefined> {
  const rows = await db.query<ContentPackRow>(
    `select ${COLUMNS} from content_packs where city = $1 and taken_back_at is null
      order by version desc, revision desc limit 1`,
    [city],
  )
  return rows[0]
}

/** Also those that were taken back: a version is never given twice. */
export async function readContentPacks(db: Queryable): Promise<ContentPackRow[]> {
  return await db.query<ContentPackRow>(
    `select ${COLUMNS} from content_packs order by published_at desc, city, version desc, revision desc`,
  )
}

export async function readPackText(
  db: Queryable,
  { city, version, revision }: PackKey,
): Promise<string | undefined> {
  const rows = await db.query<{ pack: string }>(
    'select pack from content_packs where city = $1 and version = $2 and revision = $3',
    [city, version, revision],
  )
  return rows[0]?.pack
}

/** Published again, it is what it was. */
export async function insertPack(
  db: Queryable,
  { city, version, revision }: PackKey,
  { text, at }: { text: string; at: Instant },
): Promise<void> {
  await db.query(
    `insert into content_packs (city, version, revision, pack, published_at, taken_back_at) values ($1, $2, $3, $4, $5, null)
     on conflict (city, version, revision) do nothing`,
    [city, version, revision, text, at],
  )
}

/** The first time stands. */
export async function takePackBack(
  db: Queryable,
  { city, version, revision }: PackKey,
  at: Instant,
): Promise<void> {
  await db.query(
    `update content_packs set taken_back_at = $4
      where city = $1 and version = $2 and revision = $3 and taken_back_at is null`,
    [city, version, revision, at],
  )
}
