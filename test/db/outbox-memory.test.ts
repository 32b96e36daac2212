/** What is remembered of the outbox is what stands in it, whoever wrote to it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LedgerDb, openLedgerDb } from '../../src/db/database.ts'
import { enqueue, forgetUnsent } from '../../src/db/outbox.ts'
import { takeBatch } from '../../src/db/outbox-batch.ts'
import { OutboxMemory } from '../../src/db/outbox-memory.ts'
import { claim, command, NOON } from '../support/builders.ts'
import { useLedgerDb } from '../support/ledger-db.ts'

const ledger = useLedgerDb()
let memory: OutboxMemory
beforeEach(() => {
  memory = new OutboxMemory(ledger.db)
})
afterEach(() => memory.end())

const read = () => ledger.db.transaction('r', ledger.db.outbox, async () => memory.read())
const record = async (db: LedgerDb = ledger.db) => {
  const asked = command('activity.record', claim())
  await enqueue(db, asked)
  return asked.id
}
async function expectSame() {
  const rows = await read()
  expect(rows).toEqual(await ledger.db.outbox.orderBy('n').toArray())
  return rows
}

describe('the remembered outbox', () => {
  it('reads one row for one tap, and hands out the others as they were', async () => {
    for (let i = 0; i < 20; i++) await record()
    const before = await expectSame()
    await record()
    const isRead = vi.fn()
    ledger.db.outbox.hook('reading', (row) => {
      isRead()
      return row
    })
    const after = await read()
    expect(isRead).toHaveBeenCalledTimes(1)
    expect(after.slice(0, -1).every((row, i) => row === before[i])).toBe(true)
    await expectSame()
  })

  it('sees what another tab records, sends and takes back', async () => {
    const tab = openLedgerDb(ledger.db.name.replace('greentrace-ledger-', ''))
    const ids = [await record(), await record(tab), await record(tab)]
    await expectSame()
    await forgetUnsent(tab, ids[1] as string)
    await takeBatch(tab, { max: 1, maxBytes: 10_000, now: NOON })
    const rows = await expectSame()
    expect(rows.map(({ id, firstSentAt }) => [id, firstSentAt])).toEqual([
      [ids[0], NOON],
      [ids[2], undefined],
    ])
    tab.close()
  })

  it('sees rows put in front, and many changed at once', async () => {
    for (let i = 0; i < 120; i++) await record()
    await expectSame()
    await takeBatch(ledger.db, { max: 100, maxBytes: 1_000_000, now: NOON })
    await ledger.db.outbox.add({ n: -3, id: 'front', text: '{}', state: 'queued' })
    const rows = await expectSame()
    expect(rows[0]?.id).toBe('front')
    expect(rows.filter(({ firstSentAt }) => firstSentAt === NOON)).toHaveLength(100)
    await ledger.db.outbox.clear()
    expect(await read()).toEqual([])
  })
})
