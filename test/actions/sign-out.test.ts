/** Signing out: nothing that was acknowledged is lost by it, in no tab and by no crash, and the backend hears of it in the end. */
import { describe, expect, it } from 'vitest'
import { adoptGuestLedger } from '../../src/actions/adopt-guest-ledger.ts'
import { beginLeaving, finishLeaving, leaveLedger } from '../../src/actions/leave-ledger.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { openGuestLedger } from '../../src/actions/open-guest-ledger.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { readBackup, restoreBackup } from '../../src/actions/restore-backup.ts'
import { readFact } from '../../src/db/device.ts'
import { LedgerLeftError } from '../../src/db/ledger-closed.ts'
import { writeMeta } from '../../src/db/meta.ts'
import { readSignOuts, sendSignOuts } from '../../src/db/sign-outs.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { claim, freshId, NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import type { Phone } from '../support/phone.ts'
import { exported, outboxIds, usePhones } from './phones.ts'

const phones = usePhones()
const begin = (phone: Phone, discards = false) =>
  beginLeaving(phone.use().device, phone.profile.ledgerId, { discards })
const idOf = (phone: Phone) => phone.profile.ledgerId
const photo = { digest: 'c'.repeat(64), type: 'image/jpeg', bytes: 3, base64: '/9j/' } as const

async function isStillIn(phone: Phone): Promise<boolean> {
  return (await phone.use().device.profiles.get(idOf(phone))) !== undefined
}

describe('signing out', () => {
  it('is refused while an act waits, and nothing has changed', async () => {
    const phone = await phones.signedIn()
    const id = await recordActivity(phone.context, claim())
    expect(await begin(phone)).toMatchObject({ acts: 1, requests: 0, voices: 0, photos: 0, drafts: 0 })
    expect(await isStillIn(phone)).toBe(true)
    await recordActivity(phone.context, claim())
    expect((await outboxIds(phone))[0]).toBe(id)
  })

  it('is refused while a photo has not been answered, after its nomination was', async () => {
    const phone = await phones.signedIn()
    await nominateCase(phone.context, { city: 'weifang', title: '屋顶菜园', text: '三楼的邻居' }, photo)
    let isCut = false
    const cut = await phones.open({
      storage: phone.storage,
      send: (request) =>
        request.method === 'PUT' ? Promise.reject(new Error('cut')) : phones.backend.fetch(request),
    })
    await cut.sync().catch(() => {
      isCut = true
    })
    expect(isCut).toBe(true)
    expect(await begin(phone)).toMatchObject({ acts: 0, voices: 0, photos: 1 })
  })

  it('is refused while something is only begun', async () => {
    const phone = await phones.signedIn()
    await writeMeta(phone.db, 'voiceDrafts', [{ kind: 'feedback.send', city: 'zibo', text: '路灯' }])
    expect(await begin(phone)).toMatchObject({ drafts: 1 })
  })

  it('closes the ledger for another tab in the same step, which is told and not sent elsewhere', async () => {
    const phone = await phones.signedIn()
    const tab = await phones.open({ storage: phone.storage })
    expect(await begin(phone)).toBeUndefined()
    tab.use()
    await expect(recordActivity(tab.context, claim())).rejects.toBeInstanceOf(LedgerLeftError)
  })

  it('beside acts of another tab keeps each acknowledged one, whoever is first', async () => {
    for (let round = 0; round < 5; round++) {
      const phone = await phones.signedIn()
      const tab = await phones.open({ storage: phone.storage })
      const [left, ...acts] = await Promise.allSettled([
        begin(phone),
        ...[1, 2, 3].map(() => recordActivity(tab.context, claim())),
      ])
      const acknowledged = acts.filter(({ status }) => status === 'fulfilled').length
      const waits = left?.status === 'fulfilled' && left.value !== undefined
      expect(waits).toBe(acknowledged > 0)
      if (waits) expect(await outboxIds(tab)).toHaveLength(acknowledged)
    }
  })
})

describe('a ledger that is being left', () => {
  it('takes nothing more from a file either, and a guest’s acts stay the guest’s', async () => {
    const phone = await phones.signedIn()
    const account = idOf(phone)
    const guest = await phones.open()
    await recordActivity(guest.context, claim())
    const read = await readBackup(await exported(guest))
    if ('fault' in read) throw new Error(read.fault)
    phone.use()
    expect(await beginLeaving(phone.device, account, { discards: false })).toBeUndefined()
    await expect(restoreBackup(phone.db, account, read.backup)).rejects.toThrow(LedgerLeftError)
    const mine = await openGuestLedger({ device: phone.device, now: () => NOON, newId: freshId }, 'zibo')
    await expect(adoptGuestLedger(phone.device, { guest: mine.ledgerId, account })).rejects.toThrow(
      LedgerLeftError,
    )
    expect(await phone.device.profiles.get(mine.ledgerId)).toBeDefined()
  })
})

describe('a crash while signing out', () => {
  it('after the ledger was closed ends with nothing of it left', async () => {
    const phone = await phones.signedIn()
    await begin(phone)
    phone.close()
    const device = (await phones.open({ storage: phone.storage })).use().device
    await finishLeaving(device)
    expect(await device.profiles.count()).toBe(0)
    expect(await device.profiles.get(idOf(phone))).toBeUndefined()
    expect(await readSignOuts(device)).toEqual([idOf(phone)])
  })

  it('before anything was closed finds the act that came meanwhile, and stays signed in', async () => {
    const phone = await phones.signedIn()
    await phone.device.profiles.update(idOf(phone), { leaving: 'keep' })
    const id = await recordActivity(phone.context, claim())
    await finishLeaving(phone.use().device)
    expect(await isStillIn(phone)).toBe(true)
    expect((await phone.device.profiles.get(idOf(phone)))?.leaving).toBeUndefined()
    expect(await outboxIds(phone)).toEqual([id])
  })

  it('after the profile was gone removes the database at the next start', async () => {
    const phone = await phones.signedIn()
    const { ledgerId } = phone.profile
    await phone.device.facts.put({ key: 'leftLedgers', value: [ledgerId] })
    await phone.device.profiles.delete(ledgerId)
    phone.db.close()
    await finishLeaving(phone.use().device)
    const names = (await phone.storage.factory.databases()).map(({ name }) => name)
    expect(names).not.toContain(`greentrace-ledger-${ledgerId}`)
    expect(await readFact(phone.device, 'leftLedgers')).toBeUndefined()
  })
})

describe('the end of the session', () => {
  async function leave(phone: Phone): Promise<void> {
    await begin(phone)
    phone.db.close()
    await leaveLedger(phone.device, idOf(phone), { endsSession: true })
  }
  const send = (phone: Phone) => sendSignOuts(phone.use().device, createBackendApi(phone.transport).signOut)

  it('that was said without a network is told when there is one, and from then on the cookie opens nothing', async () => {
    let isOffline = false
    const phone = await phones.signedIn(freshPhone(), {
      send: (request) => (isOffline ? Promise.reject(new Error('gone')) : phones.backend.fetch(request)),
    })
    const ledgerId = idOf(phone)
    const cookies = new Map(phone.storage.cookies)
    isOffline = true
    await leave(phone)
    expect(await send(phone)).toBe(false)
    const later = await phones.open({ storage: phone.storage })
    expect(await readSignOuts(later.device)).toEqual([ledgerId])
    expect(await send(later)).toBe(true)
    expect(await readSignOuts(later.device)).toEqual([])
    for (const [name, value] of cookies) later.storage.cookies.set(name, value)
    await expect(createBackendApi(later.use().transport).devices(ledgerId)).rejects.toMatchObject({
      code: 'not_signed_in',
    })
  })

  it('that the backend does not know any more is no reason to ask for ever', async () => {
    const phone = await phones.signedIn()
    await leave(phone)
    phone.storage.cookies.clear()
    expect(await send(phone)).toBe(true)
  })

  it('is not told late to a new session of the same person', async () => {
    const number = freshPhone()
    const phone = await phones.signedIn(number)
    await leave(phone)
    const again = await phones.open({ storage: phone.storage })
    await again.signIn(number)
    expect(await readSignOuts(again.device)).toEqual([])
    expect((await again.sync()).state).toBe('done')
  })
})
