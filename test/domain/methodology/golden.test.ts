/** Cases worked out by hand from the sources. A published pack keeps its cases for ever. */
import { describe, expect, it } from 'vitest'
import type { AssessContext } from '../../../src/domain/methodology/assess.ts'
import { SD_DEMO_V1, SD_DEMO_V2, SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import casesOfV1 from '../../golden/methodology/sd-demo-v1.json' with { type: 'json' }
import casesOfV2 from '../../golden/methodology/sd-demo-v2.json' with { type: 'json' }
import casesOfV3 from '../../golden/methodology/sd-demo-v3.json' with { type: 'json' }
import { MemoryUsage, type Preset } from '../../support/usage.ts'
import { at, type ClaimWords, NOW, verdictOn } from './claims.ts'

interface Golden {
  readonly name: string
  readonly why: string
  readonly claim: ClaimWords
  readonly used?: Preset
  readonly expect: {
    readonly verdict: string
    readonly grams: number
    readonly low?: number
    readonly high?: number
    readonly points?: number
    readonly counted?: number
    /** Left out: there are none. */
    readonly reasons?: readonly (readonly [string, Record<string, number>?])[]
  }
}

const published = [
  { pack: SD_DEMO_V1, now: NOW, cases: casesOfV1 as unknown as readonly Golden[] },
  { pack: SD_DEMO_V2, now: at('2026-11-28T12:00'), cases: casesOfV2 as unknown as readonly Golden[] },
  { pack: SD_DEMO_V3, now: at('2026-11-30T12:00'), cases: casesOfV3 as unknown as readonly Golden[] },
]

describe.each(published)('SD-demo version $pack.version, by hand', ({ pack, now, cases }) => {
  const context: Partial<AssessContext> = { pack, now }

  it.each(cases)('$name: $why', ({ claim, used, expect: wanted }) => {
    const found = verdictOn(claim, { ...context, usage: new MemoryUsage(used) })
    const reasons = found.reasons.map(({ code, numbers }) => (numbers ? [code, numbers] : [code]))
    expect({ verdict: found.verdict, grams: found.rewardGrams, reasons }).toEqual({
      verdict: wanted.verdict,
      grams: wanted.grams,
      reasons: wanted.reasons ?? [],
    })
    if (wanted.low !== undefined) expect(found.lowGrams).toBe(wanted.low)
    if (wanted.high !== undefined) expect(found.highGrams).toBe(wanted.high)
    if (wanted.points !== undefined) expect(found.points).toBe(wanted.points)
    if (wanted.counted !== undefined) expect(found.counted?.value).toBe(wanted.counted)
    expect(found.creditableGrams).toBe(0)
  })

  it('has a case for every methodology of the pack', () => {
    const covered = new Set(cases.map(({ claim }) => claim.code))
    expect(pack.methodologies.filter(({ code }) => !covered.has(code))).toEqual([])
  })
})
