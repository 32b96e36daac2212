/**
 * A sixth city comes into a copy of the tree: the compiler names the one table that lacks it, and with a module and a pack of its own it is
 * chosen, read, searched, compared and served, with no other file touched. A quiz can follow later.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { CityPack } from '../../src/content/schema.ts'
import type { CityId } from '../../src/domain/base/city.ts'

const COPY = join(process.cwd(), '.cache', 'sixth-city')
const at = (path: string) => join(COPY, path)
const YANTAI = 'yantai' as CityId
const IDS = 'src/domain/base/city.ts'
const REGISTRY = 'src/content/registry.ts'
/** Whatever asks for something of every city stands behind these, and little else: Node's own types would cost seconds. */
const ROOTS = [
  'src/content/quiz-registry.ts',
  'src/content/search.ts',
  'src/content/compare.ts',
  'mock-api/demo/seed-offers.ts',
  'mock-api/demo/sample-alerts.ts',
  'mock-api/demo/sample-events.ts',
]

const MODULE = `/** A city for this test. */
import type { City } from './city.ts'

export const yantai: City<'yantai'> = {
  id: 'yantai',
  nameZh: '烟台',
  nameEn: 'Yantai',
  adcode: '370600',
  code: 'yt',
  centre: { lat: 37.464, lon: 121.448 },
  trace: { x: 340, y: 20 },
  loadPack: () => import('./yantai.json', { with: { type: 'json' } }),
}
`

/** Asks the copy's backend. In a process of its own, as Node runs it: Vitest would first rewrite hundreds of files. */
const ASK = `import { startBackend } from './test/support/backend.ts'
import { call, signIn } from './test/support/client.ts'

const backend = await startBackend({ samples: false })
const ask = async (what) =>
  (await call(backend, { method: 'GET', path: '/api/v1/cities/yantai/' + what })).json()
const [content, stations, alerts, events] = [
  await ask('content'), await ask('stations'), await ask('alerts'), await ask('events'),
]
const signedIn = (await signIn(backend, { city: 'yantai' })).answer.city
process.stdout.write(JSON.stringify({ content, stations, alerts, events, signedIn }), () => process.exit())
`

/** Zibo's plan under another name; of its indicators it has but one. */
function yantaiPack(): CityPack {
  const zibo = readFileSync('src/content/cities/zibo.json', 'utf8')
  const pack = JSON.parse(zibo.replaceAll('"zb-', '"yt-').replaceAll('淄博', '烟台')) as CityPack
  return {
    ...pack,
    city: { id: YANTAI, nameZh: '烟台市', nameEn: 'Yantai', adcode: '370600' },
    indicators: pack.indicators.slice(0, 1),
  }
}

let before: ts.SemanticDiagnosticsBuilderProgram | undefined

beforeAll(() => {
  rmSync(COPY, { recursive: true, force: true })
  mkdirSync(at('test'), { recursive: true })
  for (const part of ['src', 'mock-api', 'test/support', 'tsconfig.base.json', 'package.json'])
    cpSync(part, at(part), { recursive: true })
  change(IDS, "'binzhou']", "'binzhou', 'yantai']")
})

afterAll(() => rmSync(COPY, { recursive: true, force: true }))

it('the compiler names the table of cities, and nothing once its line is there', () => {
  expect(faultyFiles()).toEqual([REGISTRY])
  writeFileSync(at('src/content/cities/yantai.ts'), MODULE)
  writeFileSync(at('src/content/cities/yantai.json'), JSON.stringify(yantaiPack()))
  change(REGISTRY, 'zibo, binzhou }', 'zibo, binzhou, yantai }')
  change(REGISTRY, 'import { zibo }', "import { yantai } from './cities/yantai.ts'\nimport { zibo }")
  expect(faultyFiles()).toEqual([])
})

describe('then', () => {
  it('its pack keeps the schema, also as one that comes from outside', async () => {
    const { checkPack } =
      await copyOf<typeof import('../../src/content/check-pack.ts')>('src/content/check-pack.ts')
    expect(checkPack(yantaiPack(), 'yantai')).toEqual({ pack: yantaiPack() })
  })

  it('it stands on the line of the welcome, behind Qingdao', async () => {
    const { default: trace } = await copyOf<{ default: object }>('src/views/welcome/CityTrace.vue')
    const drawn = await renderToString(createSSRApp(trace))
    expect(drawn).toMatch(/312 86C[\d. ]* 340 20"/)
    expect(drawn).toContain('>烟台</text>')
  })

  it('it is found, and first by who lives there', async () => {
    const { loadAllCities } = await registry()
    const { openSearch } = await copyOf<typeof import('../../src/content/search.ts')>('src/content/search.ts')
    const search = await openSearch(await loadAllCities(), {
      built: {},
      pause: async () => undefined,
    })
    const { hits, counts } = search.find('垃圾分类', { language: 'zh-CN', preferCity: YANTAI })
    expect(hits[0]?.id).toBe('yt-m-sorting')
    expect(counts.city.get(YANTAI)).toBeGreaterThan(0)
  })

  it('it is compared, as absent where its plan says nothing', async () => {
    const { loadCity } = await registry()
    const { compare } = await copyOf<typeof import('../../src/content/compare.ts')>('src/content/compare.ts')
    const { concepts } =
      await copyOf<typeof import('../../src/content/concepts.ts')>('src/content/concepts.ts')
    const packs = [await loadCity('weifang'), await loadCity(YANTAI)]
    for (const concept of concepts) expect(compare(concept, packs).absent, concept.id).toContain('yantai')
  })

  it('its guides answer what holds everywhere, and say of its plan that nobody has read it yet', async () => {
    const guide = await copyOf<typeof import('../../src/content/guides/subsidy-guide.ts')>(
      'src/content/guides/subsidy-guide.ts',
    )
    expect(guide.factsAsked(YANTAI, 'car')).toEqual([])
    expect(guide.subsidyAnswer(YANTAI, 'car', null)).toMatchObject({ saying: 'none', measures: [] })
  })

  it('it has no question until somebody has written one, and then knows it by its code', async () => {
    const { loadQuiz, cityOfQuestion } = await copyOf<typeof import('../../src/content/quiz-registry.ts')>(
      'src/content/quiz-registry.ts',
    )
    expect((await loadQuiz(YANTAI)).questions).toEqual([])
    expect(cityOfQuestion('yt-q-1')).toBe('yantai')
  })

  it('the backend serves what there is of it, and takes its citizens in', async () => {
    writeFileSync(at('ask.ts'), ASK)
    const { stdout } = await promisify(execFile)(process.execPath, [at('ask.ts')])
    const { content, stations, alerts, events, signedIn } = JSON.parse(stdout)
    expect(content).toEqual(yantaiPack())
    expect(stations).toMatchObject({ centre: { lat: 37.464, lon: 121.448 }, stations: [] })
    expect(alerts).toMatchObject({ alert: [] })
    expect(events.occurrences.length).toBeGreaterThan(0)
    expect(signedIn).toBe('yantai')
  })
})

function copyOf<Module>(path: string): Promise<Module> {
  return import(at(path))
}

const registry = () => copyOf<typeof import('../../src/content/registry.ts')>(REGISTRY)

function change(path: string, from: string, to: string): void {
  const text = readFileSync(at(path), 'utf8')
  expect(text).toContain(from)
  writeFileSync(at(path), text.replace(from, to))
}

/** Of all that stands behind the roots; a second look checks only what has changed since the first. */
function faultyFiles(): string[] {
  const { config } = ts.readConfigFile('mock-api/tsconfig.json', ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, join(process.cwd(), 'mock-api'))
  const options = { ...parsed.options, types: [], noEmit: true }
  const host = ts.createIncrementalCompilerHost(options)
  before = ts.createSemanticDiagnosticsBuilderProgram(ROOTS.map(at), options, host, before)
  const own = before.getSourceFiles().filter(({ fileName }) => fileName.startsWith(COPY))
  const faulty = own.filter((file) => before?.getSemanticDiagnostics(file).length)
  return faulty.map(({ fileName }) => fileName.slice(COPY.length + 1)).sort()
}
