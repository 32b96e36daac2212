/** The backend's own way to sign a head against the one of src/proof: the very same text is signed, and every phone reads it. */
import { expect, it } from 'vitest'
import { signHead } from '../../mock-api/base/sign-head.ts'
import { readHead, signHead as signedByProof } from '../../src/proof/head.ts'
import { LIFE, makeTestKey } from '../support/keys.ts'

it('a head signed here is the head that src/proof signs, but for the chance in each signature', async () => {
  const key = await makeTestKey('k', { purpose: 'heads' })
  const at = LIFE.notBefore + 500_000
  for (const account of ['x', '绿迹 😀', 'y']) {
    const head = { account, seq: 3, hash: 'h', available: 5, held: 0, at }
    const jws = signHead(head, key.signing)
    const before = (text: string) => text.slice(0, text.lastIndexOf('.'))
    expect(before(jws)).toBe(before(await signedByProof(head, key.signing)))
    expect(await readHead(jws, { keys: [key.key] })).toEqual(head)
  }
})
