/** Cases worked out by hand from the sources. A published pack keeps its cases for ever. */
import { describe, expect, it } from 'vitest'
import { SD_DEMO_V1 } from '../../../src/domain/methodology/packs/index.ts'
import cases from '../../golden/methodology/sd-demo-v1.json' with { type: 'json' }
import { MemoryUsage, type Preset } from '../../support/usage.ts'
import { type ClaimWords, verdictOn } from './claims.ts'

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

const goldenCases = cases as unknown as readonly Golden[]

describe('SD-demo version 1, by hand', () => {
  it.each(goldenCases)('$name: $why', ({ claim, used, expect: wanted }) => {
    const found = verdictOn(claim, { usage: new MemoryUsage(used) })
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
    const covered = new Set(goldenCases.map(({ claim }) => claim.code))
    expect(SD_DEMO_V1.methodologies.filter(({ code }) => !covered.has(code))).toEqual([])
  })
})
