/** Whose ledger is on the phone: signing in takes the guest's acts along, leaving takes everything away. */
import { describe, expect, it } from 'vitest'
import { beginLeaving, countUnsynced, finishLeaving, leaveLedger } from '../../src/actions/leave-ledger.ts'
import { openGuestLedger } from '../../src/actions/open-guest-ledger.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readFact, writeFact } from '../../src/db/device.ts'
import { setProfileCity } from '../../src/db/device-reads.ts'
import { readMeta, writeMeta } from '../../src/db/meta.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { claim, freshId, NOON, trackedRide } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { outboxIds, usePhones } from './phones.ts'

const phones = usePhones()

async function databasesOf(phone: Phone): Promise<string[]> {
  return (await phone.storage.factory.databases()).map(({ name }) => name ?? '').sort()
}

/** Every row of the phone's own database, as text. */
async function deviceText(phone: Phone): Promise<string> {
  return JSON.stringify([await phone.device.profiles.toArray(), await phone.device.facts.toArray()])
}

async function leave(phone: Phone): Promise<string | undefined> {
  phone.use().db.close()
  return leaveLedger(phone.device, phone.profile.ledgerId)
}

describe('signing in', () => {
  it('adopts the open guest ledger with its acts, its goal and its cards, and nobody else’s', async () => {
    const phone = await phones.open()
    const other = await recordActivity(phone.context, claim({ note: '奶奶' }))
    const otherId = phone.profile.ledgerId
    const mine = await openGuestLedger({ device: phone.device, now: () => NOON, newId: freshId }, 'zibo')
    await phone.reopen()
    expect(phone.profile.ledgerId).toBe(mine.ledgerId)
    const id = await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    await writeMeta(phone.db, 'goalGrams', 20_000)
    await writeMeta(phone.db, 'cards', { 'wf-q-bus': { box: 2, dueOn: '2026-11-23' } })
    expect(await phone.signIn(freshPhone())).toBe(1)
    expect(await outboxIds(phone)).toEqual([id])
    expect(await readMeta(phone.db, 'goalGrams')).toBe(20_000)
    expect(await readMeta(phone.db, 'cards')).toEqual({ 'wf-q-bus': { box: 2, dueOn: '2026-11-23' } })
    expect((await phone.device.profiles.toArray()).map(({ kind }) => kind).sort()).toEqual([
      'account',
      'guest',
    ])
    expect(await databasesOf(phone)).toHaveLength(3)
    await writeFact(phone.device, 'currentLedgerId', otherId)
    await phone.reopen()
    expect(await outboxIds(phone)).toEqual([other])
  })

  it('keeps what was begun and not sent yet, its photo included', async () => {
    const phone = await phones.open()
    const drafts = [
      {
        kind: 'case.nominate',
        city: 'weifang',
        title: '一米菜园',
        text: '',
        newPhoto: { digest: 'a'.repeat(64), type: 'image/jpeg', bytes: 3, base64: '/9j/' },
      },
    ] as const
    await writeMeta(phone.db, 'voiceDrafts', drafts)
    await writeMeta(phone.db, 'favourites', ['bike'])
    await phone.signIn(freshPhone())
    expect(await readMeta(phone.db, 'voiceDrafts')).toEqual(drafts)
    expect(await readMeta(phone.db, 'favourites')).toEqual(['bike'])
  })

  it('again, keeps the nickname, the place and the device’s name for itself', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    const { ledgerId } = phone.profile
    const deviceId = await readFact(phone.device, 'deviceId')
    await phone.device.profiles.update(ledgerId, { nickname: '小林', signedOutAt: NOON })
    await phone.signIn(number)
    expect(await phone.device.profiles.toArray()).toEqual([
      {
        ledgerId,
        kind: 'account',
        city: 'weifang',
        accountCity: 'weifang',
        createdAt: NOON,
        nickname: '小林',
        phoneMasked: expect.any(String),
      },
    ])
    expect(await readFact(phone.device, 'deviceId')).toBe(deviceId)
  })

  it('again, keeps the city that the person had moved to before the backend heard of it', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await setProfileCity(phone.device, phone.profile.ledgerId, 'zibo')
    await phone.signIn(number)
    expect(phone.profile).toMatchObject({ city: 'zibo', accountCity: 'weifang' })
    await phone.sync()
    expect((await phone.device.profiles.toArray())[0]).toMatchObject({ city: 'zibo', accountCity: 'zibo' })
  })

  it('by a second person leaves the first one’s ledger where it is', async () => {
    const phone = await phones.signedIn()
    const first = phone.profile.ledgerId
    const id = await recordActivity(phone.context, claim())
    expect(await phone.signIn(freshPhone())).toBe(0)
    expect(await outboxIds(phone)).toEqual([])
    await writeFact(phone.device, 'currentLedgerId', first)
    await phone.reopen()
    expect(await outboxIds(phone)).toEqual([id])
  })

  it('that fails leaves the guest as it was', async () => {
    const phone = await phones.open()
    const guest = phone.profile.ledgerId
    const id = await recordActivity(phone.context, claim())
    const offline = await phones.open({
      storage: phone.storage,
      send: () => Promise.reject(new Error('gone')),
    })
    await expect(offline.signIn(freshPhone())).rejects.toMatchObject({ code: 'offline' })
    await phone.reopen()
    expect(phone.profile).toMatchObject({ ledgerId: guest, kind: 'guest' })
    expect(await outboxIds(phone)).toEqual([id])
  })
})

describe('another tab that still looks at an adopted guest ledger', () => {
  it('is refused, and what it records goes to no ledger that nobody will open', async () => {
    const phone = await phones.open()
    const tab = await phones.open({ storage: phone.storage })
    await recordActivity(tab.context, claim())
    const guest = phone.profile.ledgerId
    await phone.signIn(freshPhone())
    await expect(recordActivity(tab.context, claim())).rejects.toThrow()
    expect((await databasesOf(phone)).filter((name) => name.includes(guest))).toEqual([])
  })
})

describe('leaving', () => {
  it('removes every trace of the person from the phone', async () => {
    const phone = await phones.signedIn()
    await recordActivity(phone.context, trackedRide(NOON - 3600_000))
    await phone.sync()
    await recordActivity(phone.context, claim())
    await writeMeta(phone.db, 'goalGrams', 5)
    const { ledgerId, phoneMasked = 'none' } = phone.profile
    expect(await countUnsynced(phone.db)).toBe(1)
    expect(await deviceText(phone)).toContain(phoneMasked)
    expect(await leave(phone)).toBeUndefined()
    expect(await databasesOf(phone)).toEqual(['greentrace-device'])
    const text = await deviceText(phone)
    expect(text).not.toContain(ledgerId)
    expect(text).not.toContain(phoneMasked)
    expect(await phone.device.profiles.count()).toBe(0)
    expect(await readFact(phone.device, 'currentLedgerId')).toBeUndefined()
  })

  it('opens the next person’s ledger, untouched', async () => {
    const phone = await phones.open()
    const kept = await recordActivity(phone.context, claim())
    const guest = phone.profile.ledgerId
    const mine = await openGuestLedger(
      { device: phone.device, now: () => NOON, newId: () => freshId() as CommandId },
      'jinan',
    )
    await phone.reopen()
    await recordActivity(phone.context, claim())
    expect(await leave(phone)).toBe(guest)
    await phone.reopen()
    expect(phone.profile.ledgerId).toBe(guest)
    expect(await outboxIds(phone)).toEqual([kept])
    expect((await databasesOf(phone)).join()).not.toContain(mine.ledgerId)
  })

  it('a ledger that is not the open one leaves the open one open', async () => {
    const phone = await phones.open()
    const other = phone.profile.ledgerId
    const mine = await openGuestLedger({ device: phone.device, now: () => NOON, newId: freshId }, 'jinan')
    phone.use()
    expect(await leaveLedger(phone.device, other)).toBe(mine.ledgerId)
    expect(await readFact(phone.device, 'currentLedgerId')).toBe(mine.ledgerId)
  })

  it('a tab that is open elsewhere does not bring it back', async () => {
    const phone = await phones.signedIn()
    const tab = await phones.open({ storage: phone.storage })
    await recordActivity(tab.context, claim())
    await leave(phone)
    await expect(recordActivity(tab.context, claim())).rejects.toThrow()
    await expect(tab.sync()).rejects.toThrow()
    expect(await databasesOf(phone)).toEqual(['greentrace-device'])
  })

  it('that was cut short before the database went takes nothing of whoever signs in again', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    const { ledgerId } = phone.profile
    await phone.sync()
    phone.db.close()
    // As a tab leaves it that was closed between the two steps.
    await phone.device.profiles.delete(ledgerId)
    await phone.device.facts.delete('currentLedgerId')
    await writeFact(phone.device, 'leftLedgers', [ledgerId])
    await phone.signIn(number)
    const id = await recordActivity(phone.context, claim())
    await finishLeaving(phone.device)
    expect(await outboxIds(phone)).toEqual([id])
    await phone.sync()
    expect(await phone.db.entries.where('id').equals(id).count()).toBe(1)
  })

  it('that was cut short after the ledger was closed opens it again at the next sign-in', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await phone.sync()
    expect(await beginLeaving(phone.device, phone.profile.ledgerId, { discards: false })).toBeUndefined()
    await phone.signIn(number)
    const id = await recordActivity(phone.context, claim())
    await finishLeaving(phone.device)
    expect(await outboxIds(phone)).toEqual([id])
  })
})
