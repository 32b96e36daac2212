/** A phone that is full: whoever taps is told, nothing is half-written, nothing that stood is lost, and it goes on once there is room. */
import { afterEach, describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { readCursor } from '../../src/db/meta.ts'
import { isQuotaError } from '../../src/db/quota-error.ts'
import { groupOfCode } from '../../src/domain/methodology/which-pack.ts'
import { loopOf } from '../../src/sync/connect.ts'
import type { SyncLoop } from '../../src/sync/loop.ts'
import type { SyncStatus } from '../../src/sync/status.ts'
import { claim, NOON, trackedRide } from '../support/builders.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'
import { fillDisk, WAYS } from './full-disk.ts'
import { exported, usePhones } from './phones.ts'

const phones = usePhones()
let makeRoom = () => {}
afterEach(() => makeRoom())

const everything = async (phone: Phone) =>
  JSON.stringify(await Promise.all(phone.db.tables.map(async (table) => [table.name, await table.toArray()])))

function loopOn(phone: Phone): { loop: SyncLoop; told: SyncStatus[]; waits: number[] } {
  const told: SyncStatus[] = []
  const waits: number[] = []
  const { db, device, transport, profile } = phone
  const now = phones.backend.now
  const loop = loopOf(
    { db, device, transport, now, accountId: profile.ledgerId, groupOf: groupOfCode },
    {
      lock: async (_name, work) => work(),
      random: () => 0.5,
      setTimer(_run, delayMs) {
        waits.push(delayMs)
        return () => {}
      },
      onStatus: (status) => told.push(status),
    },
  )
  return { loop, told, waits }
}

describe.each(WAYS)('a full disk that %s', (way) => {
  it('lets the person know that the act was not kept, and keeps the next one', async () => {
    const phone = await phones.open()
    await recordActivity(phone.context, claim())
    const before = await everything(phone)
    makeRoom = fillDisk(way)
    const error = await recordActivity(phone.context, claim()).catch((reason: unknown) => reason)
    expect(isQuotaError(error)).toBe(true)
    makeRoom()
    expect(await everything(phone)).toBe(before)
    await recordActivity(phone.context, claim())
    expect(await phone.db.outbox.count()).toBe(2)
  })

  it('in the midst of a restore leaves none of the file, and takes all of it later', async () => {
    const lost = await phones.open()
    for (let i = 0; i < 5; i++) await recordActivity(lost.context, claim())
    const read = await readBackup(await exported(lost))
    if ('fault' in read) throw new Error(read.fault)
    const phone = await phones.open()
    await phone.db.open()
    makeRoom = fillDisk(way, 2)
    const restoring = restoreBackup(phone.db, phone.profile.ledgerId, read.backup)
    const error = await restoring.catch((reason: unknown) => reason)
    makeRoom()
    expect(await phone.db.outbox.count()).toBe(0)
    expect(isQuotaError(error)).toBe(true)
    expect(await restoreBackup(phone.db, phone.profile.ledgerId, read.backup)).toBe(5)
  })

  it.each([0, 1, 3, 6, 12])(
    'while a page is stored, after %i writes, leaves journal and outbox as they were; the exchange says so and goes on later',
    async (writes) => {
      const phone = await phones.signedIn()
      await recordActivity(phone.context, trackedRide(NOON - 5 * 3600_000))
      await phone.sync()
      await recordActivity(phone.context, claim({ note: '一' }))
      await recordActivity(phone.context, claim({ code: 'bus', note: '二' }))
      await phone.db.outbox.toCollection().modify({ firstSentAt: NOON })
      const before = await everything(phone)
      const { loop, told, waits } = loopOn(phone)
      phone.use()
      makeRoom = fillDisk(way, writes)
      await loop.poke()
      makeRoom()
      expect(told.at(-1)).toEqual({ phase: 'disk_full' })
      expect(waits).toHaveLength(1)
      expect(await everything(phone)).toBe(before)
      await loop.poke()
      expect(told.at(-1)).toEqual({ phase: 'idle' })
      expect(await phone.db.outbox.count()).toBe(0)
      expect((await readCursor(phone.db)).seq).toBe(3)
      const journal = await journalOfBackend(phones.backend, phone.profile.ledgerId)
      expect((await copyOfDevice(phone.db)).journal).toEqual(journal)
      await expectRebuildEqual(phone.db)
    },
  )
})

describe('what counts as a full disk', () => {
  it('is found however deep it is wrapped, and nothing else is taken for it', () => {
    const quota = new DOMException('full', 'QuotaExceededError')
    const shapes: [unknown, boolean][] = [
      [quota, true],
      [{ name: 'AbortError', inner: quota }, true],
      [{ name: 'BulkError', failures: [quota] }, true],
      [{ name: 'AbortError', inner: { name: 'AbortError', inner: quota } }, true],
      [{ name: 'BulkError', failures: [new DOMException('x', 'ConstraintError')] }, false],
      [new Error('QuotaExceededError'), false],
      [undefined, false],
      ['QuotaExceededError', false],
    ]
    for (const [error, isFull] of shapes) expect(isQuotaError(error), String(error)).toBe(isFull)
  })
})
