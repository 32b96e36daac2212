/** Every pack keeps the schema, says what the checked facts say, and says it in both languages. */
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { cities, cityById, loadAllCities, loadCity } from '../../src/content/registry.ts'
import { type CityPack, cityPackSchema } from '../../src/content/schema.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { type GoldenCity, goldenCity } from './golden.ts'

/** All packs together, gzipped, must not slow the first install. */
const PACKS_GZIP_BYTES_MAX = 150_000
const SENTENCE_CHARACTERS_MAX = 90

/** Keys of the facts that the packs carry unchanged. */
const INDICATOR_KEYS = [
  'unit', 'unitEn', 'scaleEn', 'value2020', 'target2025', 'target2025Max', 'target2030', 'target2035',
  'kind', 'comparator', 'comparator2030', 'base', 'section', 'line',
] as const // biome-ignore format: one line per thought
const MEASURE_KEYS = [
  'domain', 'audience', 'titleZh', 'titleEn', 'summaryZh', 'summaryEn', 'section', 'line', 'uncertain',
] as const // biome-ignore format: one line per thought
const SYSTEM_KEYS = [
  'id', 'nameZh', 'nameEn', 'whatZh', 'functions', 'functionsBasis', 'section', 'line', 'anchor', 'uncertain',
] as const // biome-ignore format: one line per thought
const STATUS = { planned: 'planned', existing: 'existing', extended: 'existing, to be extended' } as const
/** Where reading the document ran on into the list of those who get a copy of it. */
const COPIES_TO = '）抄送：'
const FIGURE_KEYS = ['value', 'valueMax', 'valueEn', 'unit', 'unitEn', 'year', 'comparator'] as const

function pick(from: object, keys: readonly string[]): Record<string, unknown> {
  const all = from as Record<string, unknown>
  return Object.fromEntries(keys.filter((key) => all[key] !== undefined).map((key) => [key, all[key]]))
}

/** All texts of a pack with the key that holds them. */
function textsOf(value: unknown, key = '', found: { key: string; text: string }[] = []) {
  if (typeof value === 'string') found.push({ key, text: value })
  else if (value !== null && typeof value === 'object')
    for (const [name, inner] of Object.entries(value))
      textsOf(inner, Array.isArray(value) ? key : name, found)
  return found
}

/** Every object with `…Zh` has `…En`, and the other way round. */
function unpaired(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const twin = key.endsWith('Zh')
      ? key.replace(/Zh$/, 'En')
      : key.endsWith('En')
        ? key.replace(/En$/, 'Zh')
        : null
    const lonely = twin !== null && !['unitZh', 'scaleZh', 'valueZh'].includes(twin) && !(twin in value)
    return [...(lonely ? [`${path}.${key}`] : []), ...unpaired(inner, `${path}.${key}`)]
  })
}

it('the registry names the cities as the packs do', async () => {
  expect(cities.map((city) => city.id)).toEqual([...CITY_IDS])
  for (const city of cities) {
    const { id, nameZh, nameEn, adcode } = cityById(city.id)
    expect({ id, nameZh: `${nameZh}市`, nameEn, adcode }).toEqual((await loadCity(id)).city)
  }
})

it('all packs are small enough to be kept by every phone', async () => {
  const sizes = (await loadAllCities()).map((pack) => gzipSync(JSON.stringify(pack)).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(PACKS_GZIP_BYTES_MAX)
})

describe.each(CITY_IDS)('%s', (id) => {
  let pack: CityPack
  let golden: GoldenCity
  beforeAll(async () => {
    pack = await loadCity(id)
    golden = goldenCity(id)
  })

  it('keeps the schema', () => {
    expect(v.parse(cityPackSchema, pack)).toEqual(pack)
  })

  it('is from the same document', () => {
    expect(pack.city).toEqual(golden.city)
    expect(pack.document).toMatchObject(
      pick(golden.document, ['titleZh', 'titleEn', 'number', 'issuer', 'date']),
    )
  })

  it('has every indicator with the same numbers', () => {
    expect(pack.indicators.map((one) => one.id)).toEqual(golden.indicators.map((one) => one.id))
    for (const [at, want] of golden.indicators.entries()) {
      expect(pick(pack.indicators[at]!, INDICATOR_KEYS), want.id).toEqual(pick(want, INDICATOR_KEYS))
      expect(pack.indicators[at]!.noteEn !== undefined, `${want.id} note`).toBe(want.note !== undefined)
    }
  })

  it('calls a 2020 figure an estimate exactly where the facts do', () => {
    const estimates = golden.indicators.filter((one) => one.note?.includes('estimate')).map((one) => one.id)
    expect(pack.indicators.filter((one) => one.isEstimate2020).map((one) => one.id)).toEqual(estimates)
  })

  it('says that the province sets a target exactly where the facts say so', () => {
    for (const [at, want] of golden.indicators.entries()) {
      const years = [...(want.note ?? '').matchAll(/(20\d\d): (?:to be|task) set by the province/g)].map(
        (m) => Number(m[1]),
      )
      expect(pack.indicators[at]!.setByProvince ?? [], want.id).toEqual(years)
    }
  })

  it('has every measure with the same figures', () => {
    expect(pack.measures.map((one) => one.id)).toEqual(golden.measures.map((one) => one.id))
    for (const [at, want] of golden.measures.entries()) {
      const got = pack.measures[at]!
      expect(pick(got, MEASURE_KEYS), want.id).toEqual(pick(want, MEASURE_KEYS))
      const end = want.agencies.findIndex((body) => body.includes(COPIES_TO))
      const bodies = end === -1 ? want.agencies : want.agencies.slice(0, end + 1)
      expect(got.agencies, want.id).toEqual(bodies.map((body) => body.split(COPIES_TO)[0]))
      expect(
        got.figures.map((one) => pick(one, FIGURE_KEYS)),
        want.id,
      ).toEqual(want.figures.map((one) => pick(one, FIGURE_KEYS)))
      expect(got.noteEn !== undefined, `${want.id} note`).toBe(want.note !== undefined)
    }
  })

  it('has every system, with its place in the document', () => {
    const systems = pack.systems ?? []
    expect(systems.map((one) => pick(one, SYSTEM_KEYS))).toEqual(
      golden.systems.map((one) => pick(one, SYSTEM_KEYS)),
    )
    expect(systems.map(({ whatEn, status }) => [whatEn, STATUS[status]])).toEqual(
      golden.systems.map(({ what, status }) => [what, status]),
    )
    expect(systems.map((one) => one.noteEn !== undefined)).toEqual(
      golden.systems.map((one) => one.note !== undefined),
    )
  })

  it('names only bodies, and no other piece of the document', () => {
    const bodies = pack.measures.flatMap(({ agencies }) => agencies)
    expect(bodies.filter((body) => /[。：）〕\d]$|抄送|印发/.test(body) || body.length > 25)).toEqual([])
  })

  it('has every event and district', () => {
    const eventKeys = ['nameZh', 'when', 'section', 'uncertain']
    expect(pack.events.map((one) => pick(one, eventKeys))).toEqual(
      golden.events.map((one) => pick(one, eventKeys)),
    )
    const districtKeys = ['nameZh', 'nameEn', 'target', 'unit', 'base', 'year', 'section', 'roleZh', 'roleEn']
    expect(pack.districts.map((one) => pick(one, districtKeys))).toEqual(
      golden.districts.map((one) => pick(one, districtKeys)),
    )
  })

  it('is complete in both languages', () => {
    expect(unpaired(pack)).toEqual([])
    const texts = textsOf(pack)
    expect(texts.filter(({ key, text }) => key.endsWith('En') && /\p{Script=Han}/u.test(text))).toEqual([])
    expect(texts.filter(({ key, text }) => key.endsWith('Zh') && !/[\p{Script=Han}]/u.test(text))).toEqual([])
  })

  it('keeps Chinese sentences short', () => {
    const sentences = textsOf(pack)
      .filter(({ key }) => key.endsWith('Zh'))
      .flatMap(({ text }) => text.split(/[。！？；]/))
    expect(sentences.filter((sentence) => sentence.length > SENTENCE_CHARACTERS_MAX)).toEqual([])
  })

  it('speaks of no line of the scanned text', () => {
    expect(textsOf(pack).filter(({ text }) => /\blines? \d|\bseed\b/i.test(text))).toEqual([])
  })

  it('shows four indicators first, and no id stands twice', () => {
    expect(pack.indicators.flatMap((one) => one.headline ?? []).sort()).toEqual([1, 2, 3, 4])
    const lists = [pack.indicators, pack.measures, pack.events, pack.districts, pack.systems ?? []]
    const ids = lists.flat().map((one) => one.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
