/** A later pack of the backend takes the place of the app's own; an older or broken one never does. */
import { expect, it } from 'vitest'
import { checkPack } from '../../src/content/check-pack.ts'
import { isNewer, newestPack, packTag } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'

const builtIn = await loadCity('weifang')

/** As it comes out of storage: another object, with this changed. */
const packWith = (change: object): unknown => ({ ...structuredClone(builtIn), ...change })

it('takes the kept pack of a later day, or the second one of the same day', async () => {
  expect((await newestPack(builtIn, packWith({ version: '2099-01-01' }))).version).toBe('2099-01-01')
  expect((await newestPack(builtIn, packWith({ revision: 2 }))).revision).toBe(2)
})

it('reads a later pack that says something which this app does not know, without that', async () => {
  const read = await newestPack(builtIn, packWith({ version: '2099-01-01', more: 1 }))
  expect(read).toEqual({ ...builtIn, version: '2099-01-01' })
})

it('counts versions by day, then by revision', () => {
  expect(isNewer({ version: '2026-12-01' }, { version: '2026-11-30', revision: 9 })).toBe(true)
  expect(isNewer({ version: '2026-12-01', revision: 10 }, { version: '2026-12-01', revision: 9 })).toBe(true)
  expect(isNewer({ version: '2026-12-01' }, { version: '2026-12-01' })).toBe(false)
  expect(packTag({ ...builtIn, version: '2026-12-01', revision: 3 })).toBe('W/"weifang-2026-12-01-3"')
})

it.each([
  ['nothing was kept', undefined],
  ['only the time of asking was kept', null],
  ['it is no pack', 'weifang'],
  ['it is the same one', {}],
  ['it is older', { version: '2020-01-01' }],
  ['it is of a later shape', { version: '2099-01-01', schema: 2 }],
  [
    'it belongs to another city',
    { version: '2099-01-01', city: { id: 'zibo', nameZh: '淄博市', nameEn: 'Zibo', adcode: '370300' } },
  ],
  ['a part is missing', { version: '2099-01-01', measures: undefined }],
  ['none of its measures can be read', { version: '2099-01-01', measures: [{ id: 'wf-m-bike-2021' }] }],
  [
    'every fourth measure cannot be read',
    { version: '2099-01-01', measures: builtIn.measures.map((one, i) => (i % 4 ? one : { id: one.id })) },
  ],
  ['its version is no day', { version: '9999' }],
])('keeps to the app’s own pack when %s', async (_why, change) => {
  const kept = typeof change === 'object' && change !== null ? packWith(change) : change
  expect(await newestPack(builtIn, kept)).toBe(builtIn)
})

it('takes a pack of before the systems and the lines, which names neither', () => {
  const { systems: _systems, ...others } = structuredClone(builtIn)
  const bare = <Row extends { line?: number | undefined }>({ line: _line, ...row }: Row) => row
  const older = {
    ...others,
    version: '2099-01-01',
    indicators: others.indicators.map(bare),
    measures: others.measures.map(bare),
  }
  expect(checkPack(older, 'weifang')).toEqual({ pack: older })
})

it('leaves out a system, or one of its functions, that this app cannot read', async () => {
  const [first, second, ...others] = builtIn.systems ?? []
  const systems = [{ ...first, functions: ['teleport', ...(first?.functions ?? [])] }, { id: second?.id }]
  const read = await newestPack(
    builtIn,
    packWith({ version: '2099-01-01', systems: [...systems, ...others] }),
  )
  expect(read.version).toBe('2099-01-01')
  expect(read.systems).toEqual([first, ...others])
})

it.each([
  ['https://example.test/plan.html', true],
  ['http://example.test/plan.html', false],
  ['javascript:alert(1)', false],
  ['example.test', false],
])('takes as the document’s public address only one of https: %s', (url, isTaken) => {
  const checked = checkPack(packWith({ document: { ...builtIn.document, url } }), 'weifang')
  expect('pack' in checked).toBe(isTaken)
  if (!isTaken) expect(checked).toMatchObject({ fault: expect.stringMatching(/^document\.url: /) })
})

it('names the place of a fault, not the words that stand there', () => {
  const measures = [{ ...builtIn.measures[0], titleZh: 12345 }]
  expect(checkPack(packWith({ measures }), 'weifang')).toEqual({
    fault: 'measures.0.titleZh: expected string',
  })
  const twice = [builtIn.measures[0], builtIn.measures[0]]
  expect(checkPack(packWith({ measures: twice }), 'weifang')).toEqual({
    fault: `id: ${builtIn.measures[0]?.id} stands twice`,
  })
})
