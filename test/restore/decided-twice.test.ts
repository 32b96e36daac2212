/** A backup is put back again and again, and the account has gone on elsewhere each time: what was lost is always decided as of when it was first. */
import { expect, it } from 'vitest'
import { audit } from '../../mock-api/book/audit.ts'
import { giveConsent } from '../../src/actions/give-consent.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { redeemOffer } from '../../src/actions/redeem-offer.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { claim, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { ride, TestProvider } from '../support/provider.ts'
import { newOffer } from '../support/shop.ts'
import { readLedger } from '../support/whole-ledger.ts'
import { detailOnPhone } from './life.ts'

const phones = usePhones()

/** Of each kind that looks at the clock when it is decided: the record's outcome and, where it was brought back, as of when. */
async function decided(phone: Phone, ids: readonly string[]): Promise<[string | undefined, number?][]> {
  return Promise.all(
    ids.map(async (id) => {
      const entry = await phone.use().db.entries.where('id').equals(id).first()
      const provenAt = (await detailOnPhone(phone, id))?.provenAt
      return provenAt === undefined ? [entry?.outcome] : [entry?.outcome, provenAt]
    }),
  )
}

async function goOnElsewhere(number: string, startedAt: Instant): Promise<void> {
  const other = await phones.signedIn(number)
  const bag = claim({ code: 'own-bag', quantity: { value: 1, unit: 'count' }, startedAt })
  await recordActivity(other.use().context, bag)
  await other.sync()
}

it('an old ride, a service’s report and a purchase count after the third restored backup, also where the offer has ended', async () => {
  const { backend } = phones
  const number = freshPhone()
  const phone = await phones.signedIn(number)
  const bike = await TestProvider.of(backend)
  await giveConsent(phone.context, { provider: 'bike', terms: '2026-11-29' })
  await phone.sync()
  const [consent] = Object.values((await readLedger(phone.db)).consents ?? {})
  const handle = consent?.handle ?? ''
  await bike.confirm(handle, 'card-1')
  backend.now.advance(HOUR_MS)
  const backup = await backend.snapshot()

  const at = backend.now()
  const oldRide = await recordActivity(phone.context, trackedRide(at - 40 * DAY_MS))
  await recordActivity(phone.context, trackedRide(at - DAY_MS))
  await bike.push(await bike.reported(ride(backend), handle))
  await phone.sync()
  const offer = await newOffer(backend, { endsAt: at + 20 * DAY_MS })
  const voucher = await redeemOffer(phone.context, offer)
  await phone.sync()
  const report = (await phone.db.entries.filter(({ kind }) => kind === 'activity.report').first())?.id ?? ''
  const ids = [oldRide, report, voucher]
  expect((await decided(phone, ids)).map(([outcome]) => outcome)).toEqual(Array.from(ids, () => 'accepted'))

  for (let restored = 0; restored < 3; restored++) {
    await backend.restoreAsSaid(backup)
    backend.now.advance(40 * DAY_MS)
    await goOnElsewhere(number, backend.now() - HOUR_MS)
    await phone.reopen()
    await phone.use().signIn(number)
    await phone.use().sync()
    expect(await decided(phone, ids)).toEqual(ids.map(() => ['accepted', at]))
  }
  expect(await audit(backend.db)).not.toHaveProperty('fault')
})
