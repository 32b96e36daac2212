/** An act timed by a wrong clock is judged and filed by the right one: nothing of tomorrow, and the same month everywhere. */
import { describe, expect, it } from 'vitest'
import { entryOf } from '../../src/db/rows.ts'
import { DAY_MS, HOUR_MS, startOfDay } from '../../src/domain/base/time.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ACCOUNT, claim, command, postDecision, trackedRide, world } from '../support/builders.ts'

/** By the phone's clock, without a file: a file's times come from its receiver. */
const timedByHand = (startedAt: number) => trackedRide(startedAt, { evidence: { trust: 'manual' } })

/** The last evening of December in Shandong; the phone is twelve hours fast and says January. */
const now = startOfDay('2026-12-31') + 20 * HOUR_MS
const fast = 12 * HOUR_MS
const exchange = { sentAt: now + fast }

describe('a phone twelve hours fast on the last evening of the year', () => {
  const ride = command('activity.record', timedByHand(now + fast - 2 * HOUR_MS), now + fast)

  it('is believed by the corrected time, and the act is one of this year', () => {
    const ledger = emptyLedger()
    const decision = decide(ride, ledger, world({ now, exchange }))
    expect(decision).toMatchObject({
      outcome: 'accepted',
      assessment: { day: '2026-12-31', startedAt: now - 2 * HOUR_MS },
    })
    postDecision(ledger, { command: ride, decision, at: now })
    const [act] = ledger.days['2026-12-31'] ?? []
    expect(act).toMatchObject({ startedAt: now - 2 * HOUR_MS, endedAt: now - 89 * 60_000 })
    expect(Object.keys(ledger.yearPoints)).toEqual(['2026'])

    const detail = {
      command: canonicalJson(ride),
      reasons: [],
      ...(decision.assessment ? { assessment: decision.assessment } : {}),
    }
    const body: RecordBody = {
      v: 1,
      account: ACCOUNT,
      seq: 1,
      at: now,
      kind: ride.kind,
      id: ride.id,
      outcome: decision.outcome,
      transfers: decision.transfers,
    }
    expect(entryOf(body, detail, groupOfCode).occurredAt).toBe(now - 2 * HOUR_MS)
  })

  it('by a clock that was put right since, of which nothing tells when, it waits for a person and is never lost', () => {
    const { outcome, reasons, assessment } = decide(ride, emptyLedger(), world({ now }))
    expect([outcome, reasons[0]?.code]).toEqual(['review', 'clock_implausible'])
    expect(assessment?.day).toBe('2026-12-31')
  })

  it('leaves days and weeks that were chosen from a calendar where they are', () => {
    const startedAt = startOfDay('2026-12-30')
    const carFree = claim({
      code: 'car-free-day',
      startedAt,
      endedAt: startedAt + DAY_MS,
      quantity: { value: 1, unit: 'count' },
    })
    const decision = decide(command('activity.record', carFree, now), emptyLedger(), world({ now, exchange }))
    expect(decision).toMatchObject({ outcome: 'accepted', assessment: { day: '2026-12-30' } })
    expect(decision.assessment?.startedAt).toBeUndefined()
  })
})
