/** Devices, signing out, and the end of an account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHONE_REST_MS } from '../../mock-api/base/limits.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { notePutOff } from '../../mock-api/storage/awaited.ts'
import { insertHeard } from '../../mock-api/storage/restores.ts'
import type { Device } from '../../src/contract/session.ts'
import { DAY_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { SD_DEMO_V2 } from '../../src/domain/methodology/packs/index.ts'
import { SETTLEMENT_WINDOW_MS } from '../../src/domain/offers/voucher.ts'
import { readDeletion } from '../../src/proof/deletion-receipt.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { trackedRide } from '../support/builders.ts'
import { type Client, freshPhone, signIn } from '../support/client.ts'
import { accept, cleanPlate, feedback } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { buy, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

describe.each(ENGINES)('account on %s', (engine) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend({ db: engine })
  })
  afterAll(async () => {
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    await backend.close()
  })

  const path = (client: Client, rest = '') => `/api/v1/accounts/${client.accountId}${rest}`
  const devicesOf = async (client: Client) =>
    ((await (await client.call('GET', path(client, '/devices'))).json()) as { devices: Device[] }).devices
  const twoDevices = async () => {
    const phone = freshPhone()
    const first = await signIn(backend, { phone })
    backend.now.advance(MINUTE_MS)
    return { phone, first, second: await signIn(backend, { phone }) }
  }

  it('lists devices and ends another one’s session', async () => {
    const { first, second } = await twoDevices()
    const devices = await devicesOf(first)
    expect(devices.map(({ deviceId, isThis }) => [deviceId, isThis])).toEqual([
      [second.deviceId, false],
      [first.deviceId, true],
    ])
    expect(JSON.stringify(devices)).not.toContain('token')
    expect((await first.call('DELETE', path(first, `/devices/${second.deviceId}`))).status).toBe(204)
    expect((await second.syncRaw()).status).toBe(401)
    expect((await first.syncRaw()).status).toBe(200)
    expect(await devicesOf(first)).toHaveLength(1)
    expect((await first.call('DELETE', path(first, `/devices/${second.deviceId}`))).status).toBe(404)
    expect((await first.call('DELETE', path(first, '/devices/nonsense'))).status).toBe(404)
  })

  it('replaces the session when a device signs in again', async () => {
    const phone = freshPhone()
    const before = await signIn(backend, { phone })
    backend.now.advance(MINUTE_MS)
    const after = await signIn(backend, { phone, deviceId: before.deviceId })
    expect((await before.syncRaw()).status).toBe(401)
    expect(await devicesOf(after)).toHaveLength(1)
  })

  it('signs out and drops the cookie', async () => {
    const me = await signIn(backend)
    const response = await me.call('POST', path(me, '/sign-out'))
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie()[0]).toMatch(/^gt-[0-9a-f]{8}=;.*Max-Age=0/)
    expect((await me.syncRaw()).status).toBe(401)
  })

  it('asks for the account’s own session', async () => {
    const [one, two] = [await signIn(backend), await signIn(backend)]
    expect((await one.call('GET', path(two, '/devices'))).status).toBe(401)
    expect((await one.call('DELETE', path(two))).status).toBe(401)
    expect((await one.call('GET', '/api/v1/accounts/nonsense/devices')).status).toBe(404)
  })

  it('deletes what is personal, keeps the chain, and tells every device', async () => {
    const { phone, first, second } = await twoDevices()
    const note = '只有我知道的一句话'
    const page = await first.sync([cleanPlate(backend, { note }), cleanPlate(backend)])
    const response = await first.call('DELETE', path(first))
    const { receipt } = (await response.json()) as { receipt: string }
    const verified = await readDeletion(receipt, await backend.deps.keyring.publicKeys())
    expect(verified).toEqual({
      account: first.accountId,
      deletedAt: backend.now(),
      records: 2,
      hash: page.records[1]?.hash,
    })
    for (const client of [first, second]) {
      const gone = await client.syncRaw([cleanPlate(backend)])
      expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([410, 'account_deleted'])
    }
    const text = JSON.stringify([...(await backend.snapshot())])
    expect(text).not.toContain(note)
    expect(text).not.toContain('"salt":"')
    expect(await audit(backend.db)).not.toHaveProperty('fault')
    // The answer may have been lost: asking again answers the same, also when another key signs by now.
    backend.now.advance(1)
    await backend.deps.keyring.rotate('documents')
    const again = (await (await second.call('DELETE', path(second))).json()) as { receipt: string }
    expect(await readDeletion(again.receipt, await backend.deps.keyring.publicKeys())).toEqual(verified)
    // Otherwise every limit per person could be begun anew by deleting the account.
    backend.now.advance(PHONE_REST_MS - MINUTE_MS)
    await expect(signIn(backend, { phone })).rejects.toThrow('phone_resting')
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    expect(await backend.db.query('select * from phones where account_id = $1', [first.accountId])).toEqual(
      [],
    )
    const anew = await signIn(backend, { phone })
    expect(anew.answer).toMatchObject({ isNew: true, lastSeq: 0 })
    expect(anew.accountId).not.toBe(first.accountId)
  })

  it('once deleted, is named by nothing but its bookings, what keeps them from counting twice, and what says that it is gone', async () => {
    const me = await richClient(backend)
    await buy(backend, me, await newOffer(backend))
    const startedAt = backend.now() - DAY_MS
    await me.sync([cleanPlate(backend, trackedRide(startedAt)), feedback(backend)])
    await notePutOff(backend.db, { accountId: me.accountId, commandId: 'x', at: backend.now() })
    await insertHeard(backend.db, me.accountId, backend.now())
    await me.call('DELETE', path(me))
    const tables = [...(await backend.snapshot())].filter(([, rows]) =>
      rows.some((row) => Object.values(row).includes(me.accountId)),
    )
    expect(tables.map(([name]) => name).sort()).toEqual([
      'accounts',
      'evidence_claims',
      'left_vouchers', // until no till can have taken it any more
      'offer_claims',
      'phones',
      'records',
      'sessions',
      'voucher_index',
    ])
  })

  it('a phone rests longer than acts may be dated back, and than a month’s limit reaches beyond that', () => {
    const datedBack = SD_DEMO_V2.maxAgeDays.value
    expect(PHONE_REST_MS).toBeGreaterThan((datedBack + 31) * DAY_MS)
  })

  it('refuses a shop the voucher of an account that is gone, once no till can have missed the news', async () => {
    const me = await richClient(backend)
    const { token } = await buy(backend, me, await newOffer(backend))
    await me.call('DELETE', path(me))
    backend.now.advance(SETTLEMENT_WINDOW_MS + MINUTE_MS)
    await backend.sweep()
    const shop = await joinTill(backend)
    const command = accept(backend, token)
    await shop.sync([command])
    expect(reasonsOf(await recordsOf(shop), command.id)).toEqual(['voucher_late'])
  })
})
