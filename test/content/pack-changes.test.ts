/** What a clerk reads before a new content pack is published. */
import { describe, expect, it } from 'vitest'
import { packChanges } from '../../src/content/pack-changes.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'

const pack = await loadCity('zibo')
const [first, ...others] = pack.measures
if (!first) throw new Error('a pack without measures')

describe('the changes of a content pack', () => {
  it('are none between a pack and itself, whatever its version says', () => {
    expect(packChanges(pack, { ...pack, version: '2027-01-01' })).toEqual([])
  })

  it('name each record that came, went or reads otherwise, with the members that differ', () => {
    const measures = [{ ...first, titleZh: '新的说法' }, ...others.slice(1), { ...first, id: 'zb-m-new' }]
    const changes = packChanges(pack, { ...pack, measures })
    expect(changes.map(({ part, id, what }) => [part, id, what])).toEqual([
      ['measures', first.id, 'changed'],
      ['measures', 'zb-m-new', 'added'],
      ['measures', others[0]?.id, 'removed'],
    ])
    expect(changes[0]?.members).toEqual([
      { member: 'titleZh', before: JSON.stringify(first.titleZh), after: '"新的说法"' },
    ])
  })

  it('tell of the document and of a list that was not there before', () => {
    const { systems: _systems, ...withoutSystems } = pack
    const changes = packChanges(withoutSystems as CityPack, {
      ...pack,
      document: { ...pack.document, titleEn: 'Another title' },
    })
    expect(changes[0]).toMatchObject({ part: 'document', what: 'changed' })
    expect(changes.filter(({ part }) => part === 'systems')).toHaveLength(pack.systems?.length ?? 0)
  })
})
