import { expect, test } from 'vitest'
import type { Command } from '../../../src/domain/ledger/command.ts'
import type { EntryRow } from '../../../src/stores/entry-details.ts'
import { csvColumns } from '../../../src/views/ledger/csv-columns.ts'
import { faceOfPosted, faceOfWaiting } from '../../../src/views/ledger/faces.ts'
import { postedSteps } from '../../../src/views/ledger/timeline.ts'

const AT = Date.UTC(2026, 10, 28, 4)

const context = {
  language: 'zh-CN',
  now: AT,
  isOnline: true,
  isGuest: false,
  target: () => undefined,
  offerTitle: () => undefined,
  offerOfVoucher: () => undefined,
} as const

/** As an older build reads what a newer one wrote. */
function entryOfKind(kind: string): EntryRow {
  const row = {
    seq: 1,
    id: 'step:1',
    group: 'steps',
    outcome: 'accepted',
    postedAt: AT,
    points: 40,
    grams: 0,
  }
  return { ...row, kind: kind as EntryRow['kind'] } as EntryRow
}

test.each(['bonus.of.the.future', 'voucher.gift', 'constructor'])(
  'a record that only a newer backend knows (%s) stands in list, table and timeline as another entry',
  (kind) => {
    const entry = entryOfKind(kind)
    expect(faceOfPosted(entry, context)).toMatchObject({ title: '其他记账', points: 40, state: 'posted' })
    const columns = csvColumns({ language: 'zh-CN', iso: String, offerTitle: () => undefined })
    expect(columns.map(({ value }) => value(entry))).toContain('其他记账')
    const steps = postedSteps({ entry: entryOfKind('voice.answer'), later: [entry] }, undefined, context)
    expect(steps.at(-1)?.label).toBe('其他记账')
    expect(faceOfPosted(entry, context).isWarm).toBe(kind.startsWith('voucher.'))
  },
)

test('an act that is one with a better proven one says with which, in the list and by its state', () => {
  const ride = {
    ...entryOfKind('activity.report'),
    id: 'report',
    code: 'bike',
    trust: 'provider',
  } as EntryRow
  const quantity = { value: 6000, unit: 'metre' } as const
  const target = (id: string) => (id === 'report' ? { ...ride, claimed: quantity } : undefined)
  const merged = { ...ride, id: 'logged', later: 'superseded', mergedInto: 'report' } as EntryRow
  expect(faceOfPosted(merged, { ...context, target })).toMatchObject({
    state: 'superseded',
    note: expect.stringMatching(/^并入 骑行.*6/),
  })
})

test('a request that only a newer build of the app knows waits as another entry, and can be taken back', () => {
  const command = { id: 'x', kind: 'bike.unlock', at: AT, body: {} } as unknown as Command
  const decision = { outcome: 'review', reasons: [], transfers: [] } as const
  const waiting = { id: command.id, command, decision, state: 'queued', isSent: false, isOut: false } as const
  expect(faceOfWaiting(waiting, context)).toMatchObject({ title: '其他记账', state: 'local', canUndo: true })
})
