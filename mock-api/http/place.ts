/** Where the next page of a list begins: the key of a row, in a form that nobody needs to read. */
import * as v from 'valibot'
import type { HttpContext } from './env.ts'
import { ProblemError } from './problem.ts'

export function placeText(...key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** `?after=`; undefined where there is none. */
export function placeIn<Key>(c: HttpContext, schema: v.GenericSchema<unknown, Key>): Key | undefined {
  const text = c.req.query('after')
  if (text === undefined) return undefined
  try {
    return v.parse(schema, JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw new ProblemError('malformed')
  }
}
