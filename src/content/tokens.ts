/** Cuts a text into what the search index keeps: lower-cased Latin words and numbers, and Chinese words. */

const HAN = /\p{Script=Han}/u
const PIECES = /\p{Script=Han}+|[\p{Script=Latin}\d]+(?:[.'’-][\p{Script=Latin}\d]+)*/gu

/** Absent in a few older in-app browsers; character pairs alone serve there. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : null

/** For what a person typed: without the lone last characters, which would match far too much. */
export function tokenizeQuery(text: string): string[] {
  const tokens = tokenize(text)
  const whole = tokens.filter((token) => token.length > 1 || !HAN.test(token))
  return whole.length > 0 ? whole : tokens
}

/**
 * Chinese gives the segmenter's words and also every pair of neighbouring characters: the segmenter cuts the same
 * characters differently in another sentence, and with a wrong character in it a word would not be found at all.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = []
  for (const [piece] of text.normalize('NFKC').toLowerCase().matchAll(PIECES)) {
    if (HAN.test(piece)) tokens.push(...hanTokens(piece))
    else tokens.push(...latinTokens(piece))
  }
  return [...new Set(tokens)]
}

function hanTokens(run: string): string[] {
  if (run.length === 1) return [run]
  const tokens = segmenter
    ? [...segmenter.segment(run)].map((part) => part.segment).filter((word) => word.length > 2)
    : []
  for (let at = 0; at + 2 <= run.length; at += 1) tokens.push(run.slice(at, at + 2))
  // With the last character alone, a search for one character finds it anywhere: all others begin a pair.
  tokens.push(run.slice(-1))
  return tokens
}

/** "near-zero" is found whole and by its parts. */
function latinTokens(word: string): string[] {
  const parts = word.split(/[.'’-]/).filter((part) => part.length > 1)
  return parts.length > 1 ? [word, ...parts] : [word]
}
