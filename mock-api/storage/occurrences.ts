/** Events as they take place, with the code that stands on the sign there. */
import type { CityId } from '../../src/domain/base/city.ts'
import { plainName } from '../../src/domain/base/plain-text.ts'
import type { Day } from '../../src/domain/base/time.ts'
import { type Occurrence, plainCode, type Withdrawal } from '../../src/domain/taking-part/occurrence.ts'
import type { Queryable } from './db.ts'

export interface OccurrenceRow {
  readonly event: Occurrence
  /** As it is compared; null where there is no check-in. */
  readonly code: string | null
}

interface Stored {
  readonly occurrence: string
  readonly code: string | null
  readonly withdrawal: string | null
}

/** What was stored before names were held to be plain is made so here: it goes to screens, calendars and records. */
function rowOf({ occurrence, code, withdrawal }: Stored): OccurrenceRow {
  const { titleZh, titleEn, placeZh, placeEn, ...rest } = JSON.parse(occurrence) as Occurrence
  return {
    event: {
      ...rest,
      titleZh: plainName(titleZh),
      titleEn: plainName(titleEn),
      ...(placeZh === undefined ? {} : { placeZh: plainName(placeZh) }),
      ...(placeEn === undefined ? {} : { placeEn: plainName(placeEn) }),
      ...(withdrawal === null ? {} : { withdrawn: JSON.parse(withdrawal) as Withdrawal }),
    },
    code,
  }
}

export interface NewOccurrence {
  readonly event: Occurrence
  readonly text: string
  readonly code?: string | undefined
}

const paramsOf = ({ event, text, code }: NewOccurrence) => [
  event.id,
  event.city,
  event.toDay,
  text,
  code === undefined ? null : plainCode(code),
]

/** Written anew when its date, place or code has changed. False where it was withdrawn: that stands. */
export async function putOccurrence(db: Queryable, occurrence: NewOccurrence): Promise<boolean> {
  const rows = await db.query(
    `insert into occurrences (occurrence_id, city, to_day, occurrence, code) values ($1, $2, $3, $4, $5)
     on conflict (occurrence_id) do update
       set city = excluded.city, to_day = excluded.to_day, occurrence = excluded.occurrence, code = excluded.code
       where occurrences.withdrawal is null
     returning occurrence_id`,
    paramsOf(occurrence),
  )
  return rows.length > 0
}

/** False where the id is taken: nothing is written then. */
export async function addOccurrence(db: Queryable, occurrence: NewOccurrence): Promise<boolean> {
  const rows = await db.query(
    `insert into occurrences (occurrence_id, city, to_day, occurrence, code) values ($1, $2, $3, $4, $5)
     on conflict (occurrence_id) do nothing returning occurrence_id`,
    paramsOf(occurrence),
  )
  return rows.length > 0
}

/** The first withdrawal stands. */
export async function withdrawOccurrence(db: Queryable, id: string, text: string): Promise<void> {
  await db.query('update occurrences set withdrawal = $2 where occurrence_id = $1 and withdrawal is null', [
    id,
    text,
  ])
}

/** Those of a city that end on the day or later, by their ids. */
export async function readOccurrences(db: Queryable, city: CityId, from: Day): Promise<OccurrenceRow[]> {
  const rows = await db.query<Stored>(
    `select occurrence, code, withdrawal from occurrences where city = $1 and to_day >= $2
     order by to_day, occurrence_id`,
    [city, from],
  )
  return rows.map(rowOf)
}

/** Of all cities, those that end last first. */
export async function readAllOccurrences(db: Queryable, limit: number): Promise<Occurrence[]> {
  const rows = await db.query<Stored>(
    'select occurrence, code, withdrawal from occurrences order by to_day desc, occurrence_id limit $1',
    [limit],
  )
  return rows.map((row) => rowOf(row).event)
}

export async function readOccurrencesOf(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OccurrenceRow>> {
  const rows = await db.query<Stored>(
    'select occurrence, code, withdrawal from occurrences where occurrence_id = any($1::text[])',
    [ids],
  )
  return new Map(rows.map(rowOf).map((row) => [row.event.id, row]))
}
