/** Days with their confirmed acts, live, as the pictures and bests of any period read them: a row a day, never the records. */
import { liveQuery, type Observable } from 'dexie'
import type { Day } from '../domain/base/time.ts'
import type { ActDay } from '../domain/taking-part/act-days.ts'
import type { LedgerDb } from './database.ts'
import { partName } from './part-key.ts'
import type { GroupOf } from './rows.ts'
import type { DayRow } from './tables.ts'

/** @param span both days are part of it; without one, all days there are */
export function liveActDays(
  db: LedgerDb,
  groupOf: GroupOf,
  span?: { from: Day; to: Day },
): Observable<ActDay[]> {
  return liveQuery(async () => {
    const rows = span
      ? await db.days.where('day').between(span.from, span.to, true, true).toArray()
      : await db.days.toArray()
    return rows.map((row) => actDay(row, groupOf))
  })
}

function actDay({ day, acts, parts = {} }: DayRow, groupOf: GroupOf): ActDay {
  const confirmed = Object.entries(parts).map(([key, part]) => {
    const name = partName(key)
    return { ...name, group: groupOf(name.code), ...part }
  })
  const count = confirmed.reduce((sum, part) => sum + part.acts, 0)
  return { day, parts: confirmed, inReview: Math.max(0, acts - count) }
}
