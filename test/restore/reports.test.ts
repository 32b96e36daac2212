/** One ride that a provider reports beside its rider, on the backend, on the phone, and after a restored backup. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { decideReview } from '../../mock-api/book/decide-review.ts'
import { appealActivity } from '../../src/actions/appeal-activity.ts'
import { endConsent } from '../../src/actions/end-consent.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { copyOfDevice, expectRebuildEqual, journalOfBackend } from '../support/same-ledger.ts'
import { correctBackend, type Told, tellBackend } from '../support/told.ts'

const phones = usePhones()
const metre = (value: number) => ({ value, unit: 'metre' }) as const
const accountOf = (phone: Phone) => phone.profile.ledgerId as AccountId
const AGREED = { provider: 'bike', terms: '2026-11-29' } as const

/** Under version 3. */
async function linkedPhone(number = freshPhone()) {
  const { backend } = phones
  if (backend.now() < startOfDay('2026-12-03')) backend.now.set(startOfDay('2026-12-03') + 12 * HOUR_MS)
  const phone = await phones.signedIn(number)
  const consentId = await giveConsent(phone.context, { ...AGREED, since: backend.now() - 5 * DAY_MS })
  await phone.sync()
  return { backend, phone, consentId }
}

function rideAt(startedAt: number) {
  const { evidence: _, ...ride } = claim({
    startedAt,
    endedAt: startedAt + 25 * MINUTE_MS,
    quantity: metre(6000),
  })
  return ride
}

const entryOf = (phone: Phone, id: string) => phone.use().db.entries.where('id').equals(id).first()

describe('a ride reported beside its rider', () => {
  it('meets the one that waits in the outbox: the phone shows one ride, as of the report, and its day counts it once', async () => {
    const { backend, phone, consentId } = await linkedPhone()
    const at = backend.now() - 3 * HOUR_MS
    const logged = await recordActivity(phone.context, claim({ startedAt: at, quantity: metre(6500) }))
    const told = (await tellBackend(backend, accountOf(phone), {
      consentId,
      ride: rideAt(at),
      reference: 'r-1',
    })) as Told
    await phone.sync()
    expect(await entryOf(phone, logged)).toMatchObject({
      outcome: 'rejected',
      mergedInto: told.id,
    })
    const report = await entryOf(phone, told.id)
    expect(report).toMatchObject({ kind: 'activity.report', outcome: 'accepted', trust: 'provider' })
    const day = await phone.use().db.days.get(dayOf(at))
    expect(day).toMatchObject({ acts: 1, grams: { bike: report?.grams } })
    await expectRebuildEqual(phone.db)
  })

  it('takes an older one into itself, is corrected, and the rows say what each counts', async () => {
    const { backend, phone, consentId } = await linkedPhone()
    const at = backend.now() - 4 * HOUR_MS
    const logged = await recordActivity(phone.context, claim({ startedAt: at, quantity: metre(5500) }))
    await phone.sync()
    const first = await entryOf(phone, logged)
    const told = (await tellBackend(backend, accountOf(phone), {
      consentId,
      ride: rideAt(at),
      reference: 'r-2',
    })) as Told
    await phone.sync()
    const report = await entryOf(phone, told.id)
    expect(report?.counted).toBe((report?.grams ?? 0) + (first?.grams ?? 0))
    expect(await entryOf(phone, logged)).toMatchObject({
      later: 'superseded',
      mergedInto: told.id,
      counted: 0,
    })
    await correctBackend(backend, accountOf(phone), told, { jti: 'c-1', quantity: metre(7000) })
    await phone.sync()
    const corrected = await entryOf(phone, told.id)
    expect(corrected).toMatchObject({ later: 'accepted', metres: 7000, claimed: metre(7000) })
    const day = await phone.use().db.days.get(dayOf(at))
    expect(day).toMatchObject({ acts: 1, grams: { bike: corrected?.counted } })
    expect(Object.keys(day?.parts ?? {})).toEqual(['bike|provider|sd-demo 3'])
    await expectRebuildEqual(phone.db)
  })

  it('is dropped after unlinking, and nothing tells that it came', async () => {
    const { backend, phone, consentId } = await linkedPhone()
    await endConsent(phone.context, consentId)
    await phone.sync()
    const before = await journalOfBackend(backend, accountOf(phone))
    backend.now.advance(2 * HOUR_MS)
    const ride = rideAt(backend.now() - HOUR_MS)
    expect(
      await tellBackend(backend, accountOf(phone), { consentId, ride, reference: 'r-3' }),
    ).toBeUndefined()
    expect(await journalOfBackend(backend, accountOf(phone))).toEqual(before)
  })

  it('counts once where a person grants the appeal of what the provider has reported meanwhile', async () => {
    const { backend, phone, consentId } = await linkedPhone()
    const at = backend.now() - 3 * HOUR_MS
    const fast = claim({ startedAt: at, endedAt: at + 10 * MINUTE_MS, quantity: metre(6000) })
    const id = await recordActivity(phone.context, fast)
    await phone.sync()
    expect(await entryOf(phone, id)).toMatchObject({ outcome: 'rejected' })
    await appealActivity(phone.context, { activityId: id as ActivityId, note: '表慢了' })
    await phone.sync()
    const told = await tellBackend(backend, accountOf(phone), {
      consentId,
      ride: { ...rideAt(at), endedAt: at + 15 * MINUTE_MS },
      reference: 'r-4',
    })
    expect(told).toBeDefined()
    const decided = await decideReview(backend.deps, accountOf(phone), {
      activityId: id as ActivityId,
      verdict: { decision: 'grant', rewardGrams: 200, points: 200 },
    })
    expect(decided).toEqual({ outcome: 'rejected', rewardGrams: 0, points: 0 })
    await phone.sync()
    await expectRebuildEqual(phone.db)
  })
})

describe('after a restored backup', () => {
  it('a phone’s proven tail brings the report back word for word', async () => {
    const { backend, phone, consentId } = await linkedPhone()
    const backup = await backend.snapshot()
    const told = (await tellBackend(backend, accountOf(phone), {
      consentId,
      ride: rideAt(backend.now() - HOUR_MS),
      reference: 'r-5',
    })) as Told
    await correctBackend(backend, accountOf(phone), told, { jti: 'c-5', quantity: metre(5000) })
    await phone.sync()
    const before = await copyOfDevice(phone.db)
    await backend.restoreAsSaid(backup)
    await phone.sync()
    expect(await copyOfDevice(phone.db)).toEqual(before)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('one that another history has overtaken is decided anew from its token, as of then, with the consent of then', async () => {
    const number = freshPhone()
    const { backend, phone } = await linkedPhone(number)
    const other = await phones.signedIn(number)
    const backup = await backend.snapshot()
    const consentId = await giveConsent(phone.use().context, { provider: 'bus-card', terms: '2026-11-29' })
    await phone.sync()
    backend.now.advance(3 * HOUR_MS)
    const ride = rideAt(backend.now() - HOUR_MS)
    const told = (await tellBackend(backend, accountOf(phone), {
      consentId,
      ride,
      provider: 'bus-card',
      reference: 'r-6',
    })) as Told
    await correctBackend(backend, accountOf(phone), told, { jti: 'c-6', quantity: metre(5000) })
    await phone.sync()
    await backend.restoreAsSaid(backup)
    backend.now.advance(2 * DAY_MS)
    await recordActivity(
      other.use().context,
      claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } }),
    )
    await other.sync()
    await phone.use().sync()
    expect(await entryOf(phone, told.id)).toMatchObject({
      outcome: 'accepted',
      later: 'accepted',
      metres: 5000,
    })
    await other.use().sync()
    expect((await copyOfDevice(other.db)).journal).toEqual(await journalOfBackend(backend, accountOf(phone)))
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})
