/** Content of the cities over HTTP: asked for by its version, and published anew by the operator without a new build. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPublished } from '../../mock-api/start/content.ts'
import { packTag } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'greentrace-content-'))
const now = () => Date.parse('2098-06-01T04:00:00Z')
let weifang: CityPack
let backend: Backend

beforeAll(async () => {
  weifang = await loadCity('weifang')
  backend = await startBackend({ samples: false })
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true })
})

const ask = (city: string, headers: Record<string, string> = {}, of = backend) =>
  call(of, { method: 'GET', path: `/api/v1/cities/${city}/content`, headers })

/** What the operator's folder gives, and what the log says of it. */
async function published(files: Record<string, unknown>) {
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  const lines: string[] = []
  const packs = await readPublished(folder, {
    now,
    log: (level, event, fields) => lines.push(`${level} ${event} ${JSON.stringify(fields)}`),
  })
  return { packs, lines }
}

describe('the content of a city', () => {
  it('is the pack of the build, whole, for each of the five', async () => {
    for (const city of CITY_IDS) expect(await (await ask(city)).json()).toEqual(await loadCity(city))
    expect((await ask('beijing')).status).toBe(404)
  })

  it('has the tag that the app makes of its own pack: a phone with the same build is told 304 at its first question', async () => {
    const answer = await ask('weifang', { 'if-none-match': packTag(weifang) })
    expect([answer.status, await answer.text()]).toEqual([304, ''])
    expect((await ask('weifang')).headers.get('etag')).toBe(packTag(weifang))
    expect((await ask('weifang', { 'if-none-match': 'W/"weifang-2020-01-01-1"' })).status).toBe(200)
  })
})

describe('a pack that the operator published', () => {
  it('is served in place of the build’s, under its own tag', async () => {
    const later = { ...weifang, version: '2098-05-31' }
    const { packs, lines } = await published({ 'weifang.json': later, 'readme.txt': 'not a pack' })
    expect(lines).toEqual(['info content published {"city":"weifang","version":"2098-05-31"}'])
    const open = await startBackend({ db: backend.db, samples: false, published: packs })
    const answer = await ask('weifang', { 'if-none-match': packTag(weifang) }, open)
    expect(answer.headers.get('etag')).toBe(packTag(later))
    expect(await answer.json()).toEqual(later)
    expect((await ask('weifang', { 'if-none-match': packTag(later) }, open)).status).toBe(304)
    expect(await (await ask('zibo', {}, open)).json()).toEqual(await loadCity('zibo'))
  })

  it('counts by its revision when it is of the same day', async () => {
    expect((await published({ 'weifang.json': { ...weifang, revision: 2 } })).packs.size).toBe(1)
  })

  it.each([
    ['it is no JSON', '{"schema": 1,', 'the whole'],
    ['a part is missing', { version: '2098-01-01', measures: undefined }, 'measures'],
    [
      'it is that of another city',
      { version: '2098-01-01', city: { id: 'zibo', nameZh: '淄博市', nameEn: 'Zibo', adcode: '370300' } },
      'city.id',
    ],
    [
      'a word of it cannot be shown',
      {
        version: '2098-01-01',
        city: { id: 'weifang', nameZh: '潍\u000b坊市', nameEn: 'Weifang', adcode: '370700' },
      },
      'city.nameZh: expected no control',
    ],
    ['its day does not exist', { version: '2098-02-30' }, 'version: expected a day that exists'],
    ['it is not newer', {}, 'not newer'],
    ['it is of a day to come', { version: '2098-06-02' }, 'ahead of today'],
  ])('is refused with its reason when %s, and the build’s is served', async (_why, change, reason) => {
    const file = typeof change === 'string' ? change : { ...weifang, ...change }
    const { packs, lines } = await published({ 'weifang.json': file })
    expect(packs.size).toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^error content refused/)
    expect(lines[0]).toContain(reason)
  })

  it('need not be there, nor the folder', async () => {
    const lines: string[] = []
    const log = (_level: string, event: string) => void lines.push(event)
    expect((await readPublished(join(folder, 'none'), { now, log })).size).toBe(0)
    expect(lines).toEqual([])
  })
})
