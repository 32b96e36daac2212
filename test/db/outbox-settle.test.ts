/** What an answer may do to the outbox: a row goes when its own record is stored, in its own words, and not a moment before. */

import { describe, expect, it } from 'vitest'
import type { ParsedRecord } from '../../src/db/derive.ts'
import { defer } from '../../src/db/outbox-batch.ts'
import { type PageReceipt, settle } from '../../src/db/outbox-settle.ts'
import type { OutboxRow } from '../../src/db/tables.ts'
import { claim, command } from '../support/builders.ts'
import { journalRow, outboxRow, recordAt, useLedgerDb } from '../support/ledger-db.ts'

const ledger = useLedgerDb()
const asked = command('activity.record', claim({ note: '去上班' }))
const inOtherWords = { ...command('activity.record', claim({ note: '去买菜' })), id: asked.id }

async function settled(page: {
  after?: number
  records?: readonly ParsedRecord[]
  receipts?: readonly PageReceipt[]
  lastSeq?: number
}): Promise<OutboxRow[]> {
  const { db } = ledger
  const { after = 0, records = [], receipts = [], lastSeq = 9 } = page
  await db.transaction('rw', [db.journal, db.outbox], async () => {
    await db.journal.bulkAdd(records.map((record) => journalRow(record)))
    await settle(db, { after: { seq: after }, lastSeq, records, receipts })
  })
  return db.outbox.toArray()
}

describe('a row of the outbox', () => {
  it('stays after its answer until its record is here, since the page may have been cut before it', async () => {
    const row = outboxRow(1, asked)
    await ledger.db.outbox.add(row)
    const receipts = [{ id: asked.id, seq: 2, outcome: 'accepted' }]
    expect(await settled({ receipts })).toEqual([{ ...row, state: 'answered', seq: 2 }])
    const other = recordAt(1, command('activity.record', claim()))
    expect(await settled({ records: [other] })).toEqual([{ ...row, state: 'answered', seq: 2 }])
    expect(await settled({ after: 1, records: [recordAt(2, asked)] })).toEqual([])
  })

  it('is kept and shown when the backend knows its id by other words', async () => {
    await ledger.db.outbox.add(outboxRow(1, asked))
    const receipts = [{ id: asked.id, seq: 7, outcome: 'accepted', differs: true as const }]
    expect(await settled({ receipts })).toEqual([
      outboxRow(1, asked, { state: 'deferred', problem: 'id_reused' }),
    ])
  })

  it('is not settled by a record of its id in other words, whether that comes or stands there already', async () => {
    const kept = outboxRow(1, asked, { state: 'deferred', problem: 'id_reused' })
    await ledger.db.outbox.add(outboxRow(1, asked))
    expect(await settled({ records: [recordAt(1, inOtherWords)] })).toEqual([kept])
    await ledger.db.outbox.put(outboxRow(1, asked, { state: 'answered', seq: 1 }))
    expect(await settled({ after: 1 })).toEqual([kept])
  })

  it('is asked for again when the journal has passed the place that it was promised', async () => {
    await ledger.db.outbox.add(outboxRow(1, asked, { state: 'answered', seq: 1 }))
    const other = recordAt(1, command('activity.record', claim()))
    expect(await settled({ records: [other] })).toEqual([outboxRow(1, asked)])
  })

  it('is asked for again when the history ends before that place: its answer was lost with a backup', async () => {
    const row = outboxRow(1, asked, { state: 'answered', seq: 5 })
    await ledger.db.outbox.add(row)
    const other = recordAt(1, command('activity.record', claim()))
    expect(await settled({ records: [other], lastSeq: 5 }), 'more is to come').toEqual([row])
    expect(await settled({ after: 1, lastSeq: 1 })).toEqual([outboxRow(1, asked)])
  })

  it('is deferred by the answer to what was sent, and by none that comes after it has moved on', async () => {
    const { db } = ledger
    const sent = outboxRow(1, asked)
    await defer(db, sent, 'unknown_command')
    expect(await db.outbox.toArray()).toEqual([])
    for (const now of [
      outboxRow(1, asked, { state: 'answered', seq: 4 }),
      outboxRow(1, inOtherWords),
      outboxRow(1, asked, { state: 'waiting' }),
    ]) {
      await db.outbox.put(now)
      await defer(db, sent, 'unknown_command')
      expect(await db.outbox.toArray()).toEqual([now])
    }
    await db.outbox.put(sent)
    await defer(db, sent, 'unknown_command')
    expect(await db.outbox.toArray()).toEqual([{ ...sent, state: 'deferred', problem: 'unknown_command' }])
  })
})
