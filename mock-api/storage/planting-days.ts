/** Days of planting trees as their holders published them. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Queryable } from './db.ts'

interface Stored {
  readonly day: string
}

const opened = ({ day }: Stored) => JSON.parse(day) as PlantingDay

/** False: somebody has published another in between. @param before the revision that it takes the place of; 0 for the first */
export async function putPlantingDay(
  db: Queryable,
  day: PlantingDay,
  before: PlantingDay['revision'],
): Promise<boolean> {
  const { id, provider, city, endsAt, revision } = day
  const rows = await db.query(
    `insert into planting_days (day_id, provider_id, city, ends_at, revision, day) values ($1, $2, $3, $4, $5, $6)
     on conflict (day_id) do update
       set ends_at = excluded.ends_at, revision = excluded.revision, day = excluded.day
       where planting_days.revision = $7 and planting_days.provider_id = excluded.provider_id
     returning day_id`,
    [id, provider, city, endsAt, revision, canonicalJson(day), before],
  )
  return rows.length > 0
}

/** Those of a city that end then or later, the first to come first. */
export async function readPlantingDays(db: Queryable, city: CityId, from: Instant): Promise<PlantingDay[]> {
  const rows = await db.query<Stored>(
    'select day from planting_days where city = $1 and ends_at >= $2 order by ends_at, day_id',
    [city, from],
  )
  return rows.map(opened)
}

/** Of all cities, also those that are over; the latest first. */
export async function readAllPlantingDays(db: Queryable, limit: number): Promise<PlantingDay[]> {
  const rows = await db.query<Stored>(
    'select day from planting_days order by ends_at desc, day_id limit $1',
    [limit],
  )
  return rows.map(opened)
}

export async function readPlantingDaysOf(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PlantingDay>> {
  const rows = await db.query<Stored>('select day from planting_days where day_id = any($1::text[])', [ids])
  return new Map(rows.map(opened).map((day) => [day.id, day]))
}
