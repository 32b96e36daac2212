/** Events as they take place, with the code that stands on the sign there. */
import type { CityId } from '../../src/domain/city.ts'
import { type Occurrence, plainCode } from '../../src/domain/occurrence.ts'
import type { Day } from '../../src/domain/time.ts'
import type { Queryable } from './db.ts'

export interface OccurrenceRow {
  readonly event: Occurrence
  /** As it is compared; null where there is no check-in. */
  readonly code: string | null
}

interface Stored {
  readonly occurrence: string
  readonly code: string | null
}

function rowOf({ occurrence, code }: Stored): OccurrenceRow {
  return { event: JSON.parse(occurrence) as Occurrence, code }
}

/** Written anew when its date, place or code has changed. */
export async function putOccurrence(
  db: Queryable,
  occurrence: { event: Occurrence; text: string; code?: string | undefined },
): Promise<void> {
  const { event, text, code } = occurrence
  await db.query(
    `insert into occurrences (occurrence_id, city, to_day, occurrence, code) values ($1, $2, $3, $4, $5)
     on conflict (occurrence_id) do update
       set city = excluded.city, to_day = excluded.to_day, occurrence = excluded.occurrence, code = excluded.code`,
    [event.id, event.city, event.toDay, text, code === undefined ? null : plainCode(code)],
  )
}

/** Those of a city that end on the day or later, by their ids. */
export async function readOccurrences(db: Queryable, city: CityId, from: Day): Promise<OccurrenceRow[]> {
  const rows = await db.query<Stored>(
    'select occurrence, code from occurrences where city = $1 and to_day >= $2 order by to_day, occurrence_id',
    [city, from],
  )
  return rows.map(rowOf)
}

export async function readOccurrencesOf(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OccurrenceRow>> {
  const rows = await db.query<Stored>(
    'select occurrence, code from occurrences where occurrence_id = any($1::text[])',
    [ids],
  )
  return new Map(rows.map((row) => [(JSON.parse(row.occurrence) as Occurrence).id, rowOf(row)]))
}
