/**
 * Finds an item by what people call it, in either language or as the Chinese is read, as they type. Pure: items in, an index out.
 * The very name comes first, then names that hold all of the words, then what is read so, then near ones: a wrong character, a slip in an English word.
 */
import MiniSearch from 'minisearch'
import { readingsOf } from '../readings.ts'
import { continuing } from '../search-terms.ts'
import { oneWriting, tokenize, tokenizeQuery } from '../tokens.ts'
import type { BinItem } from './bin-schema.ts'

export interface BinHit {
  readonly item: BinItem
  /** The other name that was asked for, where it is not the item's own. */
  readonly alias?: string
  /** Only like what was typed: to be offered, not told. */
  readonly isNear?: true
}

interface BinSearch {
  find(query: string): BinHit[]
}

const HITS_MAX = 12
/** Longer queries are pasted by accident. */
const QUERY_MAX = 40
/** With this many full matches, near ones are noise. */
const ENOUGH = 3
/** A near match must reach this share of the best one's score. */
const NEAR_SCORE_MIN = 0.4
/** Two names of this likeness differ in one character of three, or two of five. */
const LIKENESS_MIN = 0.6

const HAN = /\p{Script=Han}/u

interface Row {
  readonly id: string
  readonly name: string
  readonly also: string
}

export function buildBinSearch(items: readonly BinItem[]): BinSearch {
  const byId = new Map(items.map((item) => [item.id, item]))
  const byName = new Map(items.flatMap((item) => namesOf(item).map((name) => [plain(name), item] as const)))
  const index = new MiniSearch<Row>({
    fields: ['name', 'also'],
    tokenize,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: tokenizeQuery,
      fuzzy: (term) => (/^[a-z]{4,}$/.test(term) ? 0.25 : false),
      boost: { name: 2 },
    },
  })
  index.addAll(
    items.map((item) => ({
      id: item.id,
      name: `${item.nameZh} ${item.nameEn}`,
      also: [...item.alsoZh, ...item.alsoEn].join(' '),
    })),
  )

  const readings = readingsOf(() => ({
    names: items.flatMap(({ nameZh, alsoZh }) => [nameZh, ...alsoZh]),
    texts: [],
  }))

  function find(query: string): BinHit[] {
    const asked = plain(query.slice(0, QUERY_MAX))
    if (asked === '') return []
    const direct = holding(asked)
    const hits = direct.length > 0 ? direct : readAs(query)
    return hits.length >= ENOUGH ? hits.slice(0, HITS_MAX) : withNear(asked, hits)
  }

  /** The very name, and names that hold all of the words. */
  function holding(asked: string): BinHit[] {
    const named = byName.get(asked) ?? byName.get(singular(asked))
    const held = itemsOf(index.search(asked, { combineWith: 'AND', prefix: continuing(asked) }))
    return [...new Set([...(named ? [named] : []), ...held])].map((item) => asHit(item, asked))
  }

  /** The names that hold a word which is read as was typed. */
  function readAs(query: string): BinHit[] {
    const hits = readings.find(query).words.flatMap((word) => holding(plain(word)))
    return hits.filter(({ item }, at) => hits.findIndex((other) => other.item === item) === at)
  }

  function withNear(asked: string, hits: readonly BinHit[]): BinHit[] {
    const found = new Set(hits.map(({ item }) => item))
    const prefix = continuing(asked)
    const near = index.search(asked, { combineWith: 'OR', prefix })
    const floor = (near[0]?.score ?? 0) * NEAR_SCORE_MIN
    const others = [...alike(asked, hits.length > 0), ...itemsOf(near.filter((hit) => hit.score >= floor))]
    const offered = [...new Set(others)].filter((item) => !found.has(item))
    return [...hits, ...offered.map((item) => ({ item, isNear: true as const }))].slice(0, HITS_MAX)
  }

  function itemsOf(results: readonly { readonly id: string }[]): BinItem[] {
    return results.flatMap(({ id }) => byId.get(id) ?? [])
  }

  /** For a slip in a short Chinese name, whose pairs of characters no longer match: the most alike first, and words with several meanings. */
  function alike(asked: string, hasHits: boolean): BinItem[] {
    if (!HAN.test(asked) || (hasHits && asked.length < 3)) return []
    const compare = asked.length === 2 ? halfRight : likeness
    return items
      .map((item) => ({
        item,
        likeness: Math.max(...namesOf(item).map((name) => compare(asked, plain(name)))),
      }))
      .filter((one) => one.likeness >= LIKENESS_MIN)
      .sort((a, b) => b.likeness - a.likeness || Number('which' in b.item) - Number('which' in a.item))
      .map((one) => one.item)
  }

  return { find }
}

function asHit(item: BinItem, asked: string): BinHit {
  const own = [item.nameZh, item.nameEn].map(plain)
  if (own.some((name) => name.includes(asked))) return { item }
  const also = [...item.alsoZh, ...item.alsoEn]
  const alias = also.find((name) => plain(name) === asked) ?? also.find((name) => plain(name).includes(asked))
  return alias === undefined ? { item } : { item, alias }
}

export function namesOf(item: BinItem): readonly string[] {
  return [item.nameZh, item.nameEn, ...item.alsoZh, ...item.alsoEn]
}

/** As names are compared: in one writing, without what nobody sees, no spaces or marks at the ends, and without the question around it. */
export function plain(text: string): string {
  return oneWriting(text.replace(/\p{Cf}/gu, ''))
    .replace(/[，。、？！?!]/gu, ' ')
    .replace(/(是|属于|算)?(什么|哪种|哪类)垃圾|(扔|丢|放)(到?哪里?|哪个桶|什么桶)/gu, ' ')
    .trim()
}

function singular(text: string): string {
  return text.replace(/(?<=[a-z]{2})ies$/, 'y').replace(/(?<=[a-z]{3})s$/, '')
}

/** Of two characters the other one may be any: 电迟 for 电池. */
function halfRight(asked: string, name: string): number {
  return name.length === 2 && (name[0] === asked[0] || name[1] === asked[1]) ? LIKENESS_MIN : 0
}

/** Longest common subsequence over the longer length: 1 for the same, 0 for nothing in common. */
function likeness(a: string, b: string): number {
  const row = new Array<number>(b.length + 1).fill(0)
  for (const letter of a) {
    let diagonal = 0
    for (let at = 1; at <= b.length; at += 1) {
      const above = row[at] ?? 0
      row[at] = letter === b[at - 1] ? diagonal + 1 : Math.max(above, row[at - 1] ?? 0)
      diagonal = above
    }
  }
  return (row[b.length] ?? 0) / Math.max(a.length, b.length)
}
