/** The hand-made map of concepts: it names what exists, joins what can be joined, and every difference in the data is told. */
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { compare, type Difference, isShared, valuesOf } from '../../src/content/compare.ts'
import { conceptOf, concepts } from '../../src/content/concepts.ts'
import { loadAllCities } from '../../src/content/registry.ts'
import { type CityPack, DOMAINS, type Indicator } from '../../src/content/schema.ts'
import { compareText } from '../../src/text/city/compare/compare.ts'

const text = v.pipe(v.string(), v.trim(), v.minLength(1))
const han = v.pipe(text, v.regex(/\p{Script=Han}/u))
const english = v.pipe(
  text,
  v.check((words) => !/\p{Script=Han}/u.test(words)),
)
const mapSchema = v.array(
  v.strictObject({
    id: v.pipe(text, v.regex(/^[a-z0-9-]+$/)),
    domain: v.picklist(DOMAINS),
    nameZh: han,
    nameEn: english,
    plainZh: han,
    plainEn: english,
    likewise: v.optional(text),
    entries: v.array(
      v.union([
        v.strictObject({ indicator: text }),
        v.strictObject({ indicator: text, scopeZh: han, scopeEn: english }),
      ]),
    ),
  }),
)

let packs: CityPack[]
let indicators: Map<string, Indicator & { city: string }>
beforeAll(async () => {
  packs = await loadAllCities()
  indicators = new Map(
    packs.flatMap((pack) => pack.indicators.map((one) => [one.id, { ...one, city: pack.city.id }] as const)),
  )
})

/** Every choice of two cities or more. */
function choices(): CityPack[][] {
  return Array.from({ length: 2 ** packs.length }, (_, bits) =>
    packs.filter((_, at) => (bits >> at) % 2 === 1),
  ).filter((chosen) => chosen.length > 1)
}

describe('the map', () => {
  it('is complete in both languages, and Chinese sentences stay short', () => {
    expect(v.parse(mapSchema, concepts)).toEqual(concepts)
    const sentences = concepts
      .flatMap((one) => [one.nameZh, one.plainZh, ...one.entries.map((entry) => entry.scopeZh ?? '')])
      .flatMap((words) => words.split(/[。；]/))
    expect(sentences.filter((sentence) => sentence.length > 90)).toEqual([])
  })

  it('names no concept twice, no indicator that is not there, and none twice in a concept', () => {
    expect(new Set(concepts.map((one) => one.id)).size).toBe(concepts.length)
    for (const { id, entries } of concepts) {
      const ids = entries.map((entry) => entry.indicator)
      expect(
        ids.filter((each) => !indicators.has(each)),
        id,
      ).toEqual([])
      expect(new Set(ids).size, id).toBe(ids.length)
    }
  })

  it('joins at least two cities in each concept, in one field or at its border', () => {
    for (const concept of concepts) {
      expect(isShared(compare(concept, packs)), concept.id).toBe(true)
      const fields = concept.entries.map((entry) => indicators.get(entry.indicator)?.domain)
      expect(fields, concept.id).toContain(concept.domain)
    }
  })

  it('joins only indicators of one unit, so that nothing has to be converted', () => {
    for (const { id, entries } of concepts) {
      const units = entries.map((entry) => {
        const one = indicators.get(entry.indicator)
        return `${one?.unit} ${one?.unitEn} ${one?.scaleEn}`
      })
      expect(new Set(units).size, id).toBe(1)
    }
  })

  it('leaves no two cities with the same name of an indicator apart', () => {
    const bare = (name: string) => name.replace(/（.*）|累计|总/g, '')
    const all = [...indicators.values()]
    const apart = all
      .map((one) => all.filter((each) => bare(each.nameZh) === bare(one.nameZh)))
      .filter((same) => new Set(same.map((one) => one.city)).size > 1)
      .filter((same) => same.some((one) => !conceptOf(one.id)))
    expect(apart.map((same) => same.map((one) => one.id))).toEqual([])
  })

  it('points to a like concept that exists and points back', () => {
    for (const { id, likewise } of concepts.filter((one) => one.likewise !== undefined)) {
      expect(concepts.find((one) => one.id === likewise)?.likewise).toBe(id)
    }
  })
})

describe('differences', () => {
  /** Found anew from the packs, not by the code under test. */
  function expected(chosen: Indicator[]): Difference[] {
    const numbers = (one: Indicator) => [
      one.value2020,
      one.target2025,
      one.target2030,
      one.target2035 ?? null,
    ]
    const some = chosen.filter((one) => numbers(one).some((value) => value !== null))
    const many = (marks: unknown[]) => new Set(marks.map(String)).size > 1
    const found: Difference[] = []
    if (many(some.map((one) => one.base))) found.push('base')
    if (many(some.map((one) => numbers(one).map((value) => value !== null)))) found.push('years')
    if (many(some.map((one) => one.value2020 !== null))) found.push('measured')
    return found
  }

  it('of base year, years, and measured or aimed at are told for every choice of cities', () => {
    let told = 0
    for (const chosen of choices())
      for (const concept of concepts) {
        const { rows, differences } = compare(concept, chosen)
        const name = `${concept.id} ${chosen.map((pack) => pack.city.id)}`
        const want = expected(rows.map((row) => row.indicator))
        expect(
          differences.filter((one) => ['base', 'years', 'measured'].includes(one)),
          name,
        ).toEqual(want)
        expect(differences.includes('scope'), name).toBe(rows.some((row) => row.entry.scopeZh))
        told += want.length
      }
    expect(told).toBeGreaterThan(100)
  })

  it('of the unit are told when a newer pack brings one', () => {
    const forest = concepts.find((one) => one.id === 'forest')!
    const changed = packs.map((pack) => ({
      ...pack,
      indicators: pack.indicators.map((one) => (one.id === 'wf-i-forest' ? { ...one, unit: '公顷' } : one)),
    }))
    expect(compare(forest, packs).differences).not.toContain('unit')
    expect(compare(forest, changed).differences).toContain('unit')
  })

  it('have words, short and long, in both languages', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { short, long } = compareText[language]
      expect(Object.keys(short)).toEqual(Object.keys(long))
    }
  })

  it('forest cover: about 23 % by 2030 is not set beside 14.02 % of 2020 without a word', () => {
    const { differences } = compare(concepts.find((one) => one.id === 'forest')!, packs)
    expect(differences).toEqual(['years', 'bound', 'measured'])
  })

  it('a cut since 2005 and a cut of five years are two concepts, and each says who speaks of the other', () => {
    const chosen = packs.filter((pack) => ['jinan', 'weifang'].includes(pack.city.id))
    const since = compare(concepts.find((one) => one.id === 'carbon-since-2005')!, chosen)
    expect(since.rows.map((row) => row.city)).toEqual(['jinan'])
    expect(since.absent).toEqual(['weifang'])
    expect(since.saidLikewise).toEqual(['weifang'])
  })
})

it('a city that has no number yet, because the province sets it, is present and has no mark', () => {
  const { rows, absent } = compare(concepts.find((one) => one.id === 'vehicle-carbon')!, packs)
  const weifang = rows.find((row) => row.city === 'weifang')!
  expect(valuesOf(weifang)).toEqual([])
  expect(weifang.points.some((point) => point.state === 'province')).toBe(true)
  expect(absent).toEqual(['zibo'])
})
