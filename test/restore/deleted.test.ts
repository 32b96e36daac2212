/** A deleted account stays deleted after a restored backup, its words too; and what nobody has been heard of is let alone for a while. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { PHONE_REST_MS } from '../../mock-api/base/limits.ts'
import { audit } from '../../mock-api/book/audit.ts'
import { applyTombstones } from '../../mock-api/book/tombstone.ts'
import { HOLD_MS } from '../../mock-api/start/recovery.ts'
import { openTombstones } from '../../mock-api/start/tombstones.ts'
import type { VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { usePhones } from '../actions/phones.ts'
import { freshPhone, signIn } from '../support/client.ts'
import { cancel, cleanPlate, feedback } from '../support/commands.ts'
import { balancesOf, buy, newOffer, richClient } from '../support/shop.ts'

const phones = usePhones()

describe('a deleted account', () => {
  it('is deleted again when an older backup is put back, its words too', async () => {
    const { backend } = phones
    const phone = freshPhone()
    const me = await richClient(backend, { phone })
    const words = '只有我知道的一句话'
    await me.sync([feedback(backend, { text: words }), cleanPlate(backend, { note: words })])
    const backup = await backend.snapshot()
    const path = `/api/v1/accounts/${me.accountId}`
    const { receipt } = (await (await me.call('DELETE', path)).json()) as { receipt: string }
    await backend.restoreAsSaid(backup)
    expect(JSON.stringify([...(await backend.snapshot())])).not.toContain(words)
    expect((await me.syncRaw([cleanPlate(backend)])).status).toBe(410)
    expect(
      (
        await me.call('POST', `${path}/tail`, {
          wire: 2,
          after: { seq: 0, hash: '0'.repeat(64) },
          records: [{ seq: 1, body: '', hash: 'a'.repeat(64) }],
        })
      ).status,
    ).toBe(410)
    // Asked again, it is the receipt that was given.
    expect(await (await me.call('DELETE', path)).json()).toEqual({ receipt })
    await expect(signIn(backend, { phone })).rejects.toThrow('phone_resting')
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('that the backup does not know at all rests, and is another one afterwards', async () => {
    const { backend } = phones
    const phone = freshPhone()
    const backup = await backend.snapshot()
    const me = await richClient(backend, { phone })
    await me.call('DELETE', `/api/v1/accounts/${me.accountId}`)
    await backend.restoreAsSaid(backup)
    backend.now.advance(PHONE_REST_MS - MINUTE_MS)
    await backend.sweep()
    await expect(signIn(backend, { phone })).rejects.toThrow('phone_resting')
    backend.now.advance(2 * MINUTE_MS)
    await backend.sweep()
    const anew = await signIn(backend, { phone })
    expect(anew.answer).toMatchObject({ isNew: true, lastSeq: 0 })
    expect(anew.accountId).not.toBe(me.accountId)
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('whose receipt was not kept, because the process ended in between, gets it at the next start', async () => {
    const { backend } = phones
    const me = await richClient(backend)
    await backend.db.query(
      'update accounts set deleted_at = 1, state = null, phone_key = null, next_due_at = null where account_id = $1',
      [me.accountId],
    )
    await applyTombstones(backend.deps)
    await applyTombstones(backend.deps)
    expect(backend.deps.tombstones.read()).toHaveLength(1)
  })

  it('is not made by a line that somebody wrote at home', async () => {
    const { backend } = phones
    const me = await richClient(backend)
    const gone = await richClient(backend)
    await gone.call('DELETE', `/api/v1/accounts/${gone.accountId}`)
    const [line = ''] = backend.deps.tombstones.read()
    const [header, , signature] = line.split('.')
    const payload = Buffer.from(JSON.stringify({ account: me.accountId, deletedAt: 1 })).toString('base64url')
    backend.deps.tombstones.append(`${header}.${payload}.${signature}`)
    backend.deps.tombstones.append('no receipt')
    await applyTombstones(backend.deps)
    expect((await me.syncRaw()).status).toBe(200)
  })
})

describe('the file of tombstones', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-tombstones-'))
  const path = join(folder, 'kept', 'tombstones')
  beforeEach(() => rmSync(join(folder, 'kept'), { recursive: true, force: true }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is readable by its owner only, and shared by several processes', () => {
    const [one, two] = [openTombstones(path), openTombstones(path)]
    expect(statSync(path).mode & 0o777).toBe(0o600)
    one.append('a.b.c')
    two.append('d.e.f')
    one.append('g.h.i')
    expect(two.read()).toEqual(['a.b.c', 'd.e.f', 'g.h.i'])
  })

  it('keeps the next line apart from one that a crash cut', () => {
    const file = openTombstones(path)
    file.append('a.b.c')
    writeFileSync(path, `${readFileSync(path, 'utf8')}d.e`)
    file.append('g.h.i')
    expect(file.read()).toEqual(['a.b.c', 'd.e', 'g.h.i'])
  })
})

describe('after a restore', () => {
  it('nothing ends or returns on an account until a device of it was heard, and after a week it does', async () => {
    const { backend } = phones
    const [me, you] = [await richClient(backend), await richClient(backend)]
    const offer = await newOffer(backend)
    for (const each of [me, you]) {
      const { id } = await buy(backend, each, offer)
      await each.sync([cancel(backend, id as VoucherId)])
    }
    const backup = await backend.snapshot()
    backend.now.advance(4 * DAY_MS)
    await backend.restoreAsSaid(backup)
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 166, held: 50 })
    await me.sync()
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
    expect(await balancesOf(backend, you)).toEqual({ available: 166, held: 50 })
    backend.now.advance(HOLD_MS)
    await backend.sweep()
    expect(await balancesOf(backend, you)).toEqual({ available: 216, held: 0 })
    expect(await audit(backend.db)).not.toHaveProperty('fault')
  })

  it('a restart that nobody said was a restore holds nothing', async () => {
    const { backend } = phones
    const me = await richClient(backend)
    const { id } = await buy(backend, me, await newOffer(backend))
    await me.sync([cancel(backend, id as VoucherId)])
    await backend.restore(await backend.snapshot())
    backend.now.advance(4 * DAY_MS)
    await backend.sweep()
    expect(await balancesOf(backend, me)).toEqual({ available: 216, held: 0 })
  })
})
