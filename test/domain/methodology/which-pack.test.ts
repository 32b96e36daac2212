/** A record keeps the pack that decided it; what is posted goes by the pack of that time. */
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../../src/domain/base/time.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger.ts'
import { project } from '../../../src/domain/ledger/project.ts'
import { PACKS, SD_DEMO_V1, SD_DEMO_V2, SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import { packInForce, packOf } from '../../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { command, NOON, offer, trackedRide, world } from '../../support/builders.ts'

const change = startOfDay('2026-11-28')

describe('the pack in force', () => {
  it('is version 1 until the last millisecond of 27 November in Shandong, then version 2', () => {
    expect(packInForce('jinan', change - 1)).toBe(SD_DEMO_V1)
    expect(packInForce('jinan', change)).toBe(SD_DEMO_V2)
    expect(packInForce('jinan', 0)).toBe(SD_DEMO_V1)
  })

  it('is version 3 from 29 November on', () => {
    const next = startOfDay('2026-11-29')
    expect(packInForce('jinan', next - 1)).toBe(SD_DEMO_V2)
    expect(packInForce('jinan', next)).toBe(SD_DEMO_V3)
  })

  it('is found by id and version for whatever a record names, and is not made up', () => {
    for (const pack of PACKS) expect(packOf(pack.id, pack.version)).toBe(pack)
    expect(packOf('sd-demo', 99)).toBeUndefined()
    expect(packOf('hb-demo', 1)).toBeUndefined()
  })

  it('changes a preview by itself when its day comes, without a network', () => {
    const ride = command('activity.record', trackedRide(change - 3_600_000, { code: 'metro', city: 'jinan' }))
    const outbox = [{ command: ride, text: canonicalJson(ride) }]
    const versionAt = (now: number) =>
      project(emptyLedger(), outbox, world({ now, offers: [offer()] })).previews[0]?.decision.assessment
        ?.packVersion
    expect(versionAt(change - 1000)).toBe(1)
    expect(versionAt(change + 1000)).toBe(2)
    expect(ride.at).toBe(NOON)
  })
})
