/** Several track files at once: how many are done is told as it is, each that was not read says why, the same ride is there once, and cancelling leaves nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import { useLogDraftStore } from '../../../src/stores/log-draft.ts'
import LogView from '../../../src/views/log/LogView.vue'
import { straightRide } from '../../support/straight-ride.ts'
import { gpxOf } from '../../support/tracks.ts'
import { WorkerHere } from '../../support/worker-here.ts'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => vi.stubGlobal('Worker', WorkerHere))
afterEach(async () => {
  WorkerHere.before = async () => undefined
  useToast().dismiss()
  vi.unstubAllGlobals()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')

/** Three kilometres, that many hours ago. */
function ride(hoursAgo: number): string {
  return gpxOf(straightRide({ at: now() - hoursAgo * 3_600_000, metres: 3000, seconds: 600 }))
}

async function choose(files: readonly (readonly [name: string, content: string])[]): Promise<void> {
  world = await openWorld(LogView, { path: '/log' })
  await world.settle(() => text().includes('导入轨迹文件'))
  const input = world.page.get<HTMLInputElement>('input[type="file"]')
  expect(input.attributes('multiple')).toBeDefined()
  const value = files.map(([name, content]) => new File([content], name))
  Object.defineProperty(input.element, 'files', { value, configurable: true })
  await input.trigger('change')
}

test('their trips stand side by side in order of time, each once, and what was not read says why by its name', async () => {
  await choose([
    ['evening.gpx', ride(3)],
    ['morning.gpx', ride(12)],
    ['again.gpx', ride(12)],
    ['no\u202ete\u200b.gpx', 'no track at all'],
  ])
  await world.settle(() => text().includes('个文件里有 2 段出行'))
  expect(world.page.findAll('li.trip')).toHaveLength(2)
  const starts = useLogDraftStore().draft.trips?.map(({ track }) => track.measured.startedAt) ?? []
  expect(starts).toEqual([...starts].sort((a, b) => a - b))
  expect(text()).toContain('note.gpx：这不是轨迹文件')
})

test('it is told how many are done, and cancelled nothing was imported', async () => {
  let goOn: (() => void) | undefined
  WorkerHere.before = () =>
    new Promise((resolve) => {
      goOn = resolve
    })
  await choose([
    ['a.gpx', ride(3)],
    ['b.gpx', ride(12)],
  ])
  await world.settle(() => goOn !== undefined)
  expect(text()).toContain('正在读 a.gpx')
  const bar = () => world.page.get('progress').attributes()
  expect([bar().value, bar().max]).toEqual(['0', '2'])
  goOn?.()
  await world.settle(() => text().includes('正在读 b.gpx'))
  expect(bar().value).toBe('1')
  await world.page.get('.progress button').trigger('click')
  await world.settle(() => text().includes('已取消，没有导入'))
  expect(useLogDraftStore().draft).toMatchObject({ track: null, trips: null })
})

test('where none can be read each says why, and the page stays as it was', async () => {
  await choose([
    ['a.gpx', 'x'],
    ['b.gpx', ''],
  ])
  await world.settle(() => text().includes('a.gpx：'))
  expect(text()).toContain('b.gpx：')
  expect(text()).toContain('导入轨迹文件')
})
