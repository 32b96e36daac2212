/**
 * The tables by which the search knows writings of a word: traditional characters with their simplified ones, and how characters are read.
 * Made from OpenCC's and pinyin-pro's data by `node test/support/search-tables.ts`; a test holds the files to them.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Converter } from 'opencc-js'
import { pinyin } from 'pinyin-pro'

/** Common in a word of its own, and Taiwan's writing of an even commoner one: 著 for 着. */
const ALSO_COMMON = '著'
/** As old print and other keyboards have them, each with everybody's: of these OpenCC knows nothing. */
const OTHER_PRINT = new Map(
  Array.from('靑青淸清汚污囘回馀余嶋岛戸户'.matchAll(/(.)(.)/gu), ([, from = '', to = '']) => [from, to]),
)
const FIRST = 0x4e00
const LAST = 0x9fff
/** A third reading is mostly one of names and old books, but 和 and 长 have two that everybody uses. */
const READINGS_MAX = 2

/** Of every writing that is not simplified: its simplified character. Taiwan's, Hong Kong's and Japan's among them. */
export function foldTable(): { from: string; to: string } {
  const converters = (['tw', 'hk', 't', 'jp'] as const).map((from) => Converter({ from, to: 'cn' }))
  const common = firstLevel()
  const pairs: [string, string][] = []
  for (let code = FIRST; code <= LAST; code++) {
    const character = String.fromCharCode(code)
    // 么 and 借 are everybody's characters, whatever else they stand for in an old book.
    if (common.has(character) && !ALSO_COMMON.includes(character)) continue
    const folded = simplified(character, converters, common)
    if (folded !== character) pairs.push([character, folded])
  }
  // All writings of one character beside each other: readable, and a little smaller when compressed.
  pairs.sort(([, a], [, b]) => (a < b ? -1 : 1))
  return { from: pairs.map(([from]) => from).join(''), to: pairs.map(([, to]) => to).join('') }
}

function simplified(
  character: string,
  converters: readonly ((text: string) => string)[],
  common: ReadonlySet<string>,
): string {
  if (common.has(character) && !ALSO_COMMON.includes(character)) return character
  const folded =
    OTHER_PRINT.get(character) ??
    converters.map((convert) => convert(character)).find((each) => each !== character)
  // A few lead on to a third writing.
  return folded?.length === 1 ? simplified(folded, converters, common) : character
}

/** Each syllable without its tone, ü as v, with the characters that are read so. */
export function pinyinTable(): Readonly<Record<string, string>> {
  const table = new Map<string, string>()
  for (const character of [...commonCharacters()].sort()) {
    for (const reading of readingsOf(character)) table.set(reading, (table.get(reading) ?? '') + character)
  }
  return Object.fromEntries([...table].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function readingsOf(character: string): string[] {
  const all = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true })
  return [...new Set(all)].filter((each) => /^[a-z]+$/.test(each)).slice(0, READINGS_MAX)
}

/** The 3,755 of GB 2312's first level, and whatever stands in the content of this build. */
export function commonCharacters(): Set<string> {
  const found = firstLevel()
  for (const path of globSync('src/content/**/*.json'))
    if (!path.endsWith('-table.json'))
      for (const character of readFileSync(path, 'utf8')) found.add(character)
  return new Set([...found].filter((each) => /^[\u4e00-\u9fff]$/.test(each)))
}

function firstLevel(): Set<string> {
  const found = new Set<string>()
  const decoder = new TextDecoder('gb18030')
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(new Uint8Array([row, cell]))
      if (character.length === 1) found.add(character)
    }
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync('src/content/fold-table.json', `${JSON.stringify(foldTable(), null, 2)}\n`)
  writeFileSync('src/content/pinyin-table.json', `${JSON.stringify(pinyinTable(), null, 2)}\n`)
}
