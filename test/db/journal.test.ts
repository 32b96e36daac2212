/** Rows made anew from the journal are all there and no more; and a page comes upon rows of this build or not at all. */
import { describe, expect, it } from 'vitest'
import { DERIVED_VERSION } from '../../src/db/derived-version.ts'
import { type CheckedPage, rebuild, storePage } from '../../src/db/journal.ts'
import { readCursor, readMeta, writeMeta } from '../../src/db/meta.ts'
import { emptyLedger } from '../../src/domain/ledger/ledger.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { START } from '../../src/proof/chain.ts'
import { claim, command, NOON } from '../support/builders.ts'
import { journalRow, outboxRow, recordAt, useLedgerDb } from '../support/ledger-db.ts'

const ledger = useLedgerDb()
const words = command('feedback.send', { city: 'weifang', topic: 'idea', text: '多设几个旧衣箱' })

describe('a rebuild', () => {
  it('brings back the city’s answer to a word that was sent to it', async () => {
    const { db } = ledger
    const about = { about: words.id, voiceState: 'answered' as const, note: '已设三个' }
    const answer = recordAt(2, { kind: 'voice.answer', id: `voice.answer:${words.id}:1` }, about)
    await db.journal.bulkAdd([recordAt(1, words), answer].map((record) => journalRow(record)))
    await rebuild(db, groupOfCode)
    expect((await db.entries.orderBy('seq').toArray()).map(({ kind }) => kind)).toEqual([
      'feedback.send',
      'voice.answer',
    ])
    expect(await db.entries.get(1)).toMatchObject({ later: 'answered' })
    expect(await db.entries.get(2)).toMatchObject({ note: '已设三个', voiceState: 'answered' })
  })

  it('leaves nothing of rows that no record stands for', async () => {
    const { db } = ledger
    await db.journal.add(journalRow(recordAt(1, words)))
    await rebuild(db, groupOfCode)
    const before = await db.entries.toArray()
    await db.entries.add({ ...before[0], seq: 9, id: 'of a history that is gone' } as (typeof before)[0])
    await rebuild(db, groupOfCode)
    expect(await db.entries.toArray()).toEqual(before)
  })
})

describe('a page', () => {
  const asked = command('activity.record', claim())
  const page = (given: Partial<CheckedPage> = {}): CheckedPage => {
    const record = recordAt(1, asked)
    return {
      ...{
        after: START,
        links: [journalRow(record)],
        records: [record],
        ledger: { ...emptyLedger(), seq: 1 },
      },
      ...{
        receipts: [],
        head: { jws: 'head', at: NOON },
        lastSeq: 1,
        hasMore: false,
        clockOffset: 0,
        now: NOON,
      },
      ...given,
    }
  }

  it('is not stored upon rows that another build has made in the meantime', async () => {
    const { db } = ledger
    await rebuild(db, groupOfCode)
    await db.outbox.add(outboxRow(1, asked))
    await writeMeta(db, 'derivedVersion', DERIVED_VERSION + 1)
    expect(await storePage(db, page(), groupOfCode)).toBe('moved')
    expect([await db.journal.count(), await db.outbox.count()]).toEqual([0, 1])
    await writeMeta(db, 'derivedVersion', DERIVED_VERSION)
    expect(await storePage(db, page(), groupOfCode)).toBe('stored')
    expect([await db.journal.count(), await db.outbox.count()]).toEqual([1, 0])
  })

  it('that has more behind it takes nothing from a ledger that was whole before', async () => {
    const { db } = ledger
    await rebuild(db, groupOfCode)
    await storePage(db, page({ hasMore: true, lastSeq: 2 }), groupOfCode)
    expect(await readMeta(db, 'restore')).toEqual({ isComplete: false, lastSeq: 2 })
    const second = recordAt(2, words)
    const next = (given: Partial<CheckedPage>) =>
      page({ after: { seq: 1, hash: 'ours 1' }, links: [journalRow(second)], records: [second], ...given })
    await storePage(db, next({ lastSeq: 2 }), groupOfCode)
    const third = recordAt(3, command('activity.record', claim()))
    const more = { after: { seq: 2, hash: 'ours 2' }, links: [journalRow(third)], records: [third] }
    await storePage(db, page({ ...more, hasMore: true, lastSeq: 9 }), groupOfCode)
    expect(await readMeta(db, 'restore')).toEqual({ isComplete: true, lastSeq: 9 })
  })

  it('that begins where another tab has been already changes nothing', async () => {
    const { db } = ledger
    await rebuild(db, groupOfCode)
    await storePage(db, page(), groupOfCode)
    const cursor = await readCursor(db)
    expect(await storePage(db, page(), groupOfCode)).toBe('moved')
    expect(await storePage(db, page({ after: { seq: 1, hash: 'other 1' } }), groupOfCode)).toBe('moved')
    expect(await readCursor(db)).toEqual(cursor)
    expect(await db.entries.count()).toBe(1)
  })
})
