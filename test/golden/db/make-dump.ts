/** Writes the dump of today's schema and fold: a phone with a journal, an open voucher and a returned one, a report with its correction, a trip under way, an acceptance at a till, a waiting command and a deferred one, from the real backend. */
import { writeFileSync } from 'node:fs'
import { appealActivity } from '../../../src/actions/appeal-activity.ts'
import { cancelVoucher } from '../../../src/actions/cancel-voucher.ts'
import { endConsent } from '../../../src/actions/end-consent.ts'
import { giveConsent } from '../../../src/actions/give-consent.ts'
import { nominateCase } from '../../../src/actions/nominate-case.ts'
import { recordActivity } from '../../../src/actions/record-activity.ts'
import { redeemOffer } from '../../../src/actions/redeem-offer.ts'
import { undoActivity } from '../../../src/actions/undo-activity.ts'
import { addFixes, beginTrip, changeTrip } from '../../../src/db/trips.ts'
import { versions } from '../../../src/db/versions.ts'
import type { AccountId } from '../../../src/domain/base/ids.ts'
import { paused } from '../../../src/domain/evidence/live-trip.ts'
import { FOLD } from '../../../src/domain/ledger/ledger-state.ts'
import type { Offer } from '../../../src/domain/offers/offer.ts'
import { startBackend } from '../../support/backend.ts'
import { claim, NOON, trackedRide } from '../../support/builders.ts'
import { uuidFrom } from '../../support/ids.ts'
import { offersTold } from '../../support/offers.ts'
import { Phone } from '../../support/phone.ts'
import { correctBackend, tellBackend } from '../../support/told.ts'

const DAY = 24 * 3600_000
const backend = await startBackend({ now: NOON, providers: true })
const phone = await new Phone({
  now: backend.now,
  newId: () => uuidFrom(backend.random),
  send: (request) => backend.fetch(request),
}).open()
await phone.signIn('13800000001')
const consentId = await giveConsent(phone.context, {
  provider: 'bike',
  terms: '2026-11-29',
  since: NOON - 9 * DAY,
  handle: 'a'.repeat(32),
})
await recordActivity(phone.context, trackedRide(NOON - DAY))
const mistake = await recordActivity(
  phone.context,
  claim({ code: 'bus', quantity: { value: 72_000, unit: 'metre' } }),
)
const old = await recordActivity(phone.context, claim({ startedAt: NOON - 80 * DAY }))
await phone.sync()
const { evidence: _, ...ride } = claim({ startedAt: NOON - DAY / 3, endedAt: NOON - DAY / 3 + 1800_000 })
const account = phone.profile.ledgerId as AccountId
const told = await tellBackend(backend, account, { consentId, ride, reference: 'ride-1' })
if (!told) throw new Error('the report was agreed to')
const quantity = { value: 4000, unit: 'metre' } as const
await correctBackend(backend, account, told, { jti: 'ride-1-corrected', quantity })
await undoActivity(phone.context, mistake)
const offers = await offersTold(phone.transport)
const cheapest = offers.toSorted((a, b) => a.offer.pricePoints - b.offer.pricePoints)[0]?.offer as Offer
await redeemOffer(phone.context, cheapest)
const unwanted = await redeemOffer(phone.context, cheapest)
await phone.sync()
await cancelVoucher(phone.context, unwanted)
await appealActivity(phone.context, { activityId: old, note: '当时在山里' })
await phone.sync()
backend.now.advance(4 * DAY)
await backend.sweep()
await phone.sync()
await endConsent(phone.context, consentId)
await recordActivity(phone.context, claim({ note: '还在路上' }))
const later = await recordActivity(
  phone.context,
  claim({ code: 'clean-plate', quantity: { value: 1, unit: 'count' } }),
)
const photo = { digest: '0'.repeat(64), type: 'image/jpeg', bytes: 3, base64: '/9j/' } as const
const text = '楼下的旧衣回收角，每周都满。'
await nominateCase(phone.context, { city: 'weifang', title: '旧衣回收角', text }, photo)
await phone.db.outbox.where('id').equals(later).modify({ state: 'deferred', problem: 'unknown_command' })

const began = backend.now()
await beginTrip(phone.db, began)
for (let second = 1; second <= 5; second++)
  await addFixes(phone.db, began, [
    { at: began + second * 1000, lat: 36.7068, lon: 119.1011 + second * 5e-5, accuracyMetres: 8 },
  ])
await changeTrip(phone.db, began, paused(began + 6000))

await phone.db.acceptances.add({
  id: '0190a5b8-0000-7000-8000-000000000001',
  names: ['0190a5b8-0000-7000-8000-000000000002', '7K2M94QX13'],
  acceptedAt: backend.now(),
  connectBy: backend.now() + 72 * 3600_000,
  offerId: 'coffee-medium',
  titleZh: '中杯咖啡',
  titleEn: 'Medium coffee',
  fen: 1200,
})

const stores = Object.fromEntries(
  // Each version names what it changes.
  Object.entries(Object.assign({}, ...versions.map((version) => version.stores)) as object).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  ),
)
const tables: Record<string, object[]> = {}
for (const name of Object.keys(stores)) tables[name] = await phone.db.table(name).toArray()
const dump = { version: versions.length, stores, tables }
writeFileSync(
  new URL(`v${versions.length}-fold${FOLD}.json`, import.meta.url),
  `${JSON.stringify(dump, null, 1)}\n`,
)
process.exit(0)
