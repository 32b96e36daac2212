/** The moment in which another history takes the journal's place: in one transaction, with nothing of what was asked for lost. */

import { beforeEach, describe, expect, it } from 'vitest'
import { adoptStage } from '../../src/db/fork.ts'
import { rebuild } from '../../src/db/journal.ts'
import { readCursor, readMeta } from '../../src/db/meta.ts'
import type { JournalRow, OutboxRow } from '../../src/db/tables.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { claim, command, NOON, offer } from '../support/builders.ts'
import { journalRow, outboxRow, recordAt, useLedgerDb } from '../support/ledger-db.ts'

const ledger = useLedgerDb()
const act = (note: string) => command('activity.record', claim({ note }))
const [kept, lostFirst, lostSecond, theirs] = [act('都有'), act('先'), act('后'), act('别处')]
const bought = command('voucher.redeem', { offerId: offer().id, offerVersion: 1, pricePoints: 0 })
const voucher = { offerId: 'coffee', offerVersion: 1, pricePoints: 0, merchantId: 'm', expiresAt: NOON }

const ours: readonly JournalRow[] = [
  journalRow(recordAt(1, kept)),
  journalRow(recordAt(2, lostFirst)),
  journalRow(recordAt(3, lostSecond)),
]
const stage: readonly JournalRow[] = [
  journalRow(recordAt(1, kept)),
  journalRow(recordAt(2, theirs), 'theirs'),
]

beforeEach(async () => {
  const { db } = ledger
  await db.journal.bulkAdd(ours)
  await db.stage.bulkAdd(stage)
})

const adopt = (cursor = { seq: 3, hash: 'ours 3' }) =>
  adoptStage(ledger.db, { cursor, head: { jws: 'head', at: NOON }, now: NOON }, groupOfCode)
const outbox = (): Promise<OutboxRow[]> => ledger.db.outbox.orderBy('n').toArray()

describe('a history that takes the place of ours', () => {
  it('asks again for what it lacks, before whatever waits, in the order in which it was recorded', async () => {
    const later = act('还没发')
    await ledger.db.outbox.add(outboxRow(5, later))
    expect(await adopt()).toBe(2)
    expect((await outbox()).map(({ id, state }) => [id, state])).toEqual([
      [lostFirst.id, 'queued'],
      [lostSecond.id, 'queued'],
      [later.id, 'queued'],
    ])
    expect(await readCursor(ledger.db)).toEqual({ seq: 2, hash: 'theirs 2' })
    expect(await readMeta(ledger.db, 'forkNotice')).toMatchObject({ restored: 0, requeued: 2, lost: 0 })
  })

  it('asks again for what the lost history had answered, and never forgets it', async () => {
    const answered = act('答过')
    await ledger.db.outbox.add(outboxRow(1, answered, { state: 'answered', seq: 4 }))
    await adopt()
    expect((await outbox()).find(({ id }) => id === answered.id)).toEqual(outboxRow(1, answered))
  })

  it('settles what it has in the same words, and shows what it has in others', async () => {
    const inOtherWords = { ...command('activity.record', claim({ note: '不是这个' })), id: theirs.id }
    await ledger.db.outbox.bulkAdd([
      outboxRow(1, kept, { state: 'answered', seq: 1 }),
      outboxRow(2, inOtherWords),
    ])
    await adopt()
    const rest = (await outbox()).filter(({ id }) => id === kept.id || id === theirs.id)
    expect(rest).toEqual([outboxRow(2, inOtherWords, { state: 'deferred', problem: 'id_reused' })])
  })

  it('leaves no row of what is not its own: neither an entry nor a voucher', async () => {
    const { db } = ledger
    const detail = { voucher: { ...voucher, offer: offer(), code: '0000 0000 07', token: 't' } }
    await db.journal.add(journalRow(recordAt(4, { kind: 'voucher.redeem', id: bought.id }, detail)))
    await rebuild(db, groupOfCode)
    expect([await db.entries.count(), await db.vouchers.count()]).toEqual([4, 1])
    await adopt({ seq: 4, hash: 'ours 4' })
    const ids = (await db.entries.orderBy('seq').toArray()).map(({ id }) => id as CommandId)
    expect(ids).toEqual([kept.id, theirs.id])
    expect(await db.vouchers.count()).toBe(0)
  })

  it.each([
    ['has stored a page since', { seq: 2, hash: 'ours 2' }],
    ['has put another history in its place', { seq: 3, hash: 'other 3' }],
  ])('changes nothing when another tab %s', async (_what, cursor) => {
    expect(await adopt(cursor)).toBe('moved')
    expect(await ledger.db.journal.toArray()).toEqual(ours)
    expect(await ledger.db.stage.count()).toBe(2)
    expect(await outbox()).toEqual([])
  })
})
