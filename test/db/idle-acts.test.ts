/** An act that counts nothing and that the fold has let go is known by its row: what was asked about it, and what became of it. */

import { describe, expect, it } from 'vitest'
import { idleActOf } from '../../src/db/idle-acts.ts'
import type { EntryRow } from '../../src/db/tables.ts'
import { NOON } from '../support/builders.ts'

const row = (given: Partial<EntryRow>): EntryRow => ({
  seq: 1,
  id: 'act',
  kind: 'activity.record',
  group: 'travel',
  outcome: 'rejected',
  postedAt: NOON,
  points: 0,
  grams: 0,
  code: 'bike',
  occurredAt: NOON,
  trust: 'manual',
  ...given,
})
const asked = (kind: EntryRow['kind'], outcome: EntryRow['outcome'], given: Partial<EntryRow> = {}) =>
  row({ kind, outcome, about: 'act', ...given })

describe('an act by its row', () => {
  it.each([
    ['rejected', [], { outcome: 'rejected' }],
    ['rejected, appealed', [asked('activity.appeal', 'review')], { outcome: 'rejected', appealed: true }],
    ['rejected, its appeal refused', [asked('activity.appeal', 'refused')], { outcome: 'rejected' }],
    [
      'rejected, appealed, declined',
      [asked('activity.appeal', 'review'), asked('review.decide', 'rejected')],
      { appealed: true },
    ],
    ['rejected, taken back', [asked('activity.withdraw', 'accepted')], { outcome: 'withdrawn' }],
  ] as const)('%s', (_what, later, told) => {
    expect(idleActOf(row({}), later)?.act).toMatchObject({ id: 'act', grams: 0, points: 0, ...told })
  })

  it('one that counts is not idle, also when a review granted it later', () => {
    expect(idleActOf(row({ outcome: 'accepted', points: 64, grams: 64 }), [])).toBeUndefined()
    expect(
      idleActOf(row({}), [asked('review.decide', 'accepted', { points: 64, grams: 64 })]),
    ).toBeUndefined()
    expect(idleActOf(row({ kind: 'quiz.answer' }), [])).toBeUndefined()
  })
})
