/** How a term of a question may match a word of the index: as it is, as its beginning, or nearly. */
import { oneWriting, tokenizeQuery } from './tokens.ts'

/** Nothing is like a number but that number. */
export function isNumber(asked: string): boolean {
  return tokenizeQuery(asked).every((term) => /^(?:[\d.]+|°[cf])$/.test(term))
}

/** A single character begins a pair. */
export function isLone(term: string): boolean {
  return term.length === 1 && !isLatin(term)
}

/** A Chinese pair is complete, and so is a number; a single character or a Latin word may go on. A letter alone begins half of all words. */
export function mayContinue(term: string): boolean {
  return isLone(term) || (isLatin(term) && term.length > 1 && !/^[\d.]+$/.test(term))
}

/** Which terms may go on of those that were typed: a word whose last letter was taken off was whole. "Mars" begins no market. */
export function continuing(asked: string): (term: string) => boolean {
  const words = new Set(oneWriting(asked).split(/[^\p{Script=Latin}\d]+/u))
  return (term) => mayContinue(term) && (!isLatin(term) || words.has(term) || !words.has(`${term}s`))
}

export function isLatin(term: string): boolean {
  return /^[a-z0-9]/.test(term)
}

/** Chinese terms of one or two characters must match exactly; one letter in five may be wrong in a word. */
export function fuzziness(term: string): number | false {
  if (/[^a-z]/.test(term) || term.length < 4) return false
  return 0.25
}
