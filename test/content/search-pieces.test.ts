/** The index that was made at build time answers as one that was made of every word on the phone; a city's later pack takes its piece's place. */
import MiniSearch from 'minisearch'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPieces } from '../../src/content/built-pieces.ts'
import { loadAllCities } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import { openSearch, sourcesOf } from '../../src/content/search.ts'
import { openIndex, type Question } from '../../src/content/search-index.ts'
import { FIELDS, makePiece, type SearchPiece } from '../../src/content/search-piece.ts'
import type { SearchRow } from '../../src/content/search-rows.ts'
import { fuzziness, isLone, mayContinue } from '../../src/content/search-terms.ts'
import { tokenize, tokenizeQuery } from '../../src/content/tokens.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'

const QUERIES = [
  ...[
    '公共自行车',
    '公共自形车',
    '单车',
    '桩',
    '森林覆盖率',
    '低碳日',
    '崂山区',
    '国网滨州供电公司',
    '绿色出行',
  ],
  ...['垃圾分类', '碳', '新能源汽车', '公交', '光伏', '2025', '8 000', '十四五', '电池', '补贴', '清洁取暖'],
  ...['waste sorting', 'wast sortng', 'bicyc', 'garbage', 'b', 'ev', 'EVs', 'solar', 'near-zero', 'qqqqzzzz'],
  ...['充電寶', 'lajifenlei', 'bus 2025', 'low carbon', '°C', 'forst covrage', '垃圾 citizen', 'constructor'],
]
const WAYS: Record<string, Pick<Question, 'combineWith' | 'prefix' | 'fuzzy'>> = {
  'as whole words': { combineWith: 'AND', prefix: isLone },
  'as they are begun': { combineWith: 'AND', prefix: mayContinue, fuzzy: fuzziness },
  'or nearly': { combineWith: 'OR', prefix: mayContinue, fuzzy: fuzziness },
}

const builtPiece = async (name: string) => (await builtPieces[name]?.())?.default
let packs: CityPack[]
let rows: SearchRow[]
let pieces: SearchPiece[]

beforeAll(async () => {
  packs = await loadAllCities()
  const sources = sourcesOf(packs)
  rows = sources.flatMap((source) => source.rows)
  pieces = await Promise.all(sources.map(async ({ name }) => (await builtPiece(name)) as SearchPiece))
})

it('the build makes of each city, and of the guides, what the phone would', async () => {
  for (const { name, of, rows } of sourcesOf(packs))
    expect(await builtPiece(name), name).toEqual(await makePiece(of, rows, async () => undefined))
  expect(await builtPiece('beijing')).toBeUndefined()
})

describe('every word, given to MiniSearch as it comes,', () => {
  const boost = { titleZh: 4, titleEn: 4, names: 3, bodyZh: 1.5, bodyEn: 1.5, extra: 0.5 }
  let whole: MiniSearch<SearchRow>
  beforeAll(() => {
    whole = new MiniSearch<SearchRow>({
      fields: [...FIELDS],
      extractField: (row, field) =>
        field === 'names' ? (row.names?.join(' ') ?? '') : row[field as 'id' | 'titleZh'],
      tokenize,
      processTerm: (term) => term,
      searchOptions: { tokenize: tokenizeQuery, boost },
    })
    whole.addAll(rows)
  })

  it.each(Object.keys(WAYS))('is found likewise, with the same score, in the same order: %s', (way) => {
    const { length } = sourcesOf(packs)
    const ids = sourcesOf(packs).map((source) => source.rows.map(({ id }) => id))
    const index = openIndex(pieces.slice(0, length), ids)
    const order = new Map(rows.map(({ id }, at) => [id, at]))
    const rank = ({ score }: { score: number }) => Number(score.toPrecision(10))
    const answer = ({ id, score, terms, queryTerms }: ReturnType<typeof whole.search>[number]) => ({
      id,
      score: rank({ score }),
      terms: [...terms].sort(),
      queryTerms: [...queryTerms].sort(),
    })
    for (const city of CITY_IDS)
      for (const query of QUERIES) {
        const boostDocument = (id: string) => (rows[order.get(id) as number]?.city === city ? 1.5 : 1)
        const given = { ...(WAYS[way] as Question), boostDocument }
        const expected = whole
          .search(query, { ...given, fuzzy: given.fuzzy ?? false })
          .sort((a, b) => rank(b) - rank(a) || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
        expect(index.find(query, given).map(answer), `${query} in ${city}`).toEqual(expected.map(answer))
      }
  })
})

describe('a pack that came later than the app', () => {
  const later = (pack: CityPack): CityPack => ({
    ...pack,
    version: '2099-01-01',
    measures: pack.measures.map((one, at) => (at === 0 ? { ...one, titleZh: '鲸鱼过马路' } : one)),
  })

  it.each(CITY_IDS)(
    'is found by what it says, with the pieces of all other cities as they were built: %s',
    async (city) => {
      let waits = 0
      const changed = packs.map((pack) => (pack.city.id === city ? later(pack) : pack))
      const search = await openSearch(changed, {
        built: builtPieces,
        pause: async () => void waits++,
      })
      const [hit] = search.find('鲸鱼过马路', { language: 'zh-CN' }).hits
      expect([hit?.city, hit?.title.text]).toEqual([city, '鲸鱼过马路'])
      expect(search.find('公共自行车', { language: 'zh-CN' }).hits.map(({ id }) => id)).toContain(
        'wf-m-bike-more',
      )
      // A pause for each six records of that city, and for nobody else's.
      expect(waits).toBe(Math.ceil(recordsOf(city) / 6))
    },
  )
})

it('a piece that does not load is made on the phone', async () => {
  const broken = () => Promise.reject(new Error('the network is gone'))
  const search = await openSearch(packs, {
    built: { ...builtPieces, weifang: broken },
    pause: async () => {},
  })
  expect(search.find('公共自行车', { language: 'zh-CN' }).hits[0]?.id).toBe('wf-m-bike-2021')
})

function recordsOf(city: CityId): number {
  return rows.filter((row) => row.city === city && row.kind !== 'subsidy').length
}
