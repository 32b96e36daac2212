import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finishAdoptions } from '../../src/actions/adopt-guest-ledger.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { openLedgerDb } from '../../src/db/database.ts'
import { readFact, writeFact } from '../../src/db/device.ts'
import { enqueue, requeueAfterUpgrade, requeueDeferred } from '../../src/db/outbox.ts'
import { takeBatch } from '../../src/db/outbox-batch.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { fillDisk } from '../actions/full-disk.ts'
import { claim, command, freshId, NOON } from '../support/builders.ts'
import { Phone } from '../support/phone.ts'

const offline = () => Promise.reject(new Error('offline'))
let phone: Phone

beforeEach(async () => {
  phone = await new Phone({ now: () => NOON, newId: freshId, send: offline }).open()
})
afterEach(() => phone.close())

const limits = { max: 500, maxBytes: 512 * 1024, now: NOON }

describe('recording without a network', () => {
  it('writes one row, in the canonical text that will be sent, and nothing else', async () => {
    const id = await recordActivity(phone.context, claim())
    const rows = await phone.db.outbox.toArray()
    expect(rows).toEqual([
      {
        n: 1,
        id,
        state: 'queued',
        text: canonicalJson({
          id,
          kind: 'activity.record',
          at: NOON,
          body: claim(),
          clock: phone.context.page?.(),
        }),
      },
    ])
    expect(await phone.db.entries.count()).toBe(0)
  })

  it('survives a crash at any storage step: the act is there whole, or the person was told that it is not', async () => {
    for (let steps = 0; steps < 5; steps++) {
      phone.crashAfter(steps)
      const id = await recordActivity(phone.context, claim()).catch((error: unknown) => error)
      await phone.reopen()
      const isThere = typeof id === 'string' && (await phone.db.outbox.where('id').equals(id).count()) === 1
      expect(isThere).toBe(typeof id === 'string')
    }
  })

  it('an undo before anything was sent leaves no trace; afterwards it is a command of its own', async () => {
    const first = await recordActivity(phone.context, claim())
    expect(await undoActivity(phone.context, first)).toBe('forgotten')
    expect(await phone.db.outbox.count()).toBe(0)
    const second = await recordActivity(phone.context, claim())
    await takeBatch(phone.db, limits)
    expect(await undoActivity(phone.context, second)).toBe('asked')
    const kinds = (await phone.db.outbox.toArray()).map(
      (row) => (JSON.parse(row.text) as { kind: string }).kind,
    )
    expect(kinds).toEqual(['activity.record', 'activity.withdraw'])
  })
})

describe('a batch', () => {
  it('takes the oldest first, up to the number and the bytes that the backend takes', async () => {
    for (let i = 0; i < 20; i++)
      await enqueue(phone.db, command('activity.record', claim({ note: `第${i}次` })))
    const byCount = await takeBatch(phone.db, { ...limits, max: 7 })
    expect(byCount.rows.map((row) => row.n)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const size = new TextEncoder().encode(byCount.texts[0]).length
    const byBytes = await takeBatch(phone.db, { ...limits, maxBytes: size * 3 + 20 })
    expect(byBytes.rows.length).toBe(3)
  })

  it('never leaves a command behind because it alone is larger than the limit', async () => {
    await enqueue(phone.db, command('activity.record', claim({ note: '长'.repeat(200) })))
    expect((await takeBatch(phone.db, { ...limits, maxBytes: 10 })).rows.length).toBe(1)
  })

  it('leaves out what is answered or deferred, until an upgrade tries the deferred again', async () => {
    await enqueue(phone.db, command('activity.record', claim()))
    await phone.db.outbox.toCollection().modify({ state: 'deferred' })
    expect((await takeBatch(phone.db, limits)).rows).toEqual([])
    await requeueDeferred(phone.db)
    expect((await takeBatch(phone.db, limits)).rows.length).toBe(1)
  })
})

describe('adoption of the guest ledger', () => {
  const account = '11111111-1111-4111-8111-111111111111'

  async function outboxOf(ledgerId: string) {
    const db = openLedgerDb(ledgerId)
    const ids = (await db.outbox.orderBy('n').toArray()).map((row) => row.id)
    db.close()
    return ids
  }

  it('brings every command over once, in order, with its text untouched', async () => {
    const ids = [
      await recordActivity(phone.context, claim()),
      await recordActivity(phone.context, claim({ code: 'bus' })),
    ]
    const texts = (await phone.db.outbox.toArray()).map((row) => row.text)
    phone.db.close()
    expect(await phone.adopt(account)).toBe(2)
    expect(await outboxOf(account)).toEqual(ids)
    const db = openLedgerDb(account)
    expect((await db.outbox.toArray()).map((row) => row.text)).toEqual(texts)
    db.close()
    expect(await phone.adopt(account)).toBe(0)
    expect(await outboxOf(account)).toEqual(ids)
  })

  it('interrupted after it was promised, it is finished at the next start, to the same account', async () => {
    const id = await recordActivity(phone.context, claim())
    const guest = phone.profile.ledgerId
    await phone.device.profiles.update(guest, { adoptedBy: account })
    await phone.reopen()
    expect(await outboxOf(account)).toEqual([id])
    expect(await phone.device.profiles.get(guest)).toBeUndefined()
  })

  it('is given to one account and to no other', async () => {
    await recordActivity(phone.context, claim())
    await phone.device.profiles.update(phone.profile.ledgerId, { adoptedBy: account })
    expect(await phone.adopt('22222222-2222-4222-8222-222222222222')).toBe(0)
    expect(await outboxOf('22222222-2222-4222-8222-222222222222')).toEqual([])
  })

  it('a second tab that still records into the guest ledger is told, and nothing it records is lost unseen', async () => {
    const tab = await new Phone({
      storage: phone.storage,
      now: () => NOON,
      newId: freshId,
      send: offline,
    }).open()
    const { closeOutbox } = await import('../../src/db/outbox.ts')
    await closeOutbox(phone.db, account)
    await expect(recordActivity(tab.context, claim())).rejects.toMatchObject({ name: 'LedgerClosedError' })
    tab.close()
  })

  it('finished late, it leaves the ledger open that was opened since', async () => {
    await phone.device.profiles.update(phone.profile.ledgerId, { adoptedBy: account })
    const other = '22222222-2222-4222-8222-222222222222'
    await writeFact(phone.device, 'currentLedgerId', other)
    await finishAdoptions(phone.device)
    expect(await phone.device.profiles.count()).toBe(0)
    expect(await readFact(phone.device, 'currentLedgerId')).toBe(other)
  })
})

it.each(['refuses', 'fails', 'aborts'] as const)(
  'a newer app on a full phone (%s) exchanges all the same, and tries once there is room what the older one had to put off',
  async (way) => {
    await recordActivity(phone.context, claim())
    await phone.db.outbox.toCollection().modify({ state: 'deferred' })
    const states = async () => (await phone.db.outbox.toArray()).map(({ state }) => state)
    const makeRoom = fillDisk(way)
    await requeueAfterUpgrade(phone.db, '2')
    makeRoom()
    expect(await states()).toEqual(['deferred'])
    await requeueAfterUpgrade(phone.db, '2')
    expect(await states()).toEqual(['queued'])
  },
)
