/** Where an acceptance stands for the shop, and what the day comes to. */
import { expect, it } from 'vitest'
import { type StatedAcceptance, stateOfAcceptance, sumOfDay } from '../../../src/domain/till/acceptances.ts'

const NONE: ReadonlySet<string> = new Set()
const at = { now: 100, unread: NONE, awaited: NONE, isRevoked: false }
const row = { id: 'a', acceptedAt: 10, connectBy: 50, fen: 80 }

it('what arrived at a backend that has forgotten the voucher waits for its holder, and no hour presses it', () => {
  expect(stateOfAcceptance(row, { ...at, now: 49 })).toBe('unsent')
  expect(stateOfAcceptance(row, at)).toBe('late')
  const awaited = new Set(['a'])
  expect(stateOfAcceptance(row, { ...at, awaited })).toBe('awaited')
  expect(stateOfAcceptance(row, { ...at, awaited, isRevoked: true })).toBe('lost')
  expect(stateOfAcceptance({ ...row, outcome: 'accepted' }, { ...at, awaited })).toBe('booked')
})

it('it counts in the day as what was handed out and is not booked yet', () => {
  const rows: StatedAcceptance[] = [
    { ...row, state: 'awaited' },
    { ...row, id: 'b', fen: 20, state: 'booked' },
  ]
  const { total, waiting, booked } = sumOfDay(rows)
  expect([total, waiting, booked]).toEqual([
    { count: 2, fen: 100 },
    { count: 1, fen: 80 },
    { count: 1, fen: 20 },
  ])
})
