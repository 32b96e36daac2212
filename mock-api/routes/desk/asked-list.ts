/** What is asked of one of the desk's lists, out of the query of its route: anything that the list does not know is refused by name. */
import { FIND_MAX, type ListShape, sortIn } from '../../../src/contract/desk/lists.ts'
import type { HttpContext } from '../../http/env.ts'
import { ProblemError } from '../../http/problem.ts'

export interface AskedList<Shape extends ListShape = ListShape> {
  /** As it is compared, see `toFind`; empty: all. */
  readonly find: string
  /** Undefined: in the order that the list has by itself. */
  readonly sort: { readonly by: Shape['sorts'][number]; readonly isDown: boolean } | undefined
  readonly filters: { readonly [Filter in keyof Shape['filters']]?: Shape['filters'][Filter][number] }
  /** In whose alphabet names are ordered. */
  readonly isEnglish: boolean
}

export function askedOf<Shape extends ListShape>(c: HttpContext, shape: Shape): AskedList<Shape> {
  const find = toFind(c.req.query('find') ?? '')
  if (find.length > FIND_MAX) throw wrong('find', `at most ${FIND_MAX} characters`)
  const text = c.req.query('sort')
  const sort = text === undefined ? undefined : sortIn(shape, text)
  if (text !== undefined && !sort) throw wrong('sort', `one of ${shape.sorts.join(', ')}`)
  const filters: Record<string, string> = {}
  for (const [name, values] of Object.entries(shape.filters)) {
    const value = c.req.query(name)
    if (value === undefined) continue
    if (!values.includes(value)) throw wrong(name, `one of ${values.join(', ')}`)
    filters[name] = value
  }
  return {
    find,
    sort,
    filters: filters as AskedList<Shape>['filters'],
    isEnglish: c.req.query('language') === 'en',
  }
}

/** Full-width letters of a Chinese keyboard are the letters that they look like. */
function toFind(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

export function isFoundIn(words: readonly string[], find: string): boolean {
  return find === '' || words.some((each) => toFind(each).includes(find))
}

function wrong(field: string, wanted: string): ProblemError {
  return new ProblemError('malformed', { detail: `${field}: expected ${wanted}` })
}
