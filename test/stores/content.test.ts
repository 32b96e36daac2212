/** Content of the cities on the phone: asked for seldom, taken when it is newer, never changed under the reader's eyes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packTag } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import { readKept, writeKept } from '../../src/db/kept.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { useContentStore } from '../../src/stores/content.ts'
import { fillDisk } from '../actions/full-disk.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import type { Storage } from '../support/phone.ts'
import { type OpenApp, openApp } from './app.ts'

let backend: Backend
let app: OpenApp
let builtIn: CityPack
/** What the phone asked, and what it was told: `weifang 304`. */
let asked: string[]
const published = new Map<string, CityPack>()

beforeEach(async () => {
  published.clear()
  backend = await startBackend({ now: NOON, samples: false, published: published as never })
  builtIn = await loadCity('weifang')
  app = await open()
})
afterEach(async () => {
  await app.close()
  await backend.close()
})

async function open(storage?: Storage): Promise<OpenApp> {
  asked = []
  const send = async (request: Request): Promise<Response> => {
    const answer = await backend.fetch(request)
    const city = /cities\/(\w+)\/content/.exec(request.url)?.[1]
    if (city) asked.push(`${city} ${answer.status}`)
    return answer
  }
  return openApp(backend, { send, ...(storage ? { storage } : {}) })
}

/** The app closed and started again on the same phone. */
async function restart(): Promise<void> {
  await app.close()
  app = await open(app.storage)
}

const later = (revision: number): CityPack => ({ ...builtIn, revision })
const read = () => useContentStore().read('weifang')
const refresh = () => useContentStore().refresh('weifang')

describe('a phone with the newest packs', () => {
  it('is told so in a few bytes, the open city first, and stores none of them a second time', async () => {
    await refresh()
    expect(asked[0]).toBe('weifang 304')
    expect(asked.toSorted()).toEqual(CITY_IDS.map((city) => `${city} 304`).sort())
    expect(await readKept(app.deviceDb, 'content:weifang')).toMatchObject({ value: null })
  })

  it('asks for each city once in some hours, also after a new start', async () => {
    await refresh()
    await refresh()
    expect(asked).toHaveLength(5)
    await restart()
    await refresh()
    expect(asked).toHaveLength(0)
    backend.now.advance(7 * HOUR_MS)
    await refresh()
    expect(asked).toHaveLength(5)
  })
})

describe('a newer pack', () => {
  it('waits while somebody reads, and is shown when they say so', async () => {
    published.set('weifang', later(2))
    expect((await read()).revision).toBeUndefined()
    await refresh()
    const content = useContentStore()
    expect(content.inUse.get('weifang')?.revision).toBeUndefined()
    expect(content.arrived.get('weifang')?.revision).toBe(2)
    content.apply('weifang')
    expect((await read()).revision).toBe(2)
    expect(content.arrived.size).toBe(0)
  })

  it('is there on the next start, without a network, and asked after by its own tag', async () => {
    published.set('weifang', later(2))
    await refresh()
    await restart()
    expect(await read()).toEqual(later(2))
    backend.now.advance(7 * HOUR_MS)
    await refresh()
    expect(asked).toContain('weifang 304')
    expect((await readKept(app.deviceDb, 'content:weifang'))?.value).toEqual(later(2))
  })

  it('gives way to the app’s own again when the operator takes it back', async () => {
    published.set('weifang', later(2))
    await refresh()
    published.clear()
    backend.now.advance(7 * HOUR_MS)
    await refresh()
    await restart()
    expect(await read()).toBe(builtIn)
  })

  it('is not kept when it is broken, and the phone does not ask for it again and again', async () => {
    published.set('weifang', { ...later(2), measures: [{}] } as never)
    await read()
    await refresh()
    expect(useContentStore().arrived.size).toBe(0)
    expect(await readKept(app.deviceDb, 'content:weifang')).toMatchObject({ value: null })
    await refresh()
    expect(asked.filter((each) => each.startsWith('weifang'))).toHaveLength(1)
  })
})

it('a kept pack that is older than the app’s own, or damaged, is not shown', async () => {
  for (const value of [{ ...builtIn, version: '2020-01-01' }, { ...later(9), indicators: 'none' }, 7]) {
    await writeKept(app.deviceDb, { key: 'content:weifang', value, at: NOON })
    await restart()
    expect(await read()).toBe(builtIn)
  }
})

it('without a network nothing is asked twice at once, nothing breaks, and the next visit asks again', async () => {
  await app.close()
  let isUp = false
  const send = (request: Request) =>
    isUp ? backend.fetch(request) : Promise.reject(new TypeError('offline'))
  app = await openApp(backend, { send })
  await Promise.all([refresh(), refresh()])
  expect(await readKept(app.deviceDb, 'content:weifang')).toBeUndefined()
  isUp = true
  published.set('weifang', later(3))
  expect(packTag(await read())).toBe(packTag(builtIn))
  await refresh()
  expect(useContentStore().arrived.get('weifang')?.revision).toBe(3)
})

it('on a full disk a correction is shown all the same, and the other cities are asked for, too', async () => {
  published.set('weifang', later(9))
  await read()
  const makeRoom = fillDisk('fails')
  await refresh()
  makeRoom()
  expect(useContentStore().arrived.get('weifang')?.revision).toBe(9)
  expect(asked).toHaveLength(CITY_IDS.length)
})
