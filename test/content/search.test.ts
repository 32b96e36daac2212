/** People find what a city says, in either language, also with a slip of the finger. */
import { beforeAll, describe, expect, it } from 'vitest'
import { loadAllCities } from '../../src/content/registry.ts'
import { buildSearch, type CitySearch, mark, type SearchHit } from '../../src/content/search.ts'
import { tokenize, tokenizeQuery } from '../../src/content/tokens.ts'

let search: CitySearch
beforeAll(async () => {
  search = buildSearch(await loadAllCities())
})

const zh = (query: string) => search.find(query, { language: 'zh-CN' })
const en = (query: string) => search.find(query, { language: 'en' })
const ids = (hits: SearchHit[]) => hits.map((hit) => hit.id)
const marked = (hit: SearchHit) => hit.title.ranges.map(([from, to]) => hit.title.text.slice(from, to))

describe('Chinese', () => {
  it('finds the public bicycle', () => {
    const hits = zh('公共自行车')
    expect(ids(hits)[0]).toBe('wf-m-bike-2021')
    expect(marked(hits[0]!)).toEqual(['公共自行车'])
  })

  it.each(['公共自形车', '公共自行車', '公工自行车'])('finds it with a wrong character: %s', (query) => {
    expect(ids(zh(query)).slice(0, 3)).toContain('wf-m-bike-2021')
  })

  it('finds one character in the middle or at the end of a word', () => {
    expect(ids(zh('桩'))).toContain('zb-m-charging')
  })

  it('finds indicators, events and districts too', () => {
    expect(zh('森林覆盖率').map((hit) => hit.kind)).toContain('indicator')
    expect(zh('低碳日').map((hit) => hit.kind)).toContain('event')
    expect(zh('崂山区').map((hit) => hit.kind)).toContain('district')
  })

  it('finds by the body that answers for it', () => {
    expect(zh('国网滨州供电公司')[0]).toMatchObject({ city: 'binzhou', kind: 'measure' })
  })
})

describe('English', () => {
  it('finds waste sorting, also with a slip', () => {
    const want = ['jn-m-sorting', 'zb-m-sorting', 'bz-m-sorting', 'wf-m-waste-sorting', 'qd-m-waste-sorting']
    expect(
      ids(en('waste sorting'))
        .slice(0, 8)
        .filter((id) => want.includes(id)).length,
    ).toBeGreaterThanOrEqual(3)
    expect(
      ids(en('wast sortng'))
        .slice(0, 10)
        .filter((id) => want.includes(id)).length,
    ).toBeGreaterThanOrEqual(2)
  })

  it('finds while typing', () => {
    expect(ids(en('bicyc'))).toContain('wf-m-bike-2021')
  })
})

it('puts the chosen city first among equals', () => {
  for (const city of ['jinan', 'qingdao', 'zibo', 'binzhou'] as const)
    expect(search.find('绿色出行', { language: 'zh-CN', preferCity: city })[0]?.city).toBeDefined()
  expect(search.find('垃圾分类', { language: 'zh-CN', preferCity: 'binzhou' })[0]?.id).toBe('bz-m-sorting')
  expect(search.find('垃圾分类', { language: 'zh-CN', preferCity: 'zibo' })[0]?.id).toBe('zb-m-sorting')
})

it('answers nothing to nothing, and keeps to the limit', () => {
  expect(zh('  ')).toEqual([])
  expect(zh('，。！')).toEqual([])
  expect(en('qqqqzzzz')).toEqual([])
  expect(search.find('碳', { language: 'zh-CN', limit: 5 })).toHaveLength(5)
  expect(zh('碳'.repeat(5000)).length).toBeLessThanOrEqual(60)
})

it('marks whole stretches, and Latin terms from the start of a word', () => {
  expect(mark('公共自行车大扩容', ['公共', '共自', '自行', '行车']).ranges).toEqual([[0, 5]])
  expect(mark('At each level, EVs', ['ev']).ranges).toEqual([[15, 17]])
})

it('looks for a lone character only when nothing else was typed', () => {
  expect(tokenizeQuery('公共')).toEqual(['公共'])
  expect(tokenizeQuery('桩')).toEqual(['桩'])
  expect(tokenizeQuery('CO2 5g 5')).toEqual(['co2', '5g', '5'])
})

it('cuts Chinese into words and pairs, English into lower-cased words', () => {
  expect(tokenize('自行车')).toEqual(expect.arrayContaining(['自行', '行车', '车']))
  expect(tokenize('Near-zero CO₂')).toEqual(['near-zero', 'near', 'zero', 'co2'])
})
