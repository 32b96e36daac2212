/** The stations as the phone keeps them: fetched once, confirmed by their ETag, shown again without a network, and of the minute that they are of. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { readKept } from '../../src/db/kept.ts'
import { MINUTE_MS } from '../../src/domain/base/time.ts'
import { useKeptStore } from '../../src/stores/kept.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { NOON } from '../support/builders.ts'
import { type OpenApp, openApp, settle } from './app.ts'

let backend: Backend
let app: OpenApp
let isReachable: boolean
let statuses: number[]
beforeEach(async () => {
  backend = await startBackend({ now: NOON, samples: false })
  isReachable = true
  statuses = []
  app = await openApp(backend, {
    async send(request) {
      if (!isReachable) throw new TypeError('no network')
      const response = await backend.fetch(request)
      if (new URL(request.url).pathname.endsWith('/stations')) statuses.push(response.status)
      return response
    },
  })
})
afterEach(async () => {
  await app.close()
  await backend.close()
})

const refresh = () => useKeptStore().refresh('stations', 'weifang', { isForced: true })
const kept = async () => {
  const row = await readKept(app.deviceDb, 'stations:weifang')
  return { ...row, value: row?.value as { at: number; stations: { id: string; reportedAt: number }[] } }
}

it('within the minute the phone only asks whether what it has still holds; a minute later it gets new counts', async () => {
  await refresh()
  const first = await kept()
  expect(first.value.stations).toHaveLength(28)
  backend.now.advance(30_000)
  await refresh()
  expect(statuses).toEqual([200, 304])
  expect((await kept()).value).toEqual(first.value)
  expect((await kept()).at).toBe(NOON + 30_000)
  backend.now.advance(MINUTE_MS)
  await refresh()
  expect(statuses).toEqual([200, 304, 200])
  expect((await kept()).value.at).toBe(NOON + MINUTE_MS)
})

it('without a network the last counts stay, with the time at which they held', async () => {
  await refresh()
  const before = await kept()
  isReachable = false
  backend.now.advance(3 * 3600_000)
  await refresh()
  expect(await kept()).toEqual(before)
  expect(useKeptStore().failureOf('stations', 'weifang')).toBeDefined()
  const screen = effectScope()
  const shown = screen.run(() => useKeptStore().live('stations', () => 'weifang'))
  await settle(() => shown?.value.value !== undefined)
  expect(shown?.value.value?.at).toBe(NOON)
  screen.stop()
})

it('what never came is not made up', async () => {
  isReachable = false
  await refresh()
  expect(await readKept(app.deviceDb, 'stations:weifang')).toBeUndefined()
})
