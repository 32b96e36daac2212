/** A city's own pack: from its day on it decides for that city alone, and what was decided before stays explained by what decided it. */
import { describe, expect, it } from 'vitest'
import type { CityId } from '../../../src/domain/base/city.ts'
import { HOUR_MS } from '../../../src/domain/base/time.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger.ts'
import { project } from '../../../src/domain/ledger/project.ts'
import { assess } from '../../../src/domain/methodology/assess.ts'
import { byCurrentRule, explain } from '../../../src/domain/methodology/explain.ts'
import { lintPacks } from '../../../src/domain/methodology/lint-packs.ts'
import type { Pack, Packs } from '../../../src/domain/methodology/pack.ts'
import { PACKS, SD_DEMO_V1, SD_DEMO_V2, SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import { packBeside, packInForce, packOf } from '../../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { command, offer, trackedRide, world } from '../../support/builders.ts'
import { PACKS_WITH_WEIFANG, WEIFANG_DAY, WEIFANG_PACK } from '../../support/city-pack.ts'
import { MemoryUsage } from '../../support/usage.ts'

const packAt = (city: CityId | undefined, at: number) => packInForce(city, at, PACKS_WITH_WEIFANG)
const ride = trackedRide(WEIFANG_DAY - 3 * HOUR_MS)
const decidedIn = (city: CityId, now: number) =>
  assess(ride, { usage: new MemoryUsage(), pack: packAt(city, now), now })

describe('a pack for one city', () => {
  it('is in force there from its day in Shandong on, and nowhere else', () => {
    expect(packAt('weifang', WEIFANG_DAY - 1)).toBe(SD_DEMO_V3)
    expect(packAt('weifang', WEIFANG_DAY)).toBe(WEIFANG_PACK)
    for (const city of ['jinan', 'qingdao', 'zibo', 'binzhou'] as const)
      expect(packAt(city, WEIFANG_DAY)).toBe(SD_DEMO_V3)
    expect(packAt(undefined, WEIFANG_DAY)).toBe(SD_DEMO_V3)
  })

  it('ends with the next that is for all', () => {
    const next: Pack = { ...SD_DEMO_V3, version: 4, inForceOn: '2027-01-01' }
    const packs: Packs = [...PACKS_WITH_WEIFANG, next]
    expect(packInForce('weifang', WEIFANG_DAY + 21 * 24 * HOUR_MS, packs)).toBe(WEIFANG_PACK)
    expect(packInForce('weifang', WEIFANG_DAY + 22 * 24 * HOUR_MS, packs)).toBe(next)
  })

  it('decides by its factor, whenever the ride was, and says by which pack', () => {
    expect(decidedIn('weifang', WEIFANG_DAY - 1)).toMatchObject({ packId: 'sd-demo', rewardGrams: 356 })
    expect(decidedIn('weifang', WEIFANG_DAY)).toMatchObject({ packId: 'weifang-test', rewardGrams: 339 })
    expect(decidedIn('jinan', WEIFANG_DAY)).toMatchObject({
      packId: 'sd-demo',
      packVersion: 3,
      rewardGrams: 356,
    })
  })

  it('changes a preview on a phone without a network when its day comes, if the person lives there', () => {
    const asked = command('activity.record', ride, WEIFANG_DAY - HOUR_MS)
    const outbox = [{ command: asked, text: canonicalJson(asked) }]
    const previewIn = (city: CityId, now: number) =>
      project(emptyLedger(), outbox, world({ now, pack: packAt(city, now), offers: [offer()] })).pendingGrams
    expect(previewIn('weifang', WEIFANG_DAY - 1000)).toBe(356)
    expect(previewIn('weifang', WEIFANG_DAY + 1000)).toBe(339)
    expect(previewIn('jinan', WEIFANG_DAY + 1000)).toBe(356)
  })

  it('explains what it decided by its own figures, and an older entry stays with its pack', () => {
    const [old, own] = [decidedIn('weifang', WEIFANG_DAY - 1), decidedIn('weifang', WEIFANG_DAY)]
    const projectOf = (decided: typeof own) =>
      explain(decided, 'import', packBeside(decided, PACKS_WITH_WEIFANG)).terms.find(
        ({ key }) => key === 'project',
      )
    expect(projectOf(own)).toMatchObject({ value: 12_000, range: { low: 0, high: 15_000 } })
    expect(projectOf(old)).toMatchObject({ value: 8700, range: { low: 0, high: 10_000 } })
    // A build that does not know the pack says the pinned numbers, and that they are of another.
    expect(packOf('weifang-test', 1)).toBeUndefined()
    expect(explain(own, 'import', packBeside(own))).toMatchObject({ isPinnedPack: false, formulaGrams: 339 })
  })

  it('says beside an older entry what its rule would give now', () => {
    const old = decidedIn('weifang', WEIFANG_DAY - 1)
    expect(byCurrentRule(ride, old, packAt('weifang', WEIFANG_DAY))).toMatchObject({
      packId: 'weifang-test',
      grams: 339,
      pinnedGrams: 356,
      isSame: false,
    })
    expect(byCurrentRule(ride, old, packAt('jinan', WEIFANG_DAY))).toMatchObject({ isSame: true })
  })
})

describe('the list of packs', () => {
  it('may be published, as shipped and with a city’s own', () => {
    expect(lintPacks(PACKS)).toEqual([])
    expect(lintPacks(PACKS_WITH_WEIFANG)).toEqual([])
  })

  const forAll: Pack = { ...SD_DEMO_V3, version: 4, inForceOn: '2026-12-10' }
  it.each<[string, Packs, string]>([
    ['a pack that occurs twice', [...PACKS, SD_DEMO_V2], 'sd-demo 2: occurs twice'],
    [
      'a first that is for one city',
      [{ ...WEIFANG_PACK }],
      'the first is in force from the beginning, for all',
    ],
    ['a later one without a day', [SD_DEMO_V2, SD_DEMO_V1], 'sd-demo 1: no day on which it comes into force'],
    [
      'an order that is not that of the days',
      [SD_DEMO_V1, WEIFANG_PACK, SD_DEMO_V2],
      'sd-demo 2: stands after',
    ],
    [
      'one for all that hides a city’s own of the same day',
      [...PACKS_WITH_WEIFANG, forAll],
      'sd-demo 4: takes the place',
    ],
    [
      'two of one city on one day',
      [...PACKS_WITH_WEIFANG, { ...WEIFANG_PACK, version: 2 }],
      'weifang-test 2: takes',
    ],
    [
      'a city that is none of ours',
      [...PACKS, { ...WEIFANG_PACK, city: 'peking' as CityId }],
      'peking is none of ours',
    ],
    ['a city’s own without its day', [...PACKS, withoutDay(WEIFANG_PACK)], 'own pack needs its day'],
  ])('is refused for %s', (_, packs, complaint) => {
    expect(lintPacks(packs).join('\n')).toContain(complaint)
  })

  it('may have a city’s own beside what begins for all on the same day', () => {
    const packs: Packs = [...PACKS, forAll, WEIFANG_PACK]
    expect(lintPacks(packs)).toEqual([])
    expect(packInForce('weifang', WEIFANG_DAY, packs)).toBe(WEIFANG_PACK)
    expect(packInForce('jinan', WEIFANG_DAY, packs)).toBe(forAll)
  })
})

function withoutDay({ inForceOn: _, ...pack }: Pack): Pack {
  return pack
}
