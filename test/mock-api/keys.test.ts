/** Keys: apart by purpose, wrapped in the database, renewed before they end, each new one endorsed, old ones kept to verify, bad ones revoked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyOf, secretOf } from '../../mock-api/base/secret.ts'
import { openKeyring } from '../../mock-api/keys/keyring.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import { readHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeySet } from '../../src/proof/keys.ts'
import { readRevocations } from '../../src/proof/revocations.ts'
import { trustedKeys } from '../../src/proof/trust.ts'
import { readVoucher, signVoucher } from '../../src/proof/voucher-token.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { accept, cleanPlate } from '../support/commands.ts'
import { buy, newOffer, reasonsOf, recordsOf, richClient } from '../support/shop.ts'
import { joinTill } from '../support/till.ts'

const kids = ({ keys }: KeySet) => keys.map(({ kid }) => kid).sort()

describe('keyring', () => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend()
  })
  afterAll(() => backend.close())

  const listed = async () => {
    const { keyring } = backend.deps
    return readRevocations(await keyring.revocations(), await keyring.publicKeys())
  }

  it('has a key for each purpose from the start, also when many ask at once', async () => {
    const fresh = await startBackend({ samples: false })
    const { keyring } = fresh.deps
    const signers = await Promise.all(
      [...KEY_PURPOSES, ...KEY_PURPOSES].map((each) => keyring.signingKey(each)),
    )
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(KEY_PURPOSES.length)
    expect((await keyring.publicKeys()).keys.map(({ purpose }) => purpose).sort()).toEqual(
      [...KEY_PURPOSES].sort(),
    )
    await fresh.close()
  })

  it('rotates so that a device follows from the key it trusts to the new one', async () => {
    const me = await signIn(backend)
    const before = await backend.deps.keyring.publicKeys()
    const old = await me.sync([cleanPlate(backend)])
    backend.now.advance(DAY_MS)
    await backend.deps.keyring.rotate()
    const after = await backend.deps.keyring.publicKeys()
    expect(after.keys).toHaveLength(2 * KEY_PURPOSES.length)
    const trusted = await trustedKeys(before, after)
    expect(kids(trusted)).toEqual(kids(after))
    const page = await me.sync()
    expect(await readHead(page.head, trusted)).toMatchObject({ seq: 1 })
    expect(await readHead(page.head, before)).toBeUndefined()
    expect(await readHead(old.head, trusted)).toMatchObject({ seq: 1 })
  })

  it('rotates one purpose alone', async () => {
    backend.now.advance(1)
    const { keyring } = backend.deps
    const signers = () => Promise.all(KEY_PURPOSES.map((each) => keyring.signingKey(each)))
    const before = await signers()
    const [made] = await keyring.rotate('vouchers')
    expect((await signers()).map(({ kid }, i) => kid === before[i]?.kid)).toEqual([true, false, true, true])
    expect(made?.purpose).toBe('vouchers')
  })

  it('renews a key a year before it ends, and not sooner', async () => {
    const { keyring } = backend.deps
    const count = async () => (await keyring.publicKeys()).keys.length
    const before = await keyring.publicKeys()
    await keyring.renew()
    expect(await count()).toBe(before.keys.length)
    backend.now.advance(350 * DAY_MS)
    await keyring.renew()
    expect(await count()).toBe(before.keys.length)
    backend.now.advance(20 * DAY_MS)
    await keyring.renew()
    expect(await count()).toBe(before.keys.length + KEY_PURPOSES.length)
    await keyring.renew()
    expect(await count()).toBe(before.keys.length + KEY_PURPOSES.length)
    const first = { keys: before.keys.slice(0, KEY_PURPOSES.length) }
    expect(kids(await trustedKeys(first, await keyring.publicKeys()))).toEqual(
      kids(await keyring.publicKeys()),
    )
  })

  it('leads a phone on from the keys of any backup that is less than a year old', async () => {
    const server = await startBackend({ samples: false })
    const { now } = server
    await server.deps.keyring.publicKeys()
    let phone: KeySet = { keys: [] }
    for (let months = 0; months < 30; months += 3) {
      await server.deps.keyring.renew()
      phone = await trustedKeys(phone, await server.deps.keyring.publicKeys())
      const [backup, at] = [await server.snapshot(), now()]
      now.advance(350 * DAY_MS)
      await server.restore(backup)
      const { kid } = await server.deps.keyring.signingKey('heads')
      const offered = await server.deps.keyring.publicKeys()
      expect(kids(await trustedKeys(phone, offered)), `after ${months} months`).toContain(kid)
      await server.restore(backup)
      now.set(at + 91 * DAY_MS)
    }
    await server.close()
  })

  it('tells apps of before there were purposes of all keys in their words, by endorsements that they verify', async () => {
    const old = await backend.deps.keyring.oldKeys()
    const now = await backend.deps.keyring.publicKeys()
    expect(kids(old)).toEqual(kids(now))
    const members = ['kid', 'kty', 'crv', 'x', 'y', 'notBefore', 'notAfter', 'endorsement']
    for (const key of old.keys) expect(members).toEqual(expect.arrayContaining(Object.keys(key)))
  })

  it('cannot be used without the secret', async () => {
    const { db, now, randomBytes } = backend.deps
    const other = openKeyring({ db, secret: secretOf('another secret altogether'), now, randomBytes })
    await expect(other.signingKey('heads')).rejects.toThrow()
  })

  it('revokes a key after it made the next one, and says so under a signature', async () => {
    const { keyring } = backend.deps
    const held = await keyring.publicKeys()
    const { kid } = await keyring.signingKey('heads')
    backend.now.advance(MINUTE_MS)
    expect(await keyring.revoke(kid, 'a drill')).toBe(true)
    const next = await keyring.signingKey('heads')
    expect(next.kid).not.toBe(kid)
    const list = await listed()
    expect(list?.revoked.map((each) => each.kid)).toEqual([kid])
    // A phone that only knew the revoked one goes on to its successor.
    const knows = { keys: held.keys.filter((each) => each.kid === kid), revoked: list?.revoked ?? [] }
    expect(kids(await trustedKeys(knows, await keyring.publicKeys()))).toEqual([kid, next.kid].sort())
    expect(await keyring.revoke(kid, 'again')).toBe(false)
    expect(await keyring.revoke('no-such-key', '')).toBe(false)
  })

  it('signs with none of the keys that were revoked one after the other in the same moment', async () => {
    const { keyring } = backend.deps
    const revoked: string[] = []
    for (let i = 0; i < 6; i++) {
      const { kid } = await keyring.signingKey('documents')
      expect(revoked).not.toContain(kid)
      await keyring.revoke(kid, 'nobody knows which')
      revoked.push(kid)
    }
    const { kid } = await keyring.signingKey('documents')
    expect(revoked).not.toContain(kid)
    expect((await listed())?.revoked.map((each) => each.kid)).toEqual(expect.arrayContaining(revoked))
  })

  it('takes vouchers of a key that was revoked later, and none that it signs from then on', async () => {
    const me = await richClient(backend)
    const shop = await joinTill(backend)
    const voucher = await buy(backend, me, await newOffer(backend))
    const { keyring } = backend.deps
    const stolen = await keyring.signingKey('vouchers')
    await keyring.revoke(stolen.kid, 'stolen')
    backend.now.advance(HOUR_MS)
    const claims = await readVoucher(voucher.token, await keyring.publicKeys())
    if (claims?.token !== 2) throw new Error('an honest voucher is lost')
    const { token: _, ...honest } = claims
    const forged = accept(backend, await signVoucher({ ...honest, iat: backend.now() }, stolen))
    const real = accept(backend, voucher.token)
    const { receipts } = await shop.sync([forged, real])
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted'])
    expect(reasonsOf(await recordsOf(shop), forged.id)).toEqual(['voucher_forged'])
  })

  it('counts lists on, also after a backup was restored that has forgotten the last ones', async () => {
    const { keyring } = backend.deps
    const backup = await backend.snapshot()
    const before = (await listed())?.epoch ?? 0
    await keyring.revoke((await keyring.signingKey('documents')).kid, 'lost with the backup')
    const lost = (await listed())?.epoch ?? 0
    expect(lost).toBeGreaterThan(before)
    backend.now.advance(DAY_MS)
    await backend.restore(backup)
    const again = openKeyring(backend.deps)
    await again.revoke((await again.signingKey('vouchers')).kid, 'after it')
    const list = await readRevocations(await again.revocations(), await again.publicKeys())
    expect(list?.epoch).toBeGreaterThan(lost)
  })

  it('takes over keys that phones hold and it has lost, as far as its own lead there', async () => {
    const backup = await backend.snapshot()
    backend.now.advance(DAY_MS)
    const before = openKeyring(backend.deps)
    await before.rotate('vouchers')
    backend.now.advance(1)
    await before.rotate('vouchers')
    const held = await before.publicKeys()
    await backend.restore(backup)
    const keyring = openKeyring(backend.deps)
    const stranger = await startBackend({ seed: 77, samples: false, now: backend.now })
    const foreign = await stranger.deps.keyring.publicKeys()
    expect(await keyring.adopt(foreign)).toEqual([])
    expect(await keyring.adopt({ keys: [...foreign.keys, ...held.keys] })).toHaveLength(2)
    expect(kids(await keyring.publicKeys())).toEqual(kids(held))
    // What it only knows by its public half it does not sign with.
    expect(await keyring.signingKey('vouchers')).toHaveProperty('privateKey')
    await stranger.close()
  })
})

describe('secret', () => {
  const randomBytes = (count: number) => new Uint8Array(count).fill(7)

  it('names phones and codes the same each time, differently by secret', () => {
    const [one, two] = [secretOf('one secret for tests'), secretOf('two secret for tests')]
    expect(one.phoneKey('13812345678')).toBe(one.phoneKey('13812345678'))
    expect(one.phoneKey('13812345678')).not.toBe(two.phoneKey('13812345678'))
    expect(one.codeDigest('13812345678', '123456')).not.toBe(one.codeDigest('13812345679', '123456'))
    expect(isUuid(one.phoneKey('13812345678'))).toBe(true)
    expect(isUuid(keyOf('offer', 'coffee'))).toBe(true)
  })

  it('wraps for one label only', async () => {
    const secret = secretOf('one secret for tests')
    const wrapped = await secret.wrap(new Uint8Array([1, 2, 3]), 'a', randomBytes(12))
    expect([...(await secret.unwrap(wrapped, 'a'))]).toEqual([1, 2, 3])
    await expect(secret.unwrap(wrapped, 'b')).rejects.toThrow()
  })
})
