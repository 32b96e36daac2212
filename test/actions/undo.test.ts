/** Taking back: without a trace while nothing left the phone, by a command of its own once it may have. */
import { describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import { takeBackRequest } from '../../src/actions/take-back-request.ts'
import { undoActivity } from '../../src/actions/undo-activity.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import { claim, freshId, NOON, offer, trackedRide } from '../support/builders.ts'
import type { Phone } from '../support/phone.ts'
import { expectRebuildEqual } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { usePhones } from './phones.ts'

const phones = usePhones()

const available = async (phone: Phone) =>
  balanceOf((await readLedger(phone.db)).balances, 'points', 'available')
const kinds = async (phone: Phone) =>
  (await phone.db.entries.orderBy('seq').toArray()).map((entry) => `${entry.kind} ${entry.outcome}`)

describe('an act taken back', () => {
  it('before anything was sent never reaches the backend', async () => {
    const phone = await phones.signedIn()
    const id = await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    expect(await undoActivity(phone.context, id)).toBe('forgotten')
    await phone.sync()
    expect(await kinds(phone)).toEqual([])
  })

  it('while its batch is on the way is posted and withdrawn, and nothing remains of its points', async () => {
    const undone: string[] = []
    const phone = await phones.signedIn(undefined, {
      async send(request) {
        if (request.url.endsWith('/sync') && undone.length === 0)
          undone.push(await undoActivity(phone.context, id))
        return phones.backend.fetch(request)
      },
    })
    const id = await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    await phone.sync()
    expect(undone).toEqual(['asked'])
    expect(await kinds(phone)).toEqual(['activity.record accepted', 'activity.withdraw accepted'])
    expect(await available(phone)).toBe(0)
    await expectRebuildEqual(phone.db)
  })

  it('twice, or never recorded at all, is refused by the backend and harms nothing', async () => {
    const phone = await phones.signedIn()
    const id = await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    await phone.sync()
    for (const each of [id, id, freshId()]) expect(await undoActivity(phone.context, each)).toBe('asked')
    await phone.sync()
    expect(await kinds(phone)).toEqual([
      'activity.record accepted',
      'activity.withdraw accepted',
      'activity.withdraw refused',
      'activity.withdraw refused',
    ])
    expect(await available(phone)).toBe(0)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  it('in two tabs at once is forgotten in one of them, and asked for in the other', async () => {
    const phone = await phones.open()
    const tab = await phones.open({ storage: phone.storage })
    const id = await recordActivity(phone.context, claim())
    const answers = await Promise.all([undoActivity(phone.context, id), undoActivity(tab.context, id)])
    expect(answers.toSorted()).toEqual(['asked', 'forgotten'])
  })
})

describe('a request taken back', () => {
  it('is forgotten while it is on the phone, and not once it may have left', async () => {
    const phone = await phones.signedIn()
    const first = await redeemOffer(phone.context, offer())
    expect(await takeBackRequest(phone.context, first)).toBe(true)
    expect(await takeBackRequest(phone.context, first)).toBe(false)
    const second = await redeemOffer(phone.context, offer())
    await phone.sync()
    expect(await takeBackRequest(phone.context, second)).toBe(false)
    expect(await kinds(phone)).toEqual(['voucher.redeem refused'])
  })
})
