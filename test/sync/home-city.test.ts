/** A phone over the day of a city's own pack, and over a move: what it previews is what the backend decides, and entries keep the pack that counted. */
import { describe, expect, it } from 'vitest'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { setProfileCity } from '../../src/db/device-reads.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { HOUR_MS } from '../../src/domain/base/time.ts'
import { openCommand, openDetail } from '../../src/domain/ledger/open-record.ts'
import { project } from '../../src/domain/ledger/project.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { usePhones } from '../actions/phones.ts'
import { trackedRide, world } from '../support/builders.ts'
import { PACKS_WITH_WEIFANG, WEIFANG_DAY } from '../support/city-pack.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { readLedger } from '../support/whole-ledger.ts'

const phones = usePhones({ now: WEIFANG_DAY - 6 * HOUR_MS, packs: PACKS_WITH_WEIFANG })

let rides = 0
const rideNow = (phone: Phone) => {
  phone.use()
  return recordActivity(phone.context, trackedRide(phones.backend.now() - ++rides * HOUR_MS))
}

async function cityOf(phone: Phone): Promise<CityId | undefined> {
  phone.use()
  return (await phone.device.profiles.get(phone.profile.ledgerId))?.city
}

/** What home says will most likely come of what waits, by the pack of the open ledger's city. */
async function previewOf(phone: Phone) {
  phone.use()
  const now = phones.backend.now()
  const outbox = (await phone.db.outbox.toArray()).map(({ text }) => ({ command: openCommand(text), text }))
  const pack = packInForce(await cityOf(phone), now, PACKS_WITH_WEIFANG)
  const { previews } = project(await readLedger(phone.db), outbox, world({ now, pack }))
  return previews.map(({ decision }) => decision.assessment)
}

async function postedOn(phone: Phone) {
  phone.use()
  return (await phone.db.journal.toArray()).flatMap((row) => openDetail(row.detail)?.assessment ?? [])
}

async function moveTo(phone: Phone, city: CityId): Promise<void> {
  phone.use()
  await setProfileCity(phone.device, phone.profile.ledgerId, city)
}

describe('over the day of a city’s own pack', () => {
  it('an act recorded offline before it and posted after counts by the new pack, and its entry says so', async () => {
    const phone = await phones.signedIn(undefined, {}, 'weifang')
    await rideNow(phone)
    await phone.sync()
    await rideNow(phone)
    expect(await previewOf(phone)).toMatchObject([{ packId: 'sd-demo', rewardGrams: 356 }])
    phones.backend.now.set(WEIFANG_DAY + HOUR_MS)
    expect(await previewOf(phone)).toMatchObject([{ packId: 'weifang-test', rewardGrams: 339 }])
    await phone.sync()
    expect(await postedOn(phone)).toMatchObject([
      { packId: 'sd-demo', packVersion: 3, rewardGrams: 356 },
      { packId: 'weifang-test', packVersion: 1, rewardGrams: 339 },
    ])
  })

  it('a guest’s acts go by the city of the account that takes them over', async () => {
    const phone = await phones.open({}, 'weifang')
    await rideNow(phone)
    phones.backend.now.set(WEIFANG_DAY + HOUR_MS)
    expect(await previewOf(phone)).toMatchObject([{ packId: 'weifang-test' }])
    await phone.signIn(freshPhone())
    await phone.sync()
    expect(await postedOn(phone)).toMatchObject([{ packId: 'weifang-test', rewardGrams: 339 }])
  })
})

describe('a person who moves', () => {
  it('offline, is decided by the new city’s rules with the next exchange, as the phone said', async () => {
    const phone = await phones.signedIn(undefined, {}, 'jinan')
    phones.backend.now.set(WEIFANG_DAY + HOUR_MS)
    await rideNow(phone)
    expect(await previewOf(phone)).toMatchObject([{ packId: 'sd-demo', rewardGrams: 356 }])
    await moveTo(phone, 'weifang')
    expect(await previewOf(phone)).toMatchObject([{ packId: 'weifang-test', rewardGrams: 339 }])
    await phone.sync()
    expect(await postedOn(phone)).toMatchObject([{ packId: 'weifang-test', rewardGrams: 339 }])
  })

  it('is followed by the other phone of the account', async () => {
    const number = freshPhone()
    const [first, second] = [
      await phones.signedIn(number, {}, 'jinan'),
      await phones.signedIn(number, {}, 'jinan'),
    ]
    await moveTo(first, 'weifang')
    await first.sync()
    await second.sync()
    expect(await cityOf(second)).toBe('weifang')
    await first.sync()
    expect(await cityOf(first)).toBe('weifang')
  })

  it('keeps the new city before a backend that was restored from a backup of before', async () => {
    const phone = await phones.signedIn(undefined, {}, 'jinan')
    const before = await phones.backend.snapshot()
    await moveTo(phone, 'weifang')
    await rideNow(phone)
    await phone.sync()
    await phones.backend.restore(before)
    await phone.sync()
    await rideNow(phone)
    await phone.sync()
    expect(await cityOf(phone)).toBe('weifang')
    const [account] = await phones.backend.db.query<{ city: string }>(
      'select city from accounts where account_id = $1',
      [phone.profile.ledgerId],
    )
    expect(account?.city).toBe('weifang')
  })

  it('goes on syncing where an older process does not know of moves yet, and says it to the next', async () => {
    let isOld = true
    const send = (request: Request) =>
      isOld && request.url.includes('/city')
        ? phones.backend.fetch(new Request(request.url.replace('/city', '/nowhere'), { method: 'GET' }))
        : phones.backend.fetch(request)
    const phone = await phones.signedIn(undefined, { send }, 'jinan')
    phones.backend.now.set(WEIFANG_DAY + HOUR_MS)
    await moveTo(phone, 'weifang')
    await rideNow(phone)
    await phone.sync()
    isOld = false
    await rideNow(phone)
    await phone.sync()
    expect((await postedOn(phone)).map(({ packId }) => packId)).toEqual(['sd-demo', 'weifang-test'])
  })
})
