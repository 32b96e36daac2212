/** Runs inside a page: the city search without the app around it, on all five packs. Bundled by kit.ts as `searchKit`. */

import { builtPieces } from '../../../src/content/built-pieces.ts'
import binzhou from '../../../src/content/cities/binzhou.json' with { type: 'json' }
import jinan from '../../../src/content/cities/jinan.json' with { type: 'json' }
import qingdao from '../../../src/content/cities/qingdao.json' with { type: 'json' }
import weifang from '../../../src/content/cities/weifang.json' with { type: 'json' }
import zibo from '../../../src/content/cities/zibo.json' with { type: 'json' }
import type { CityPack } from '../../../src/content/schema.ts'
import { type CitySearch, openSearch } from '../../../src/content/search.ts'
import type { BuiltPieces } from '../../../src/content/search-piece.ts'

const packs = [jinan, qingdao, weifang, zibo, binzhou] as unknown as CityPack[]
let search: CitySearch | undefined

interface Opened {
  /** Milliseconds, in one piece. */
  readonly took: number
  readonly records: number
}

/** Of the pieces that were made at build time, which are at hand. */
export function openBuilt(): Promise<Opened> {
  return open(builtPieces)
}

/** Every piece made in the page, as it would be if each city had a later pack. */
export function makeHere(): Promise<Opened> {
  return open({})
}

async function open(built: BuiltPieces): Promise<Opened> {
  await Promise.all(Object.values(built).map((load) => load()))
  const startedAt = performance.now()
  search = await openSearch(packs, { built, pause: async () => undefined })
  return { took: performance.now() - startedAt, records: search.size }
}

/** Milliseconds of one query, and how much it found. */
export function find(query: string): { took: number; hits: number } {
  const startedAt = performance.now()
  const answer = search?.find(query, { language: 'zh-CN', preferCity: 'weifang', limit: 12 })
  return { took: performance.now() - startedAt, hits: answer?.total ?? 0 }
}
