/** The secret beside the cookie, on the phone: it comes with the sign-in or a later exchange, goes with every request, and dies with the ledger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportLedger } from '../../src/actions/export-ledger.ts'
import { leaveLedger } from '../../src/actions/leave-ledger.ts'
import { recordActivity } from '../../src/actions/record-activity.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { hasLedgerDb } from '../../src/db/database.ts'
import { readMeta } from '../../src/db/meta.ts'
import { sessionSecretOf } from '../../src/db/session-secret.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { claim, NOON } from '../support/builders.ts'
import { freshPhone } from '../support/client.ts'
import { uuidFrom } from '../support/ids.ts'
import { newStorage, Phone, type PhoneOptions } from '../support/phone.ts'

let backend: Backend
let phones: Phone[] = []
/** What went to the backend: path, and the secret it carried. */
let sent: { path: string; secret: string | null }[] = []

beforeEach(async () => {
  backend = await startBackend({ now: NOON, samples: false })
  sent = []
})
afterEach(async () => {
  for (const phone of phones) phone.close()
  phones = []
  await backend.close()
})

async function open(given: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = new Phone({
    now: backend.now,
    newId: () => uuidFrom(backend.random),
    send: (request) => {
      sent.push({ path: new URL(request.url).pathname, secret: request.headers.get(SECRET_HEADER) })
      return backend.fetch(request)
    },
    ...given,
  })
  phones.push(phone)
  return phone.open()
}

const secretOf = (phone: Phone) => readMeta(phone.db, 'sessionSecret')
const devicesOf = (phone: Phone) => createBackendApi(phone.use().transport).devices(phone.profile.ledgerId)

describe('a phone', () => {
  it('keeps the secret of its sign-in with the ledger, and every request for the account carries it', async () => {
    const phone = await open()
    await phone.signIn(freshPhone())
    const secret = await secretOf(phone)
    expect(secret).toMatch(/^[\w-]{43}$/)
    await recordActivity(phone.context, claim())
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await devicesOf(phone)).toHaveLength(1)
    const { ledgerId } = phone.profile
    const own = sent.filter(({ path }) => path.endsWith('/sync') || path.includes(ledgerId))
    expect(own.length).toBeGreaterThan(1)
    for (const request of own) expect(request.secret, request.path).toBe(secret)
    for (const request of sent.filter((each) => !own.includes(each))) expect(request.secret).toBeNull()
  })

  it('writes it before anything else says that it is signed in', async () => {
    const phone = await open()
    const { ledgerId: guest } = phone.profile
    phone.device.profiles.hook('creating', (_key, profile) => {
      if (profile.kind === 'account') throw new Error('the phone died')
    })
    await expect(phone.signIn(freshPhone())).rejects.toThrow('the phone died')
    const [signIn] = sent.filter(({ path }) => path.endsWith('/sign-in'))
    expect(signIn).toBeDefined()
    phone.use()
    const names = (await phone.storage.factory.databases()).map(({ name = '' }) => name)
    const account = names.find((name) => name.startsWith('greentrace-ledger-') && !name.endsWith(guest))
    expect(await sessionSecretOf(account?.replace('greentrace-ledger-', '') ?? '')).toMatch(/^[\w-]{43}$/)
  })

  it('of an older build goes on as it was, and receives its secret once the app is newer', async () => {
    const storage = newStorage()
    const number = freshPhone()
    const before = await open({ storage, isOldBuild: true })
    await before.signIn(number)
    await recordActivity(before.context, claim())
    expect(await before.sync()).toEqual({ state: 'done' })
    expect(await secretOf(before)).toBeUndefined()
    expect(await devicesOf(before)).toHaveLength(1)
    before.close()

    const after = await open({ storage })
    expect(await after.sync()).toEqual({ state: 'done' })
    const secret = await secretOf(after)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(await after.sync()).toEqual({ state: 'done' })
    expect(sent.at(-1)).toEqual({ path: '/api/v1/sync', secret })
    // From then on the cookie alone, which a copy of the browser's cookies would have, opens nothing.
    const copied = await open({ storage, isOldBuild: true })
    await expect(copied.sync()).rejects.toMatchObject({ code: 'not_signed_in' })
    expect(await after.sync()).toEqual({ state: 'done' })
  })

  it('is not locked out by an answer that was lost', async () => {
    const storage = newStorage()
    const before = await open({ storage, isOldBuild: true })
    await before.signIn(freshPhone())
    before.close()
    let isLost = true
    const after = await open({
      storage,
      async send(request) {
        const response = await backend.fetch(request)
        if (isLost) throw new TypeError('gone')
        return response
      },
    })
    await recordActivity(after.context, claim())
    await expect(after.sync()).rejects.toMatchObject({ code: 'offline' })
    isLost = false
    expect(await after.sync()).toEqual({ state: 'done' })
    expect(await secretOf(after)).toMatch(/^[\w-]{43}$/)
    expect(await after.sync()).toEqual({ state: 'done' })
  })

  it('that left its ledger without a network has left: its cookie opens nothing, and can still end the session', async () => {
    const phone = await open()
    await phone.signIn(freshPhone())
    await phone.sync()
    const { ledgerId } = phone.profile
    phone.db.close()
    await leaveLedger(phone.device, ledgerId)
    const api = createBackendApi(phone.use().transport)
    await expect(api.devices(ledgerId)).rejects.toMatchObject({ code: 'not_signed_in' })
    expect(await hasLedgerDb(ledgerId)).toBe(false) // asking for the secret made none
    await api.signOut(ledgerId)
    await api.signOut(ledgerId)
    expect(await backend.db.query('select * from devices where account_id = $1', [ledgerId])).toEqual([])
  })

  it('signs in again after its session has ended, and goes on with the new secret', async () => {
    const number = freshPhone()
    const phone = await open()
    await phone.signIn(number)
    const first = await secretOf(phone)
    await phone.sync()
    backend.now.advance(100 * 24 * 3600_000)
    await recordActivity(phone.context, claim({ startedAt: backend.now() - 3600_000 }))
    await expect(phone.sync()).rejects.toMatchObject({ code: 'not_signed_in' })
    await phone.signIn(number)
    expect(await secretOf(phone)).not.toBe(first)
    expect(await phone.sync()).toEqual({ state: 'done' })
    expect(await phone.db.outbox.count()).toBe(0)
  })

  it('does not write it into a file that leaves the phone', async () => {
    const phone = await open()
    await phone.signIn(freshPhone())
    await phone.sync()
    const secret = (await secretOf(phone)) ?? ''
    let text = ''
    for await (const part of exportLedger(phone.db, phone.profile, { now: NOON })) text += part
    expect(text).not.toContain(secret)
  })
})
