/** The secret can be changed: nobody loses a key or a name by it, and the old one opens nothing any more. */
import { describe, expect, it } from 'vitest'
import { openSecret, rewrap } from '../../mock-api/keys/kept-secret.ts'
import { openKeyring } from '../../mock-api/keys/keyring.ts'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import { startBackend } from '../support/backend.ts'

const [first, second, third] = ['the first secret', 'the second secret', 'the third secret'] as const
const phone = '13812345678'

describe('a change of KEY_SECRET', () => {
  it('keeps signing keys and phones’ names, over several changes', async () => {
    const { deps, db, close } = await startBackend({ samples: false })
    const keyringUnder = async (keySecret: string) =>
      openKeyring({ ...deps, secret: await openSecret(db, keySecret) })
    const kids = async (keySecret: string) => {
      const keyring = await keyringUnder(keySecret)
      return Promise.all(KEY_PURPOSES.map(async (each) => (await keyring.signingKey(each)).kid))
    }
    const before = await kids(first)
    const name = (await openSecret(db, first)).phoneKey(phone)
    for (const [from, to] of [
      [first, second],
      [second, third],
    ] as const) {
      await rewrap(db, { from, to, randomBytes: deps.randomBytes })
      expect(await kids(to)).toEqual(before)
      expect((await openSecret(db, to)).phoneKey(phone)).toBe(name)
      await expect(openSecret(db, from)).rejects.toThrow()
      await expect(rewrap(db, { from, to, randomBytes: deps.randomBytes })).rejects.toThrow()
    }
    expect(JSON.stringify(await db.query('select * from kept_secrets'))).not.toContain(first)
    await close()
  })

  it('leaves all as it was when it breaks off', async () => {
    const { deps, db, close } = await startBackend({ samples: false })
    const secret = await openSecret(db, first)
    await openKeyring({ ...deps, secret }).publicKeys()
    let bytesLeft = 2
    const breaking = (count: number) => {
      if (bytesLeft-- === 0) throw new Error('power cut')
      return deps.randomBytes(count)
    }
    await expect(rewrap(db, { from: first, to: second, randomBytes: breaking })).rejects.toThrow('power cut')
    const keyring = openKeyring({ ...deps, secret: await openSecret(db, first) })
    for (const purpose of KEY_PURPOSES) await keyring.signingKey(purpose)
    await close()
  })
})
