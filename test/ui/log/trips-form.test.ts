// Several trips of one file on the 记录 page: each with its kind, some left out, recorded together; nothing lost on a full phone.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { useToast } from '../../../src/composables/useToast.ts'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { measure } from '../../../src/domain/evidence/track-metrics.ts'
import { useLedgerStore } from '../../../src/stores/ledger.ts'
import { type DraftTrip, useLogDraftStore } from '../../../src/stores/log-draft.ts'
import LogView from '../../../src/views/log/LogView.vue'
import { straightRide } from '../../support/straight-ride.ts'
import { openWorld, type World } from '../me/world.ts'

let world: World
afterEach(async () => {
  useToast().dismiss()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text() === words)
const outbox = async () => (await world.device.db?.outbox.toArray()) ?? []
const evidence = async () =>
  (await outbox()).map(({ text }) => (JSON.parse(text) as { body: { code: string; evidence: object } }).body)

/** Yesterday at eight and at six, 3 km each; in the evening 1 km was not recorded. */
function trips(now: number): DraftTrip[] {
  const day = startOfDay('2026-11-20') + 8 * 3_600_000
  const at = day + Math.floor((now - day) / 86_400_000 - 1) * 86_400_000
  const evening = at + 10 * 3_600_000
  const morning = measure([{ points: straightRide({ at, metres: 3000, seconds: 600 }), after: 'pause' }])
  const broken = measure([
    { points: straightRide({ at: evening, metres: 2000, seconds: 400 }), after: 'pause' },
    {
      points: straightRide({ at: evening + 600_000, metres: 1000, seconds: 200, from: 3000 }),
      after: 'segment',
    },
  ])
  return [morning, broken].map((measured, i) => ({
    track: {
      fileName: '上下班.gpx',
      digest: String(i).repeat(64),
      file: 'f'.repeat(64),
      measured,
      isLocalTime: i === 0,
      leftOut: { strayTimes: 3 },
    },
    code: 'bike',
    isChosen: true,
  }))
}

async function openTrips(): Promise<void> {
  world = await openWorld(LogView, { path: '/log' })
  await world.settle(() => text().includes('导入轨迹文件'))
  useLogDraftStore().draft.trips = trips(useLedgerStore().now())
  await world.settle(() => text().includes('这个文件里有 2 段出行'))
}

describe('a file of several trips', () => {
  test('shows each with what is not counted, and what was left out of the file', async () => {
    await openTrips()
    expect(world.page.findAll('li.trip')).toHaveLength(2)
    expect(text()).toContain('有 1 km（3 分钟）没有记录，这一段不计。')
    expect(text()).toContain('文件没写时区，时间按北京时间读。')
    expect(text()).toContain('3 个点的时间和这次出行差得太远')
  })

  test('records the chosen ones, each with the digest of the file, and takes them back together', async () => {
    await openTrips()
    await world.page.findAll('select')[1]?.setValue('walk')
    await button('记下选中的 2 段')?.trigger('click')
    await world.settle(() => useToast().current.value?.text === '记下了 2 段')
    expect(await evidence()).toMatchObject([
      { code: 'bike', evidence: { digest: '0'.repeat(64), file: 'f'.repeat(64) } },
      { code: 'walk', evidence: { digest: '1'.repeat(64), file: 'f'.repeat(64) } },
    ])
    useToast().current.value?.action?.run()
    await world.settle(() => text().includes('这个文件里有 2 段出行'))
    expect(await outbox()).toHaveLength(0)
  })

  test('leaves out what is not chosen', async () => {
    await openTrips()
    await world.page.findAll('input[type="checkbox"]')[0]?.setValue(false)
    await button('记下选中的 1 段')?.trigger('click')
    await world.settle(() => useToast().current.value?.text === '记下了 1 段')
    expect(await evidence()).toMatchObject([{ evidence: { digest: '1'.repeat(64) } }])
  })

  test('keeps what a full phone did not take, and records nothing twice', async () => {
    await openTrips()
    const ledger = useLedgerStore()
    const { act } = ledger
    const full = vi.spyOn(ledger, 'act').mockImplementation(async (action) => {
      if ((await outbox()).length > 0) throw Object.assign(new Error(), { name: 'QuotaExceededError' })
      return act(action)
    })
    await button('记下选中的 2 段')?.trigger('click')
    await world.settle(() => text().includes('手机存储满了'))
    expect(world.page.findAll('li.trip')).toHaveLength(1)
    full.mockRestore()
    await button('记下选中的 1 段')?.trigger('click')
    await world.settle(() => useToast().current.value?.text === '记下了 1 段')
    expect((await evidence()).length).toBe(2)
  })
})
