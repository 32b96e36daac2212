/** Ids of what packs and quizzes hold: the code of their city, a letter for what it is, and words. */
import * as v from 'valibot'
import { cities } from './registry.ts'

/** @param kind a pattern for the letter: `q`, `[mi]`. */
export function recordId(kind: string) {
  const codes = cities.map(({ code }) => code).join('|')
  return v.pipe(v.string(), v.regex(new RegExp(`^(${codes})-${kind}-[a-z0-9-]+$`)))
}
