/** Keys: wrapped in the database, renewed before they end, each new one endorsed, old ones kept to verify. */
import '../support/patience.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyring } from '../../mock-api/keyring.ts'
import { keyOf, secretOf } from '../../mock-api/secret.ts'
import { isUuid } from '../../src/domain/ids.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { readHead } from '../../src/proof/head.ts'
import { trustedKeys } from '../../src/proof/keys.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'

describe('keyring', () => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend()
  })
  afterAll(() => backend.close())

  it('rotates so that a device follows from the key it trusts to the new one', async () => {
    const me = await signIn(backend)
    const before = await backend.deps.keyring.publicKeys()
    const old = await me.sync([cleanPlate(backend)])
    backend.now.advance(DAY_MS)
    await backend.deps.keyring.rotate()
    const after = await backend.deps.keyring.publicKeys()
    expect(after.keys).toHaveLength(2)
    const trusted = await trustedKeys(before, after)
    expect(trusted.keys).toHaveLength(2)
    const page = await me.sync()
    expect(await readHead(page.head, trusted)).toMatchObject({ seq: 1 })
    expect(await readHead(page.head, before)).toBeUndefined()
    expect(await readHead(old.head, trusted)).toMatchObject({ seq: 1 })
  })

  it('renews a key a month before it ends, and not sooner', async () => {
    const { keyring } = backend.deps
    const count = async () => (await keyring.publicKeys()).keys.length
    const before = await count()
    await keyring.renew()
    expect(await count()).toBe(before)
    backend.now.advance(2 * 366 * DAY_MS - 20 * DAY_MS)
    await keyring.renew()
    expect(await count()).toBe(before + 1)
    await keyring.renew()
    expect(await count()).toBe(before + 1)
    expect(
      (await trustedKeys({ keys: (await keyring.publicKeys()).keys.slice(0, 1) }, await keyring.publicKeys()))
        .keys,
    ).toHaveLength(before + 1)
  })

  it('cannot be used without the secret', async () => {
    const { db, now, randomBytes } = backend.deps
    const other = openKeyring({ db, secret: secretOf('another secret altogether'), now, randomBytes })
    await expect(other.signingKey()).rejects.toThrow()
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
