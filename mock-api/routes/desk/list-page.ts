/** A page of a list that is read whole: what is published, not what people do. By key, so that what comes in between moves nothing. */
import * as v from 'valibot'
import type { HttpContext } from '../../http/env.ts'
import { placeIn, placeText } from '../../http/place.ts'

/** Each with all its words: some hundred kilobytes. */
const ROWS_PER_PAGE = 200

const placeSchema = v.strictTuple([v.string()])

export interface Page<Row> {
  readonly rows: Row[]
  /** Where the next page begins: `?after=`. Absent on the last. */
  readonly next?: string
}

/** `keyOf`: unlike that of any other row; the rows come in its order. */
export function pageByKey<Row>(c: HttpContext, all: readonly Row[], keyOf: (row: Row) => string): Page<Row> {
  const after = placeIn(c, placeSchema)?.[0]
  const rows = all
    .filter((row) => after === undefined || keyOf(row) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const page = rows.slice(0, ROWS_PER_PAGE)
  const last = page.at(-1)
  return last && rows.length > page.length ? { rows: page, next: placeText(keyOf(last)) } : { rows: page }
}
