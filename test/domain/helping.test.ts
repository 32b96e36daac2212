/** Who may log for an account, as its records say it. */
import { describe, expect, it } from 'vitest'
import { mayHelperSend } from '../../src/domain/ledger/actor.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { HELPERS_MAX } from '../../src/domain/ledger/helping.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import { ask, claim, command, freshId, NOON, trackedRide, world } from '../support/builders.ts'

const invite = (name = '女儿') => command('helper.invite', { name })
const revoke = (helperId: Command['id']) => command('helper.revoke', { helperId })

describe('those who may log', () => {
  it('stand in the state by the name that the owner gave them, from the invitation on', () => {
    const ledger = emptyLedger()
    const asked = invite()
    ask(ledger, asked)
    expect(ledger.helpers).toEqual({ [asked.id]: { name: '女儿', invitedAt: NOON } })
  })

  it('are five at most, and six again never: only an end makes room', () => {
    const ledger = emptyLedger()
    const all = Array.from({ length: HELPERS_MAX }, () => invite())
    for (const each of all) expect(ask(ledger, each).outcome).toBe('accepted')
    expect(ask(ledger, invite())).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'too_many_helpers', numbers: { limit: HELPERS_MAX } }],
    })
    ask(ledger, revoke(all[2]?.id as Command['id']))
    expect(ask(ledger, invite()).outcome).toBe('accepted')
    expect(Object.keys(ledger.helpers ?? {})).toHaveLength(HELPERS_MAX)
  })

  it('leave nothing in the state once all are ended; who is ended cannot be ended again', () => {
    const ledger = emptyLedger()
    const asked = invite()
    ask(ledger, asked)
    expect(ask(ledger, revoke(asked.id)).outcome).toBe('accepted')
    expect('helpers' in ledger).toBe(false)
    expect(ask(ledger, revoke(asked.id)).reasons).toEqual([{ code: 'helper_unknown' }])
  })
})

describe('a helper', () => {
  const sends = (kind: Command['kind'], body: object) =>
    mayHelperSend({ id: freshId(), kind, at: NOON, body } as Command)

  it('sends acts said or tracked, and what takes them back; no file, and nothing else', () => {
    expect(sends('activity.record', claim())).toBe(true)
    const { evidence } = trackedRide(NOON - 3_600_000)
    expect(
      sends('activity.record', claim({ evidence: { ...evidence, trust: 'gps' } as typeof evidence })),
    ).toBe(true)
    expect(sends('activity.record', claim({ evidence }))).toBe(false)
    expect(sends('activity.withdraw', { activityId: freshId() })).toBe(true)
    expect(sends('activity.appeal', { activityId: freshId(), note: '再看看' })).toBe(false)
    expect(sends('helper.invite', { name: '朋友' })).toBe(false)
  })

  it('takes back no act of the owner, and is not told that it is there', () => {
    const ledger = emptyLedger()
    const ride = command('activity.record', claim())
    ask(ledger, ride)
    const wish = command('activity.withdraw', { activityId: ride.id as never })
    expect(ask(ledger, wish, world({ helper: freshId() })).reasons).toEqual([{ code: 'activity_unknown' }])
    expect(ask(ledger, command('activity.withdraw', { activityId: ride.id as never })).outcome).toBe(
      'accepted',
    )
  })
})
