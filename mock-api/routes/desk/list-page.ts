/**
 * A page of one of the desk's lists. By the key of its last row and never by a number of rows, so that what comes in between moves nothing.
 * `pageOfAll` is for what is read whole: what is published, not what people do. `pageByLooking` is for what is read piece by piece.
 */
import * as v from 'valibot'
import type { ListShape } from '../../../src/contract/desk/lists.ts'
import type { HttpContext } from '../../http/env.ts'
import { placeIn, placeText } from '../../http/place.ts'
import { type AskedList, askedOf, isFoundIn } from './asked-list.ts'

/** Each with all its words: some hundred kilobytes. */
const ROWS_PER_PAGE = 200
/** Of one look through what does not fit. */
const LOOK_ROWS = 500
/** What a request looks through before it answers with a page that is not full: a second's work. */
const LOOK_MAX = 5000

type Value = string | number
const placeSchema = v.strictTuple([v.union([v.string(), v.number()]), v.string()])
const COLLATORS = {
  zh: new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
}

export interface Page<Row> {
  readonly rows: Row[]
  /** Where the next page begins: `?after=`. Absent on the last, which alone may have no rows. */
  readonly next?: string
}

interface HowListed<Row, Shape extends ListShape> {
  /** Unlike that of any other row; without a sort the rows come in its order. */
  readonly key: (row: Row) => string
  /** In which somebody may look for it. */
  readonly words: (row: Row) => readonly string[]
  readonly sorts: { readonly [Sort in Shape['sorts'][number]]: (row: Row, isEnglish: boolean) => Value }
  readonly filters: {
    readonly [Filter in keyof Shape['filters']]: (
      row: Row,
      value: Shape['filters'][Filter][number],
    ) => boolean
  }
}

export function pageOfAll<Row, Shape extends ListShape>(
  c: HttpContext,
  shape: Shape,
  all: readonly Row[],
  how: HowListed<Row, Shape>,
): Page<Row> {
  const asked = askedOf(c, shape)
  const sort: AskedList['sort'] = asked.sort
  const sorts: Readonly<Record<string, (row: Row, isEnglish: boolean) => Value>> = how.sorts
  const sortedBy = sort ? (row: Row) => sorts[sort.by]?.(row, asked.isEnglish) ?? '' : how.key
  const collator = asked.isEnglish ? COLLATORS.en : COLLATORS.zh
  const placeOf = (row: Row): Place => [sortedBy(row), how.key(row)]
  const compare = (a: Place, b: Place) => comparePlaces(a, b, collator) * (sort?.isDown ? -1 : 1)
  const after = placeIn(c, placeSchema)
  const rows = all
    .filter((row) => fits(how, asked, row))
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => after === undefined || compare(place, after) > 0)
    .sort((a, b) => compare(a.place, b.place))
  const page = rows.slice(0, ROWS_PER_PAGE)
  const last = page.at(-1)
  return {
    rows: page.map(({ row }) => row),
    ...(last && rows.length > page.length ? { next: placeText(...last.place) } : {}),
  }
}

type Place = readonly [Value, string]

function fits<Row, Shape extends ListShape>(
  { words, filters }: HowListed<Row, Shape>,
  asked: AskedList<Shape>,
  row: Row,
): boolean {
  const tests: Readonly<Record<string, (row: Row, value: string) => boolean>> = filters
  const values: Readonly<Record<string, string | undefined>> = asked.filters
  return (
    isFoundIn(words(row), asked.find) &&
    Object.entries(values).every(
      ([name, value]) => value === undefined || tests[name]?.(row, value) !== false,
    )
  )
}

function comparePlaces([a, aKey]: Place, [b, bKey]: Place, collator: Intl.Collator): number {
  const byValue =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return byValue || (aKey < bKey ? -1 : aKey > bKey ? 1 : 0)
}

interface Looking<Row, From> {
  readonly after: From | undefined
  readonly limit: number
  /** Whether every row fits; then no more are read than a page has. */
  readonly isAll: boolean
  readonly read: (after: From | undefined, limit: number) => Promise<readonly Row[]>
  readonly placeOf: (row: Row) => From
  readonly fits: (row: Row) => boolean
}

/** Rows that fit, out of those that the database has no words for. A page may be short, or empty, and have a next one. */
export async function pageByLooking<Row, From extends readonly Value[]>({
  after,
  limit,
  isAll,
  read,
  placeOf,
  fits,
}: Looking<Row, From>): Promise<Page<Row>> {
  const step = isAll ? limit : LOOK_ROWS
  const rows: Row[] = []
  let place = after
  for (let looked = 0; looked < LOOK_MAX; looked += step) {
    const some = await read(place, step)
    for (const row of some) {
      place = placeOf(row)
      if (fits(row)) rows.push(row)
      if (rows.length === limit) return { rows, next: placeText(...place) }
    }
    if (some.length < step) return { rows }
  }
  return place === undefined ? { rows } : { rows, next: placeText(...place) }
}
