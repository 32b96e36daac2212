/** Runs inside a page: the city search without the app around it, on all five packs. Bundled by kit.ts as `searchKit`. */
import binzhou from '../../../src/content/cities/binzhou.json' with { type: 'json' }
import jinan from '../../../src/content/cities/jinan.json' with { type: 'json' }
import qingdao from '../../../src/content/cities/qingdao.json' with { type: 'json' }
import weifang from '../../../src/content/cities/weifang.json' with { type: 'json' }
import zibo from '../../../src/content/cities/zibo.json' with { type: 'json' }
import type { CityPack } from '../../../src/content/schema.ts'
import { type CitySearch, openSearch } from '../../../src/content/search.ts'

const packs = [jinan, qingdao, weifang, zibo, binzhou] as unknown as CityPack[]
let search: CitySearch | undefined

/** Milliseconds to build the index in one piece, and how many records it has. */
export async function buildIndex(): Promise<{ took: number; records: number }> {
  const startedAt = performance.now()
  search = await openSearch(packs, { built: {}, pause: async () => undefined })
  return { took: performance.now() - startedAt, records: search.size }
}

/** Milliseconds of one query, and how much it found. */
export function find(query: string): { took: number; hits: number } {
  const startedAt = performance.now()
  const answer = search?.find(query, { language: 'zh-CN', preferCity: 'weifang', limit: 12 })
  return { took: performance.now() - startedAt, hits: answer?.total ?? 0 }
}
