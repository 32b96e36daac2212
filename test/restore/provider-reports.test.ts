/** What providers reported in the part that a restored backup has lost: the phones bring it back, and all of it is there once. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { claimId } from '../../src/proof/act-ids.ts'
import { usePhones } from '../actions/phones.ts'
import { claim } from '../support/builders.ts'
import { call, freshPhone } from '../support/client.ts'
import type { Snapshot } from '../support/database.ts'
import type { Phone } from '../support/phone.ts'
import { ride, TestProvider } from '../support/provider.ts'
import { copyOfDevice } from '../support/same-ledger.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { points } from './life.ts'

const phones = usePhones()

/** Linked an hour ago. */
async function linkedPhone(number = freshPhone(), before: () => Promise<void> = async () => undefined) {
  const { backend } = phones
  const bike = await TestProvider.of(backend)
  const phone = await phones.signedIn(number)
  await before()
  await giveConsent(phone.context, { provider: 'bike', terms: '2026-11-29' })
  await phone.sync()
  const [consent] = Object.values((await readLedger(phone.db)).consents ?? {})
  const handle = consent?.handle ?? ''
  expect((await bike.confirm(handle, 'card-1')).status).toBe(202)
  backend.now.advance(HOUR_MS)
  return { bike, phone, handle }
}

async function reportsOf(phone: Phone): Promise<number> {
  return (await phone.use().db.entries.toArray()).filter(({ kind }) => kind === 'activity.report').length
}

describe('after a restored backup', () => {
  it('a phone brings back the link and the ride; until then the provider is not told that anything was taken', async () => {
    const { backend } = phones
    let backup: Snapshot = new Map()
    const { bike, phone, handle } = await linkedPhone(freshPhone(), async () => {
      backup = await backend.snapshot()
    })
    const ridden = ride(backend)
    const token = await bike.reported(ridden, handle)
    await bike.push(token)
    await phone.use().sync()
    const before = await copyOfDevice(phone.db)
    await backend.restoreAsSaid(backup)
    // The link itself is among what was lost: nobody knows the handle, and somebody may.
    expect((await bike.push(token)).status).toBe(503)
    await phone.use().sync()
    expect((await bike.confirm(handle, 'card-1')).status).toBe(202)
    expect((await bike.push(token)).status).toBe(202)
    await phone.use().sync()
    expect(await copyOfDevice(phone.use().db)).toEqual(before)
    const asked = await call(backend, {
      method: 'GET',
      path: `/api/v1/claims/${await claimId('bike', ridden.reference)}`,
    })
    expect(await asked.json()).toMatchObject({ claimed: true })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('a new report waits for the phone, so that its history goes on as it was', async () => {
    const { backend } = phones
    const { bike, phone, handle } = await linkedPhone()
    const backup = await backend.snapshot()
    await bike.push(await bike.reported(ride(backend), handle))
    await phone.use().sync()
    await backend.restoreAsSaid(backup)
    backend.now.advance(HOUR_MS)
    expect((await bike.push(await bike.reported(ride(backend), handle))).status).toBe(202)
    await phone.use().sync()
    expect(await reportsOf(phone)).toBe(1)
    backend.now.advance(HOUR_MS)
    await backend.sweep()
    await phone.use().sync()
    expect(await reportsOf(phone)).toBe(2)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('one whose history has gone on elsewhere is decided from its token, as of then', async () => {
    const { backend } = phones
    const number = freshPhone()
    const { bike, phone, handle } = await linkedPhone(number)
    const backup = await backend.snapshot()
    await bike.push(await bike.reported(ride(backend), handle))
    await phone.use().sync()
    const before = await points(phone)
    await backend.restoreAsSaid(backup)
    const other = await phones.signedIn(number)
    const bag = claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' } })
    await recordActivity(other.use().context, bag)
    await other.sync()
    backend.now.advance(10 * DAY_MS)
    await phone.use().sync()
    expect(await reportsOf(phone)).toBe(1)
    expect((await points(phone)).available).toBeGreaterThan(before.available)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })
})
