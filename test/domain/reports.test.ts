/** What a provider reports: only with the consent that was in force when the act began, and never older than the provider's own clocks say. */
import { describe, expect, it } from 'vitest'
import type { ActivityId } from '../../src/domain/base/ids.ts'
import { addDays, DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import { CONSENTS_MAX, type ConsentId, consentsOf, scopeOf } from '../../src/domain/ledger/consent.ts'
import { emptyLedger, findActivity, type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import { project } from '../../src/domain/ledger/project.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { claimId, reportId } from '../../src/proof/act-ids.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ask, claim, command, freshId, world } from '../support/builders.ts'
import { correct, linked, PROVIDER, report, tell } from '../support/reports.ts'

const NOW = startOfDay('2026-12-03') + 12 * HOUR_MS
const WORLD = world({ now: NOW })
const metre = (value: number) => ({ value, unit: 'metre' }) as const
const ride = (startedAt: number) => ({
  startedAt,
  endedAt: startedAt + 30 * MINUTE_MS,
  quantity: metre(6000),
})
const grams = (ledger: Ledger) => balanceOf(ledger.balances, 'grams', 'available')
const later = (ms: number) => world({ now: NOW + ms })

describe('a consent', () => {
  it('lets in what begins from its record on, or from the day that it names, as far back as acts are accepted', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    expect(tell(ledger, report(consent, ride(NOW - HOUR_MS)), later(DAY_MS))).toBeUndefined()
    expect(tell(ledger, report(consent, ride(NOW + HOUR_MS)), later(DAY_MS))?.decision.outcome).toBe(
      'accepted',
    )
    const back = emptyLedger()
    const since = linked(back, { world: WORLD, since: NOW - 400 * DAY_MS })
    const oldest = startOfDay(addDays(dayOf(NOW), -45))
    expect(tell(back, report(since, ride(oldest - HOUR_MS)), WORLD)).toBeUndefined()
    expect(tell(back, report(since, ride(oldest)), WORLD)?.decision.outcome).toBe('accepted')
  })

  it('ended lets in what began before, and nothing after', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    ask(ledger, command('consent.withdraw', { consentId: consent }, NOW), later(3 * HOUR_MS))
    expect(tell(ledger, report(consent, ride(NOW + HOUR_MS)), later(DAY_MS))?.decision.outcome).toBe(
      'accepted',
    )
    expect(tell(ledger, report(consent, ride(NOW + 4 * HOUR_MS)), later(DAY_MS))).toBeUndefined()
  })

  it('is of one provider: another one’s report by it is dropped, and so is one by a consent unknown', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    const told = { ...ride(NOW + HOUR_MS), provider: 'other-bus' }
    expect(tell(ledger, report(consent, told), later(DAY_MS))).toBeUndefined()
    expect(tell(ledger, report(freshId(), ride(NOW + HOUR_MS)), later(DAY_MS))).toBeUndefined()
  })

  it('is given once at a time, ended once, and only to who reports here', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    const body = { scope: scopeOf(PROVIDER), handle: '0'.repeat(32), terms: '2026-11-29' }
    const reasonsOf = (asked: Parameters<typeof ask>[1], given = WORLD) => ask(ledger, asked, given).reasons
    expect(reasonsOf(command('consent.give', body))).toEqual([{ code: 'consent_exists' }])
    expect(reasonsOf(command('consent.withdraw', { consentId: freshId() }))).toEqual([
      { code: 'consent_unknown' },
    ])
    expect(reasonsOf(command('consent.withdraw', { consentId: consent }))).toEqual([])
    expect(reasonsOf(command('consent.withdraw', { consentId: consent }))).toEqual([
      { code: 'consent_ended' },
    ])
    const nobody = { ...WORLD, isProvider: () => false }
    expect(reasonsOf(command('consent.give', body), nobody)).toEqual([{ code: 'provider_unknown' }])
    for (let i = 1; i < CONSENTS_MAX; i++) linked(ledger, { world: WORLD, provider: `p-${i}` })
    expect(reasonsOf(command('consent.give', body))).toEqual([
      { code: 'too_many_consents', numbers: { limit: CONSENTS_MAX } },
    ])
  })

  it('that ended is forgotten once no act can be dated into it any more', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    ask(ledger, command('consent.withdraw', { consentId: consent }, NOW), WORLD)
    linked(ledger, { world: later(59 * DAY_MS), provider: 'other' })
    expect(Object.keys(ledger.consents ?? {})).toHaveLength(2)
    linked(ledger, { world: later(62 * DAY_MS), provider: 'third' })
    expect(Object.values(ledger.consents ?? {}).map(({ scope }) => scope)).toEqual([
      scopeOf('other'),
      scopeOf('third'),
    ])
  })

  it('that waits to be sent is shown as it will be, and said to wait', () => {
    const ledger = emptyLedger()
    const consent = linked(ledger, { world: WORLD })
    const end = command('consent.withdraw', { consentId: consent }, NOW)
    const give = command(
      'consent.give',
      { scope: scopeOf('sample-bus'), handle: 'a'.repeat(32), terms: '2026-11-29' },
      NOW,
    )
    const outbox = [end, give].map((each) => ({ command: each, text: canonicalJson(each) }))
    expect(consentsOf(project(ledger, outbox, WORLD))).toMatchObject([
      { id: consent, endedAt: NOW, isWaiting: true },
      { id: give.id, scope: 'provider:sample-bus', isWaiting: true },
    ])
    expect(consentsOf(project(ledger, [], WORLD))).toMatchObject([{ id: consent, isWaiting: false }])
  })

  it('decided again after a restored backup is in force since it was first given', () => {
    const ledger = emptyLedger()
    const asked = command(
      'consent.give',
      { scope: scopeOf(PROVIDER), handle: 'b'.repeat(32), terms: '2026-11-29' },
      NOW,
    )
    const body = { v: 1, account: 'a', seq: 1, at: NOW + DAY_MS, kind: asked.kind, id: asked.id } as const
    post(ledger, { ...body, outcome: 'accepted', transfers: [] } as unknown as RecordBody, {
      command: canonicalJson(asked),
      provenAt: NOW,
    })
    expect(
      tell(ledger, report(asked.id as ConsentId, ride(NOW + HOUR_MS)), later(DAY_MS))?.decision.outcome,
    ).toBe('accepted')
  })
})

describe('a report', () => {
  const linkedLedger = () => {
    const ledger = emptyLedger()
    return { ledger, consent: linked(ledger, { world: WORLD, since: NOW - 45 * DAY_MS }) }
  }

  it('is as old as its provider says: a card that settles late costs nobody anything', () => {
    const { ledger, consent } = linkedLedger()
    const told = report(consent, { ...ride(NOW - 44 * DAY_MS), iat: NOW - 42 * DAY_MS })
    expect(tell(ledger, told, WORLD)?.decision.outcome).toBe('accepted')
  })

  it('signed too long after its act is too old; one that arrives too long after it, a person looks at', () => {
    const { ledger, consent } = linkedLedger()
    const old = report(consent, { ...ride(NOW - 40 * DAY_MS), iat: NOW + 6 * DAY_MS })
    expect(tell(ledger, old, later(6 * DAY_MS))?.decision.reasons).toMatchObject([{ code: 'too_old' }])
    const late = report(consent, { ...ride(NOW - 40 * DAY_MS + 2 * HOUR_MS), iat: NOW - 39 * DAY_MS })
    expect(tell(ledger, late, later(6 * DAY_MS))?.decision).toMatchObject({
      outcome: 'review',
      reasons: [{ code: 'report_late', numbers: { limit: 45, given: 46 } }],
      transfers: [],
    })
  })

  it('without a declaration of rights is rewarded, says so, and never becomes a credit', () => {
    const ledger = emptyLedger()
    const pack = { ...WORLD.pack, demonstration: false, creditable: true }
    const creditable = {
      ...WORLD,
      pack: { ...pack, methodologies: pack.methodologies.map((each) => ({ ...each, creditable: true })) },
    }
    const consent = linked(ledger, { world: creditable, since: NOW - DAY_MS })
    const with_ = tell(ledger, report(consent, ride(NOW - 5 * HOUR_MS)), creditable)
    const without = tell(
      ledger,
      report(consent, { ...ride(NOW - 3 * HOUR_MS), hasRights: false }),
      creditable,
    )
    expect(with_?.decision.assessment?.creditableGrams).toBeGreaterThan(0)
    expect(without?.decision).toMatchObject({
      outcome: 'accepted',
      reasons: [{ code: 'rights_missing' }],
      assessment: { creditableGrams: 0, rewardGrams: with_?.decision.assessment?.rewardGrams },
    })
  })

  it('corrected moves the difference, either way, and keeps kind and beginning', () => {
    const { ledger, consent } = linkedLedger()
    const told = report(consent, ride(NOW - 3 * HOUR_MS))
    const { id: activityId } = tell(ledger, told, WORLD) as { id: ActivityId }
    const first = grams(ledger)
    const more = correct(ledger, told, { activityId, quantity: metre(8000) }, WORLD)
    expect(more).toMatchObject({ outcome: 'accepted', about: activityId })
    expect(grams(ledger)).toBeGreaterThan(first)
    const alone = linkedLedger()
    tell(alone.ledger, report(alone.consent, { ...ride(NOW - 3 * HOUR_MS), quantity: metre(3500) }), WORLD)
    correct(ledger, told, { activityId, quantity: metre(3500) }, WORLD)
    expect(grams(ledger)).toBe(grams(alone.ledger))
    expect(ledger.monthQuantity).toEqual(alone.ledger.monthQuantity)
    expect(findActivity(ledger, activityId)).toMatchObject({ tripMetres: 3500, quantity: 3500, code: 'bike' })
  })

  it('taken back by its provider counts no more; one that its person took back, or that is part of another, stays so', () => {
    const { ledger, consent } = linkedLedger()
    const told = report(consent, ride(NOW - 3 * HOUR_MS))
    const { id: activityId } = tell(ledger, told, WORLD) as { id: ActivityId }
    expect(correct(ledger, told, { activityId }, WORLD)).toMatchObject({
      outcome: 'rejected',
      reasons: [{ code: 'report_withdrawn' }],
    })
    expect(grams(ledger)).toBe(0)
    expect(findActivity(ledger, activityId)?.outcome).toBe('rejected')
    ask(ledger, command('activity.withdraw', { activityId }, NOW), WORLD)
    expect(correct(ledger, told, { activityId, quantity: metre(9000) }, WORLD)).toBeUndefined()
  })

  it('corrected while a person still has to look goes on waiting', () => {
    const { ledger, consent } = linkedLedger()
    const told = report(consent, { ...ride(NOW - 40 * DAY_MS), iat: NOW - 39 * DAY_MS })
    const { id: activityId } = tell(ledger, told, later(6 * DAY_MS)) as { id: ActivityId }
    const decision = correct(ledger, told, { activityId, quantity: metre(3000) }, later(7 * DAY_MS))
    expect(decision).toMatchObject({ outcome: 'review', transfers: [] })
    expect(findActivity(ledger, activityId)).toMatchObject({ outcome: 'review', grams: 0 })
  })

  it('that grows into the time of a logged act takes it into itself', () => {
    const { ledger, consent } = linkedLedger()
    const logged = ask(ledger, command('activity.record', claim({ ...ride(NOW - 3 * HOUR_MS) }), NOW), WORLD)
    expect(logged.outcome).toBe('accepted')
    const told = report(consent, { ...ride(NOW - 3 * HOUR_MS), quantity: metre(12_000) })
    const { id: activityId, decision } = tell(ledger, told, WORLD) ?? {}
    expect(decision?.displaces).toHaveLength(1)
    expect(
      correct(ledger, told, { activityId: activityId as ActivityId, quantity: metre(6500) }, WORLD)?.outcome,
    ).toBe('accepted')
  })
})

it('the same report is the same record, and the same act has one name everywhere', async () => {
  const id = await reportId('sample-bike', 'j-1')
  expect(id).toBe(await reportId('sample-bike', 'j-1'))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(await reportId('sample', 'bike-j-1')).not.toBe(id)
  expect(await claimId('sample-bike', 'r-1')).toMatch(/^[0-9a-f]{64}$/)
  expect(await claimId('sample-bike', 'r-1')).not.toBe(await claimId('sample-bike', 'r-2'))
})
