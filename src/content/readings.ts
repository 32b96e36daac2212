/**
 * Finds Chinese words by how they are read: with and without tones and blanks, the last syllable half typed, or by their initials. What it
 * answers with are words that stand in the content, for the search to look for as if they had been typed.
 */
import pinyin from './pinyin-table.json' with { type: 'json' }

interface Readings {
  /** Words that are read so, the likeliest first. `isSure`: all of at least two syllables were given. */
  find(query: string): { readonly words: readonly string[]; readonly isSure: boolean }
}

/** More words of one reading are homophones that nobody meant. */
const WORDS_MAX = 4
const QUERY_MAX = 40
/** Initials of this many characters may stand anywhere in a name; fewer only at its beginning, and two only for all of it. */
const INITIALS_ANYWHERE = 4
/** A name counts for as much as so many words in running text: 地毯 is a thing's name, and still 低碳 is what most people mean by `ditan`. */
const WHOLE_NAME = 30
const IN_NAME = 5

interface Table {
  readonly readings: ReadonlyMap<string, readonly string[]>
  /** By character, with which letters its readings begin: a page of text is passed over in a millisecond. */
  readonly firstLetters: Uint32Array
}

const HAN_FIRST = 0x4e00
const HAN_COUNT = 0x5200
let made: Table | undefined

/** Who types Chinese has no use for it. */
function table(): Table {
  if (made) return made
  const readings = new Map<string, string[]>()
  for (const [reading, characters] of Object.entries(pinyin)) {
    // 绿 is lv on a keyboard, lu where the dots are left out, lyu in a passport.
    const spellings = reading.includes('v')
      ? [reading, reading.replace('v', 'u'), reading.replace('v', 'yu')]
      : [reading]
    for (const character of characters)
      readings.set(character, [...(readings.get(character) ?? []), ...spellings])
  }
  const firstLetters = new Uint32Array(HAN_COUNT)
  for (const [character, all] of readings)
    firstLetters[character.charCodeAt(0) - HAN_FIRST] = all.reduce((bits, each) => bits | letterBit(each), 0)
  made = { readings, firstLetters }
  return made
}

interface Match {
  readonly end: number
  readonly isComplete: boolean
}

/** @param names titles and what things are also called; @param texts what else is said. */
function buildReadings(names: readonly string[], texts: readonly string[]): Readings {
  const { readings, firstLetters } = table()
  const namePart = names.join('\n')
  const corpus = `\n${namePart}\n${texts.join('\n')}\n`
  const namesEnd = namePart.length + 1
  function wordsOf(query: string, match: (query: string, at: number) => Match | undefined) {
    const found = new Map<string, { score: number; isComplete: boolean }>()
    const letter = letterBit(query)
    for (let at = 0; at < corpus.length; at++) {
      if (((firstLetters[corpus.charCodeAt(at) - HAN_FIRST] ?? 0) & letter) === 0) continue
      const got = match(query, at)
      if (!got) continue
      const word = corpus.slice(at, got.end)
      const before = found.get(word) ?? { score: 0, isComplete: got.isComplete }
      const isName = at < namesEnd
      const isWhole = isName && corpus[at - 1] === '\n' && corpus[got.end] === '\n'
      const score = before.score + (isWhole ? WHOLE_NAME : isName ? IN_NAME : 1)
      found.set(word, { score, isComplete: before.isComplete || got.isComplete })
    }
    return [...found].sort(([, a], [, b]) => b.score - a.score)
  }

  function initialsAt(query: string, at: number): Match | undefined {
    const end = at + query.length
    if (end > namesEnd) return undefined
    const isBegin = corpus[at - 1] === '\n'
    const isWhole = isBegin && corpus[end] === '\n'
    if (query.length < INITIALS_ANYWHERE && (query.length < 3 ? !isWhole : !isBegin)) return undefined
    for (let i = 0; i < query.length; i++)
      if (!readings.get(corpus[at + i] as string)?.some((each) => each[0] === query[i])) return undefined
    return { end, isComplete: false }
  }

  function find(query: string) {
    const read = wordsOf(query, (text, at) => matchAt(corpus, text, at))
    const complete = read.filter(([, { isComplete }]) => isComplete)
    const best = complete.length > 0 ? complete : read
    const isShort = query.length > 1 && !query.includes(' ')
    const words = best.length > 0 || !isShort ? best : wordsOf(query, initialsAt)
    return {
      words: words.slice(0, WORDS_MAX).map(([word]) => word),
      isSure: complete.some(([word]) => word.length > 1),
    }
  }

  return { find }
}

function letterBit(reading: string): number {
  return 1 << (reading.charCodeAt(0) - 'a'.charCodeAt(0))
}

/** The characters from there on that are read as the query says; a blank in it stands between two syllables. */
function matchAt(corpus: string, query: string, at: number, from = 0): Match | undefined {
  let half: Match | undefined
  for (const reading of table().readings.get(corpus[at] ?? '') ?? []) {
    if (query.startsWith(reading, from)) {
      let next = from + reading.length
      if (query[next] === ' ') next += 1
      if (next >= query.length) return { end: at + 1, isComplete: true }
      const rest = matchAt(corpus, query, at + 1, next)
      if (rest?.isComplete) return rest
      half ??= rest
    } else if (from > 0 && reading.startsWith(query.slice(from))) half ??= { end: at + 1, isComplete: false }
  }
  return half
}

/** @returns a finder of words in all that is said, made when somebody first types what could be pinyin. */
export function readingsOf(said: () => { names: readonly string[]; texts: readonly string[] }): Readings {
  let readings: Readings | undefined
  return {
    find(typed) {
      const query = withoutTones(typed)
      if (query === undefined) return { words: [], isSure: false }
      if (!readings) {
        const { names, texts } = said()
        readings = buildReadings(names, texts)
      }
      return readings.find(query)
    },
  }
}

/** `shísì-wǔ`, `shi4 si4 wu3` and `Shi si wu` in one spelling; undefined for what is no pinyin. */
function withoutTones(typed: string): string | undefined {
  const plain = typed
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u0306\u030c]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ü|u:/g, 'v')
    .replace(/(?<=[a-z])[0-5](?=$|[\sa-z'’-])/g, ' ')
    .replace(/[\s'’·-]+/g, ' ')
    .trim()
  return plain.length <= QUERY_MAX && /^[a-z ]+$/.test(plain) ? plain : undefined
}
