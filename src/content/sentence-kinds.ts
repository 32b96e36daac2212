/** Which acts a part of a sentence names, in their order. */
import type { ActCode } from './act-links.ts'
import { ACT_SAYINGS, ACT_WORDS, NOT_SAID } from './act-words.ts'
import { blank } from './sentence-time.ts'

/** 5路, K52路, 1号线, line 5: never an amount. */
export const LINE =
  /(?:(?<=[坐乘搭]了? ?)[一二三四五六七八九十百零]{1,5}|[a-z]?\d{1,4}) ?路(?!口|上|边|程|过|由|人)|[一二三四五六七八九十\d]{1,3} ?号线|(?:line|no\.?|route) ?\d{1,4}\b/i

interface Hit {
  readonly code: ActCode
  readonly index: number
}

interface Word extends Hit {
  readonly length: number
}

const CODES = Object.keys(ACT_SAYINGS) as ActCode[]
const SURE = wordsOf((code) => [...ACT_SAYINGS[code].sure.split('|'), ...chineseOf(code)])
const WEAK = wordsOf((code) => ACT_SAYINGS[code].weak?.split('|') ?? [])

/** Of the words that the search knows the acts by, those of one act alone. */
function chineseOf(code: ActCode): string[] {
  const others = CODES.filter((other) => other !== code).map((other) => ACT_WORDS[other].split(' '))
  return ACT_WORDS[code]
    .split(' ')
    .filter((word) => /^\p{Script=Han}{2,}$/u.test(word) && !NOT_SAID.includes(word))
    .filter((word) => !others.some((words) => words.includes(word)))
}

function wordsOf(
  of: (code: ActCode) => readonly string[],
): readonly { code: ActCode; word: RegExp; length: number }[] {
  return CODES.flatMap((code) =>
    [...new Set(of(code))].map((word) => ({ code, word: wordPattern(word), length: word.length })),
  ).sort((a, b) => b.length - a.length)
}

/** 走 alone, and 骑 alone, are an act where an amount follows; Latin words stand by themselves. */
function wordPattern(word: string): RegExp {
  if (/^[走骑]$/.test(word)) return new RegExp(`${word}(?= ?[\\d半一二两三四五六七八九十百])`, 'g')
  return /^\p{Script=Han}/u.test(word)
    ? new RegExp(word, 'g')
    : new RegExp(`(?<![a-z-])${word}(?![a-z])`, 'gi')
}

/** In their order; a longer word goes before one that lies within it. */
export function hitsIn(part: string): readonly Hit[] {
  const sure = hitsOf(SURE, part)
  return sure.length > 0 ? sure : [...hitsOf(WEAK, part), ...lineHit(part)].slice(0, 1)
}

function hitsOf(words: typeof SURE, part: string): Hit[] {
  const found: Word[] = []
  let left = part
  for (const { code, word } of words)
    for (const match of left.matchAll(word)) {
      const hit = { code, index: match.index, length: match[0].length }
      found.push(hit)
      left = blank(left, hit)
    }
  return found.sort((a, b) => a.index - b.index)
}

/** 坐5路 is a bus, 1号线 a metro. */
function lineHit(part: string): Hit[] {
  const found = LINE.exec(part)
  if (!found) return []
  return /路$/.test(found[0])
    ? [{ code: 'bus', index: found.index }]
    : /线$/.test(found[0])
      ? [{ code: 'metro', index: found.index }]
      : []
}
