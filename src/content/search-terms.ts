/** How a term of a question may match a word of the index: as it is, as its beginning, or nearly. */
import { tokenizeQuery } from './tokens.ts'

/** Nothing is like a number but that number. */
export function isNumber(asked: string): boolean {
  return tokenizeQuery(asked).every((term) => /^(?:[\d.]+|°[cf])$/.test(term))
}

/** A single character begins a pair. */
export function isLone(term: string): boolean {
  return term.length === 1 && !isLatin(term)
}

/** A Chinese pair is complete, and so is a number; a single character or a Latin word may go on. */
export function mayContinue(term: string): boolean {
  return isLone(term) || (isLatin(term) && !/^[\d.]+$/.test(term))
}

export function isLatin(term: string): boolean {
  return /^[a-z0-9]/.test(term)
}

/** Chinese terms of one or two characters must match exactly; one letter in five may be wrong in a word. */
export function fuzziness(term: string): number | false {
  if (/[^a-z]/.test(term) || term.length < 4) return false
  return 0.25
}
