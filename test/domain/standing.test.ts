/** Which acts stand in the way of another: the same ride counts once, and what came to nothing takes no room. */
import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { ask, claim, command, NOON, trackedRide, world } from '../support/builders.ts'

const log = (ledger: Ledger, given: ActivityClaim) => {
  const asked = command('activity.record', given)
  const { outcome, reasons } = ask(ledger, asked)
  return { id: asked.id, said: reasons[0]?.code ?? outcome }
}

describe('a ride', () => {
  const file = trackedRide(NOON - DAY_MS)
  const tooFast = { ...file, quantity: { value: 30_000, unit: 'metre' } } as const

  it('that was rejected by a slip of the finger is logged again, right, from the very same file', () => {
    const ledger = emptyLedger()
    expect(log(ledger, tooFast).said).toBe('too_fast')
    expect(log(ledger, file).said).toBe('accepted')
    expect(log(ledger, file).said).toBe('duplicate_track')
  })

  it('that was rejected does not fill its time for one that is told without a file', () => {
    const ledger = emptyLedger()
    const startedAt = NOON - DAY_MS
    const told = claim({
      startedAt,
      endedAt: startedAt + 30 * MINUTE_MS,
      quantity: { value: 6000, unit: 'metre' },
    })
    expect(log(ledger, { ...told, quantity: { value: 40_000, unit: 'metre' } }).said).toBe('too_fast')
    expect(log(ledger, told).said).toBe('accepted')
    expect(log(ledger, { ...told, startedAt: startedAt + MINUTE_MS }).said).toBe('overlap')
  })

  it('that waits for a person keeps its time: nobody claims it once more meanwhile', () => {
    const ledger = emptyLedger()
    const findings = [{ code: 'clock_implausible' as const, numbers: { given: 9000 } }]
    expect(ask(ledger, command('activity.record', file), world({ findings })).outcome).toBe('review')
    expect(log(ledger, file).said).toBe('duplicate_track')
  })

  it('that was taken back is free to be logged again', () => {
    const ledger = emptyLedger()
    const { id } = log(ledger, file)
    ask(ledger, command('activity.withdraw', { activityId: id }))
    expect(log(ledger, file).said).toBe('accepted')
  })
})
