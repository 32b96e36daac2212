/** What later records do to the day of the act that they are about. */

import { beforeEach, describe, expect, it } from 'vitest'
import { deriveRows, type ParsedRecord } from '../../src/db/derive.ts'
import type { Outcome, RecordBody } from '../../src/domain/ledger/record.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ACCOUNT, claim, command, NOON } from '../support/builders.ts'
import { useLedgerDb } from '../support/ledger-db.ts'

const ledger = useLedgerDb()
let seq = 0

beforeEach(() => {
  seq = 0
})

function record(kind: RecordBody['kind'], outcome: Outcome, detail: ParsedRecord['detail']): ParsedRecord {
  const id = `${kind}:${++seq}`
  return { body: { v: 1, account: ACCOUNT, seq, at: NOON, kind, id, outcome, transfers: [] }, detail }
}

const act = (outcome: Outcome) =>
  record('activity.record', outcome, { command: canonicalJson(command('activity.record', claim())) })

async function actsAfter(records: readonly ParsedRecord[], size: number): Promise<number | undefined> {
  const { db } = ledger
  for (let i = 0; i < records.length; i += size) {
    const run = records.slice(i, i + size)
    await db.transaction('rw', [db.entries, db.vouchers, db.months, db.days], async () =>
      deriveRows(db, run, groupOfCode),
    )
  }
  return (await db.days.toArray())[0]?.acts
}

describe('the acts of a day', () => {
  it.each([
    ['rejected', 'rejected', 0],
    ['rejected', 'accepted', 1],
    ['accepted', 'accepted', 1],
  ] as const)('an act in review, %s, then appealed and %s, counts %i', async (first, second, acts) => {
    const claimed = act('review')
    const about = { about: claimed.body.id }
    const records = [
      claimed,
      record('review.decide', first, about),
      record('activity.appeal', 'review', about),
      record('review.decide', second, about),
    ]
    expect(await actsAfter(records, 1)).toBe(acts)
    const { db } = ledger
    for (const table of [db.entries, db.vouchers, db.months, db.days]) await table.clear()
    expect(await actsAfter(records, 4)).toBe(acts)
  })

  it('an act that was refused, as a shop’s is, marks none', async () => {
    expect(await actsAfter([act('refused')], 1)).toBeUndefined()
  })

  it('an act that was rejected counts once its appeal is granted', async () => {
    const claimed = act('rejected')
    const about = { about: claimed.body.id }
    const granted = [record('activity.appeal', 'review', about), record('review.decide', 'accepted', about)]
    expect(await actsAfter([claimed, ...granted], 1)).toBe(1)
  })
})

describe('the confirmed acts of a day', () => {
  const assessed = { packId: 'sd-demo', packVersion: 2, counted: { value: 2500, unit: 'metre' } }
  const moved = (of: ParsedRecord, grams: number): ParsedRecord => ({
    ...of,
    body: {
      ...of.body,
      transfers: [
        grams > 0
          ? { asset: 'grams', debit: 'issuance', credit: 'available', amount: grams }
          : { asset: 'grams', debit: 'available', credit: 'issuance', amount: -grams },
      ] as never,
    },
  })
  const ride = (outcome: Outcome, grams: number): ParsedRecord => {
    const one = act(outcome)
    const withGrams = grams === 0 ? one : moved(one, grams)
    return { ...withGrams, detail: { ...one.detail, assessment: assessed as never } }
  }
  const partsAfter = async (records: readonly ParsedRecord[]) => {
    await actsAfter(records, 1)
    return (await ledger.db.days.toArray())[0]?.parts
  }

  it('stand by kind, evidence and pack with what counts of them', async () => {
    expect(await partsAfter([ride('accepted', 300), ride('adjusted', 200)])).toEqual({
      'bike|manual|sd-demo 2': { acts: 2, grams: 500, metres: 5000 },
    })
  })

  it('leave no trace of what was taken back, rejected, or is still in review', async () => {
    const taken = ride('accepted', 300)
    const withdrawal = moved(record('activity.withdraw', 'accepted', { about: taken.body.id }), -300)
    expect(await partsAfter([taken, withdrawal, ride('rejected', 0), ride('review', 0)])).toEqual({})
  })

  it('gain one once a person grants it, and go on having it under appeal', async () => {
    const waiting = ride('review', 0)
    const granted = moved(record('review.decide', 'accepted', { about: waiting.body.id }), 240)
    const cut = ride('adjusted', 100)
    const appealed = record('activity.appeal', 'review', { about: cut.body.id })
    expect(await partsAfter([waiting, granted, cut, appealed])).toEqual({
      'bike|manual|sd-demo 2': { acts: 2, grams: 340, metres: 5000 },
    })
  })
})
