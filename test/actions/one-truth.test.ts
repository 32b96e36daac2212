/** A backup is a second copy of the same acts: whatever is done with both copies, each act counts once, and what was taken back stays so. */
import { describe, expect, it } from 'vitest'
import { answerQuestion } from '../../src/actions/answer-question.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { claim, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { exported, outboxIds, usePhones } from './phones.ts'

const phones = usePhones()
const plate = claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } })
const QUESTION = { questionId: 'wf-q-bike-sites', choice: 0 }

async function restoreOn(phone: Phone, text: string): Promise<number | string> {
  phone.use()
  const read = await readBackup(text)
  return 'fault' in read ? read.fault : restoreBackup(phone.db, phone.profile.ledgerId, read.backup)
}

async function points(phone: Phone): Promise<number> {
  const { balances } = await readLedger(phone.use().db)
  return balanceOf(balances, 'points', 'available')
}

const outcomes = async (phone: Phone) =>
  (await phone.use().db.entries.orderBy('seq').toArray()).map(({ kind, outcome }) => `${kind} ${outcome}`)

describe('one guest’s backup', () => {
  it('earns in the account that sends it first, and in no other, whatever it holds', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, plate)
    await recordActivity(guest.context, trackedRide(NOON - 5 * 3600_000))
    await answerQuestion(guest.context, QUESTION)
    const file = await exported(guest)
    await guest.signIn(freshPhone())
    await guest.sync()
    const earned = await points(guest)
    expect(earned).toBeGreaterThan(0)
    const other = await phones.signedIn()
    expect(await restoreOn(other, file)).toBe(3)
    await other.sync()
    expect(await points(other)).toBe(0)
    expect(await outcomes(other)).toEqual([
      'activity.record rejected',
      'activity.record rejected',
      'quiz.answer refused',
    ])
    const [record] = await other.db.journal.toArray()
    expect(record?.detail).toContain('recorded_elsewhere')
    expect(await points(guest)).toBe(earned)
  })

  it('read into the same account on two phones is no other account', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, plate)
    const file = await exported(guest)
    const number = freshPhone()
    const mine = await phones.signedIn(number)
    const second = await phones.signedIn(number)
    await restoreOn(mine, file)
    await restoreOn(second, file)
    await mine.sync()
    await second.sync()
    expect(await outcomes(second)).toEqual(['activity.record accepted'])
    expect(await points(second)).toBe(await points(mine))
  })

  it('taken in by an account, and out again in that account’s own file, still earns once', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, plate)
    const number = freshPhone()
    const first = await phones.signedIn(number)
    await restoreOn(first, await exported(guest))
    const file = await exported(first)
    phones.backend.now.advance(HOUR_MS)
    const next = await phones.signedIn(number)
    await restoreOn(next, file)
    await next.sync()
    expect(await points(next)).toBeGreaterThan(0)
    await guest.signIn(freshPhone())
    await guest.sync()
    expect(await points(guest)).toBe(0)
  })

  it('asked for again after a restored backup that takes nothing by proof still earns once', async () => {
    const guest = await phones.open()
    await recordActivity(guest.context, plate)
    const file = await exported(guest)
    const me = await phones.signedIn(freshPhone(), {
      send: (request) => phones.backend.fetch(new Request(request.url.replace(/tail$/, 'none'), request)),
    })
    const backup = await phones.backend.snapshot()
    await restoreOn(me, file)
    await me.sync()
    await phones.backend.restore(backup)
    await me.use().sync()
    expect(await points(me)).toBeGreaterThan(0)
    await guest.signIn(freshPhone())
    await guest.sync()
    expect(await points(guest)).toBe(0)
  })

  it('stays where it earned over sweeps, and when a restored backup has forgotten the claim and the phone proves it', async () => {
    const { backend } = phones
    const number = freshPhone()
    const guest = await phones.open()
    await recordActivity(guest.context, plate)
    await answerQuestion(guest.context, QUESTION)
    const file = await exported(guest)
    const backup = await backend.snapshot()
    await guest.signIn(number)
    await guest.sync()
    const earned = await points(guest)
    await backend.restoreAsSaid(backup)
    await guest.use().signIn(number)
    await guest.sync()
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    const other = await phones.signedIn()
    await restoreOn(other, file)
    await other.sync()
    expect(await outcomes(other)).toEqual(['activity.record rejected', 'quiz.answer refused'])
    expect([await points(guest), await points(other)]).toEqual([earned, 0])
  })

  it('leaves another person’s own acts alone', async () => {
    const [one, two] = [await phones.signedIn(), await phones.signedIn()]
    for (const phone of [one, two]) {
      await recordActivity(phone.use().context, plate)
      await phone.sync()
    }
    expect(await points(one)).toBe(await points(two))
    expect(await points(two)).toBeGreaterThan(0)
  })
})

describe('an act that was exported', () => {
  it('is withdrawn by a request, and comes to nothing wherever its file was sent from', async () => {
    const number = freshPhone()
    const phone = await phones.open()
    const id = await recordActivity(phone.context, plate)
    const file = await exported(phone)
    expect(await undoActivity(phone.use().context, id)).toBe('asked')
    expect(await outboxIds(phone)).toHaveLength(2)
    const elsewhere = await phones.signedIn(number)
    await restoreOn(elsewhere, file)
    await elsewhere.sync()
    expect(await points(elsewhere)).toBeGreaterThan(0)
    await phone.signIn(number)
    await phone.sync()
    await elsewhere.sync()
    expect([await points(phone), await points(elsewhere)]).toEqual([0, 0])
  })

  it('is still known to have left after it went into an account', async () => {
    const phone = await phones.open()
    const id = await recordActivity(phone.context, plate)
    await exported(phone)
    await phone.signIn(freshPhone())
    expect(await undoActivity(phone.use().context, id)).toBe('asked')
  })

  it('recorded after the export is forgotten without a trace, as before', async () => {
    const phone = await phones.open()
    await exported(phone)
    const id = await recordActivity(phone.use().context, plate)
    expect(await undoActivity(phone.context, id)).toBe('forgotten')
  })
})
