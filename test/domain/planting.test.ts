/** Signing up for a day of planting: decided by the tap, by what was seen, and by what is held already. */
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { plantingUpdate } from '../../src/domain/kinds/planting-update.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import {
  OPEN_SIGN_UPS_MAX,
  type PlantingDay,
  plantingReference,
  type SignUp,
  signUpOfReference,
} from '../../src/domain/taking-part/planting.ts'
import { ACCOUNT, ask, command, NOON, world } from '../support/builders.ts'

const codesOf = ({ reasons }: { reasons: readonly { code: string }[] }) => reasons.map(({ code }) => code)

function signUp(dayId = 'fuyan', given: Partial<SignUp> = {}): SignUp {
  const startsAt = NOON + 3 * DAY_MS
  const times = { startsAt, endsAt: startsAt + HOUR_MS, cancelBy: startsAt - DAY_MS }
  return { dayId, provider: 'planting', ...times, ...given }
}

function linked(): Ledger {
  const ledger = emptyLedger()
  ask(
    ledger,
    command('consent.give', { scope: 'provider:planting', handle: '0'.repeat(32), terms: '2026-11-29' }),
  )
  return ledger
}

const join = (given?: SignUp) => command('planting.join', given ?? signUp())

describe('a place', () => {
  it('is expected by a phone without a network, and for as many days as one can hold', () => {
    const ledger = linked()
    for (let count = 0; count < OPEN_SIGN_UPS_MAX; count++)
      expect(ask(ledger, join(signUp(`day-${count}`))).outcome).toBe('accepted')
    expect(codesOf(ask(ledger, join(signUp('one-more'))))).toEqual(['too_many_plantings'])
    // Those that are over hold none.
    const later = world({ now: NOON + 4 * DAY_MS })
    const next = signUp('next', { startsAt: NOON + 5 * DAY_MS, endsAt: NOON + 6 * DAY_MS })
    expect(ask(ledger, join(next), later).outcome).toBe('accepted')
  })

  it('of which nobody ever said who came is let go by the next', () => {
    const ledger = linked()
    ask(ledger, join())
    const now = NOON + 60 * DAY_MS
    ask(ledger, join(signUp('spring', { startsAt: now + DAY_MS, endsAt: now + 2 * DAY_MS })), world({ now }))
    expect(Object.values(ledger.plantings ?? {}).map(({ dayId }) => dayId)).toEqual(['spring'])
  })

  it('can be given up by a tap in time that arrives later, and not by one that arrives after the beginning', () => {
    const { cancelBy, startsAt } = signUp()
    const tappedAt = cancelBy - MINUTE_MS
    const left = (now: number, at = tappedAt) => {
      const ledger = linked()
      const joined = join()
      ask(ledger, joined)
      const tap = { ...command('planting.leave', { joinId: joined.id }), at }
      // The phone's clock is right: it says the same when it sends.
      const exchange = { sentAt: now }
      return codesOf(ask(ledger, tap, world({ now, exchange })))
    }
    expect(left(cancelBy + HOUR_MS)).toEqual([])
    expect(left(cancelBy + HOUR_MS, cancelBy + MINUTE_MS)).toEqual(['planting_leave_late'])
    expect(left(startsAt)).toEqual(['planting_leave_late'])
  })
})

describe('what becomes of a sign-up', () => {
  function told(detail: Omit<RecordDetail, 'about'>): Ledger['plantings'] {
    const ledger = linked()
    const joined = join()
    ask(ledger, joined)
    const body = { v: 1, account: ACCOUNT, seq: ledger.seq + 1, at: NOON, kind: 'planting.update' } as const
    const rest = { id: 'x', outcome: 'accepted', transfers: [] } as const
    plantingUpdate.post(ledger, { ...body, ...rest }, { about: joined.id, ...detail })
    return ledger.plantings
  }

  it('moves its times with the day, and is over by all other news', () => {
    const moved = { ...signUp(), startsAt: NOON + 9 * DAY_MS } as unknown as PlantingDay
    const [held] = Object.values(told({ plantingNews: 'changed', planting: moved }) ?? {})
    expect(held).toMatchObject({ dayId: 'fuyan', startsAt: moved.startsAt })
    for (const plantingNews of ['off', 'came', 'absent'] as const) expect(told({ plantingNews })).toEqual({})
  })

  it('is named by the reference of the act, and by no other', () => {
    const id = '7c2bb1f0-9f43-4b51-8f0a-2f3b5b9d6a10'
    expect(signUpOfReference(plantingReference(id))).toBe(id)
    for (const other of [id, `${id}/paper`, `x${id}/tree`, 'demo-1/tree'])
      expect(signUpOfReference(other)).toBe(undefined)
  })
})
