/** Cuts a text into what the search index keeps: lower-cased Latin words and numbers, and Chinese words, in one writing. */
import { foldHan } from './han.ts'

const HAN = /\p{Script=Han}/u
const PIECES = /\p{Script=Han}+|°[cf]\b|[\p{Script=Latin}\d]+(?:[.'’-][\p{Script=Latin}\d]+)*/gu
/** 8,000 is one number; a list of years is not. */
const GROUP_BLANKS = /(?<![\d.])(\d{1,3})((?: \d{3})+)(?![\d.])/g
const GROUP_MARKS = /(?<=\d)[,'’\u00a0\u2009\u202f](?=\d{3}(?!\d))/g

/** E.V. is EV, as some write it. */
const INITIALS = /(?<![a-z])(?:[a-z]\.){2,}/gi

/** 50万 is half a million, and nothing of fifty. */
const LARGE = /(?<![\d.])(\d+(?:\.\d+)?) ?(万亿|[万亿])/g
const LARGE_UNITS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 万亿: 1e12 }

/** Hold a sentence together and say nothing of what it is about: nobody looks for them. */
const LITTLE = new Set(
  'a an and are as at be by for from in is it its of on or that the this to was with 的 了 和 与 及 在 是 吗 呢'.split(
    ' ',
  ),
)
/** Another name of what the index knows as this. */
const OTHER_EV = /\b(?:nev|e-v)s?\b/g

/** The plans that are known by their number, as English counts them, and as the long Chinese name does. */
const FIVE_YEAR_PLANS: readonly (readonly [RegExp, string])[] = (
  [
    ['11(?:th)?|eleventh', '十一五', '11|十一'],
    ['12(?:th)?|twelfth', '十二五', '12|十二'],
    ['13(?:th)?|thirteenth', '十三五', '13|十三'],
    ['14(?:th)?|fourteenth', '十四五', '14|十四'],
    ['15(?:th)?|fifteenth', '十五五', '15|十五'],
  ] as const
).map(([count, name, number]) => [
  new RegExp(
    `\\b(?:${count})[\\s-]*(?:(?:five|5)[\\s-]*years?(?:[\\s-]*plans?)?|fyp)\\b|第(?:${number})个五年(?:规划|计划)?`,
    'g',
  ),
  name,
])

/** What the plans and guides say in many words, and people ask for in one. */
const SHORT_NAMES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:electric|new[\s-]energy) (?:cars?|vehicles?|bus(?:es)?|taxis?)\b|\bnevs?\b|新能源(?:汽车|车)|电动汽车|充电桩/,
    'ev',
  ],
]

/** Everyday things that Taiwan and Hong Kong call by another word. */
const OTHER_WORDS: readonly (readonly [string, string])[] = [
  ['乾', '干'], // two characters in a table, for the sake of an emperor's name; here only batteries and biscuits are dry
  ['塑胶', '塑料'],
  ['脚踏车', '自行车'],
  ['单车径', '自行车道'],
  ['计程车', '出租车'],
  ['公车站', '公交站'],
  ['巴士', '公交车'],
  ['捷运', '地铁'],
  ['行动电源', '移动电源'],
  ['宝特瓶', '塑料瓶'],
  ['厨余桶', '厨余垃圾'],
]

/** Absent in a few older in-app browsers; character pairs alone serve there. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : null

/**
 * For what a person typed: without little words and without the lone last characters, which would match far too much, and of each English word
 * its singular. None where only little words were typed.
 */
export function tokenizeQuery(text: string): string[] {
  // In running text two numbers may stand side by side; who types "8 000" means one.
  const joined = text.replace(INITIALS, (letters) => letters.replaceAll('.', ''))
  let plain = oneWriting(joined.replace(GROUP_BLANKS, (number) => number.replaceAll(' ', '')))
  for (const [words, name] of FIVE_YEAR_PLANS) plain = plain.replace(words, ` ${name} `)
  plain = plain.replace(OTHER_EV, 'ev').replace(LARGE, (_, number, unit) => ` ${largeNumber(number, unit)} `)
  const tokens = cut(plain, (word) => [singular(word)], partsOf).filter((token) => !LITTLE.has(token))
  const whole = tokens.filter((token) => token.length > 1 || !HAN.test(token))
  return whole.length > 0 ? whole : tokens
}

/**
 * Chinese gives the segmenter's words and also every pair of neighbouring characters: the segmenter cuts the same
 * characters differently in another sentence, and with a wrong character in it a word would not be found at all.
 */
export function tokenize(text: string): string[] {
  let plain = oneWriting(text)
  for (const [words, name] of [...FIVE_YEAR_PLANS, ...SHORT_NAMES])
    if (plain.search(words) >= 0) plain += ` ${name}`
  for (const [, number = '', unit = ''] of plain.matchAll(LARGE)) plain += ` ${largeNumber(number, unit)}`
  return cut(plain, (word) => [word, singular(word)], latinTokens)
}

function largeNumber(number: string, unit: string): string {
  return String(Math.round(Number(number) * (LARGE_UNITS[unit] ?? 1)))
}

/** One width, one case, numbers without marks between their thousands, simplified characters. */
export function oneWriting(text: string): string {
  const plain = text.replace(GROUP_MARKS, '').normalize('NFKC').toLowerCase().replace(GROUP_MARKS, '')
  const folded = foldHan(plain).replace(/(?<=十[一二三四五])[·・.\s]+(?=五)/g, '')
  return OTHER_WORDS.reduce((text, [other, ours]) => text.replaceAll(other, ours), folded)
}

function cut(
  plain: string,
  formsOf: (word: string) => readonly string[],
  wordsIn: (piece: string) => readonly string[],
): string[] {
  const tokens: string[] = []
  for (const [piece] of plain.matchAll(PIECES)) {
    if (HAN.test(piece)) tokens.push(...hanTokens(piece))
    else tokens.push(...wordsIn(piece).flatMap(formsOf))
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

/** "near-zero" is found whole and by its parts; 1.5 is one number. */
function latinTokens(word: string): string[] {
  const parts = partsOf(word)
  return parts.length > 1 ? [word, ...parts] : parts
}

/** Whoever asks for "waste-sorting" asks for waste sorting. */
function partsOf(word: string): string[] {
  if (/^[\d.]+$/.test(word)) return [word]
  const parts = word.split(/[.'’-]/).filter((part) => part.length > 1)
  return parts.length > 1 ? parts : [word]
}

/** Of an English word, well enough to bring both its numbers together: "bins" and "bin", "batteries" and "battery", "EVs" and "EV". */
export function singular(word: string): string {
  if (!/^[a-z-]+s$/.test(word) || /(?:ss|us|is|as)$/.test(word)) return word
  if (/[a-z]{2}ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|us|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}
