/** "为什么是这个数": every number of the formula, with its source, and what today's rule would give. */
import { describe, expect, it } from 'vitest'
import { byCurrentRule, explain } from '../../../src/domain/methodology/explain.ts'
import type { Pack } from '../../../src/domain/methodology/pack.ts'
import { SD_DEMO_V1, SD_DEMO_V2 } from '../../../src/domain/methodology/packs/index.ts'
import { type ClaimWords, claimOf, verdictOn } from './claims.ts'

const ride: ClaimWords = { code: 'bus', quantity: [72_000, 'metre'], trust: 'manual' }
const next: Pack = {
  ...SD_DEMO_V1,
  version: 2,
  baselineMgPerKm: { ...SD_DEMO_V1.baselineMgPerKm, value: 80_000 },
}

describe('the pieces of an explanation', () => {
  it('come in the order of the formula', () => {
    const { terms, formulaGrams, rewardGrams } = explain(verdictOn(ride), 'manual', SD_DEMO_V1)
    expect(terms.map(({ key, value, unit }) => [key, value, unit])).toEqual([
      ['quantity', 60_000, 'metre'],
      ['baseline', 79_000, 'mg_per_km'],
      ['project', 52_000, 'mg_per_km'],
      ['substitution', 1000, 'per_mille'],
      ['evidence', 500, 'per_mille'],
    ])
    expect([formulaGrams, rewardGrams]).toEqual([810, 500])
  })

  it('name class, source and range of each factor', () => {
    const [, baseline, project, , evidence] = explain(verdictOn(ride), 'manual', SD_DEMO_V1).terms
    expect(baseline?.class).toBe('D')
    expect(project).toMatchObject({ class: 'P', range: { low: 52_000, high: 79_000 } })
    expect(project?.source?.titleZh).toContain('DB11/T 3043-2024')
    expect(evidence?.source?.publisherZh).toContain('碳碳星球')
  })

  it('mark what is our own proposal', () => {
    const { terms } = explain(verdictOn({ ...ride, trust: 'gps' }), 'gps', SD_DEMO_V1)
    expect(terms.at(-1)).toMatchObject({ key: 'evidence', isProposal: true })
  })

  it('say that Shandong’s power is largely coal, for bus and metro', () => {
    for (const code of ['bus', 'metro']) {
      const { caveat } = explain(verdictOn({ code, trust: 'manual' }), 'manual', SD_DEMO_V1)
      expect(caveat?.zh).toContain('2015')
      expect(caveat?.en).toContain('life-cycle')
    }
  })

  it('give a reduction a unit of its own outside travel', () => {
    const { terms } = explain(verdictOn({ code: 'clean-plate', trust: 'manual' }), 'manual', SD_DEMO_V1)
    expect(terms.map(({ key, value, unit }) => [key, value, unit])).toEqual([
      ['quantity', 1, 'count'],
      ['reduction', 144_000, 'mg_per_time'],
      ['evidence', 500, 'per_mille'],
    ])
    expect(terms[1]?.range).toBeUndefined()
  })

  it('explain an honest zero in words instead of a formula', () => {
    const { terms, formulaGrams, zero } = explain(
      verdictOn({ code: 'tree', trust: 'manual' }),
      'manual',
      SD_DEMO_V1,
    )
    expect(terms).toEqual([])
    expect(formulaGrams).toBeUndefined()
    expect(zero?.zh).toContain('18.3')
  })

  it('keep the pinned numbers and leave out the sources under another version', () => {
    const found = explain(verdictOn(ride), 'manual', next)
    expect(found).toMatchObject({ isPinnedPack: false, formulaGrams: 810, rewardGrams: 500 })
    expect(found.terms[1]).toEqual({ key: 'baseline', value: 79_000, unit: 'mg_per_km' })
  })
})

describe('by the current rule', () => {
  it('is the same while the rule is', () => {
    expect(byCurrentRule(claimOf(ride), verdictOn(ride), SD_DEMO_V1)).toMatchObject({
      grams: 810,
      isSame: true,
    })
  })

  it('shows what the new factors would give: 60 × (80 − 52) × 50% = 840', () => {
    expect(byCurrentRule(claimOf(ride), verdictOn(ride), next)).toEqual({
      packId: 'sd-demo',
      packVersion: 2,
      methodologyVersion: 1,
      grams: 840,
      pinnedGrams: 810,
      isSame: false,
    })
  })

  it('is nothing on an evidence that the rule in force does not take any more', () => {
    const live: ClaimWords = { code: 'bike', quantity: [3200, 'metre'], trust: 'gps' }
    expect(byCurrentRule(claimOf(live), verdictOn(live), SD_DEMO_V2)).toMatchObject({
      packVersion: 2,
      grams: 0,
      pinnedGrams: 128,
      isSame: false,
    })
  })

  it('says nothing of what did not count', () => {
    const short: ClaimWords = { code: 'walk', quantity: [100, 'metre'], trust: 'manual' }
    expect(byCurrentRule(claimOf(short), verdictOn(short), next)).toBeUndefined()
  })
})
