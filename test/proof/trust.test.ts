/** Which keys a device follows to: endorsed by one in force, of the same purpose, that is not revoked; and how a first set learns its purposes. */
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { readHead, signHead } from '../../src/proof/head.ts'
import { KEY_PURPOSES, type KeySet, type PublicKey } from '../../src/proof/keys.ts'
import { newerOf } from '../../src/proof/revocations.ts'
import { KEY_LIFE_MS, thumbprint, trustedKeys } from '../../src/proof/trust.ts'
import { endorsedBy, LIFE, makeTestKey, oldWords, signFreely } from '../support/keys.ts'

const kids = ({ keys }: KeySet) => keys.map(({ kid }) => kid).sort()
const heads = { purpose: 'heads' } as const
const next = { ...heads, notBefore: LIFE.notBefore + 1000 }

describe('a key', () => {
  it('is trusted when a trusted one endorsed it, over several rotations, in whatever order they come', async () => {
    const a = await makeTestKey('a', heads)
    const b = await makeTestKey('b', next, a)
    const c = await makeTestKey('c', next, b)
    const stranger = await makeTestKey('stranger', next)
    expect(kids(await trustedKeys({ keys: [a.key] }, { keys: [c.key, stranger.key, b.key] }))).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('cannot take the name of a trusted one', async () => {
    const a = await makeTestKey('a', heads)
    const other = await makeTestKey('a', heads)
    expect((await trustedKeys({ keys: [a.key] }, { keys: [other.key] })).keys).toEqual([a.key])
  })

  it('is not endorsed by one of another purpose', async () => {
    for (const purpose of KEY_PURPOSES) {
      const endorser = await makeTestKey('a', { purpose })
      const offered = { keys: [(await makeTestKey('b', next, endorser)).key] }
      expect(kids(await trustedKeys({ keys: [endorser.key] }, offered)).length, purpose).toBe(
        purpose === 'heads' ? 2 : 1,
      )
    }
  })

  it('is not endorsed by one that had ended, or was not yet valid, when its life began', async () => {
    const a = await makeTestKey('a', heads)
    const begin = async (notBefore: number) =>
      kids(
        await trustedKeys(
          { keys: [a.key] },
          { keys: [(await makeTestKey('b', { ...heads, notBefore }, a)).key] },
        ),
      )
    expect(await begin(LIFE.notAfter)).toEqual(['a'])
    expect(await begin(LIFE.notBefore - 1)).toEqual(['a'])
    expect(await begin(LIFE.notAfter - 1)).toEqual(['a', 'b'])
    expect(await begin(LIFE.notBefore)).toEqual(['a', 'b'])
  })

  it('may last as long as ours do, and no longer: an ended one cannot be made to live on for ever', async () => {
    const a = await makeTestKey('a', heads)
    const lasting = async (ms: number) => {
      const given = { ...next, notAfter: next.notBefore + ms }
      return kids(await trustedKeys({ keys: [a.key] }, { keys: [(await makeTestKey('b', given, a)).key] }))
    }
    expect(await lasting(KEY_LIFE_MS)).toEqual(['a', 'b'])
    expect(await lasting(KEY_LIFE_MS + DAY_MS)).toEqual(['a'])
  })

  it('is endorsed with all that it says: not a member can be changed', async () => {
    const a = await makeTestKey('a', heads)
    const { key } = await makeTestKey('b', next, a)
    const { x, y } = (await makeTestKey('c')).key
    const changes: Partial<PublicKey>[] = [
      { purpose: 'documents' },
      { notAfter: key.notAfter + 1 },
      { notBefore: key.notBefore - 1 },
      { kid: 'c' },
      { x, y },
    ]
    for (const change of changes) {
      const offered = { keys: [{ ...key, ...change }] }
      expect(kids(await trustedKeys({ keys: [a.key] }, offered)), JSON.stringify(change)).toEqual(['a'])
    }
    const { purpose: _, alg: __, ...bare } = key
    expect(kids(await trustedKeys({ keys: [a.key] }, { keys: [bare] }))).toEqual(['a'])
  })
})

describe('a purpose that came later', () => {
  it('is begun by a key of the documents, by no other, and only as long as it has no key of its own', async () => {
    const documents = await makeTestKey('d', { purpose: 'documents' })
    const a = await makeTestKey('a', heads)
    const held = { keys: [documents.key, a.key] }
    const given = { purpose: 'certificates' as const }
    const first = await makeTestKey('c', given, documents)
    const byHeads = await makeTestKey('h', given, a)
    const begun = await trustedKeys(held, { keys: [byHeads.key, first.key] })
    expect(kids(begun)).toEqual(['a', 'c', 'd'])
    const second = await makeTestKey('e', given, documents)
    expect(kids(await trustedKeys(begun, { keys: [second.key] }))).toEqual(['a', 'c', 'd'])
    const next = await makeTestKey('f', given, first)
    expect(kids(await trustedKeys(begun, { keys: [next.key] }))).toEqual(['a', 'c', 'd', 'f'])
  })
})

describe('a revoked key', () => {
  it('endorses only what it had endorsed before, by thumbprint, whatever date its thief writes', async () => {
    const a = await makeTestKey('a', heads)
    const b = await makeTestKey('b', next, a)
    const forged = await makeTestKey('b', next, a)
    const revoked = [{ kid: 'a', at: 5000, keeps: [await thumbprint(b.key)] }]
    expect(kids(await trustedKeys({ keys: [a.key], revoked }, { keys: [b.key] }))).toEqual(['a', 'b'])
    expect(kids(await trustedKeys({ keys: [a.key], revoked }, { keys: [forged.key] }))).toEqual(['a'])
  })

  it('signs no head that comes now; one that was there before stays evidence', async () => {
    const a = await makeTestKey('a', heads)
    const at = LIFE.notBefore + 1000
    const jws = await signHead({ account: 'x', seq: 1, hash: 'h', available: 0, held: 0, at }, a.signing)
    const keys = { keys: [a.key], revoked: [{ kid: 'a', at: 5000, keeps: [] }] }
    expect(await readHead(jws, keys, { isNew: true })).toBeUndefined()
    expect(await readHead(jws, keys)).toMatchObject({ seq: 1 })
  })
})

describe('lists of revoked keys', () => {
  const list = (epoch: number, ...revoked: string[]) => ({
    epoch,
    revoked: revoked.map((kid) => ({ kid, at: epoch, keeps: [] })),
  })

  it('go on to a higher epoch only', () => {
    expect(newerOf(list(5, 'a'), list(4, 'a', 'b'))).toEqual(list(5, 'a'))
    expect(newerOf(list(5, 'a'), list(5))).toEqual(list(5, 'a'))
    expect(newerOf(undefined, list(1, 'a'))).toEqual(list(1, 'a'))
    expect(newerOf(list(5), list(6, 'a'))).toEqual(list(6, 'a'))
  })

  it('never take back what was revoked, also when a restored backend has forgotten it', () => {
    const { epoch, revoked } = newerOf(list(5, 'a'), list(6, 'b'))
    expect(epoch).toBe(6)
    expect(revoked.map(({ kid }) => kid)).toEqual(['b', 'a'])
  })
})

describe('keys from before there were purposes', () => {
  it('lead to each other as they did, and to the first key of each purpose', async () => {
    const a = await makeTestKey('a')
    const b = await makeTestKey('b', { notBefore: next.notBefore }, a)
    const firsts = await Promise.all(
      KEY_PURPOSES.map((purpose) => makeTestKey(purpose, { purpose, notBefore: next.notBefore }, b)),
    )
    const offered = { keys: [...firsts, b].map(({ key }) => key) }
    expect(kids(await trustedKeys({ keys: [a.key] }, offered))).toEqual(['a', 'b', ...KEY_PURPOSES].sort())
  })

  it('are followed by no more of their sort: neither from a key with a purpose, nor in what apps of before are told', async () => {
    const a = await makeTestKey('a')
    const b = await makeTestKey('b', next, a)
    const { key } = await makeTestKey('c', { notBefore: next.notBefore })
    const byNamed = { ...key, endorsement: await signFreely(oldWords(key), b.signing) }
    expect(kids(await trustedKeys({ keys: [a.key, b.key] }, { keys: [byNamed] }))).toEqual(['a', 'b'])
    // The same key, shown without its purpose, would sign everything.
    const typ = 'greentrace-key-v1+jws'
    const { purpose: _, alg: __, ...bare } = b.key
    const told = { ...bare, endorsement: await signFreely(oldWords(bare), a.signing, { typ }) }
    expect(kids(await trustedKeys({ keys: [a.key] }, { keys: [told] }))).toEqual(['a'])
  })

  it('learn their purpose once they are endorsed with one, and nobody can name another', async () => {
    const a = await makeTestKey('a')
    const b = await makeTestKey('b', next, a)
    const first = await makeTestKey('first', next)
    const { purpose: _, alg: __, endorsement: ___, ...bare } = b.key
    const { purpose: ____, alg: _____, endorsement: ______, ...bareFirst } = first.key
    const held = { keys: [a.key, bare, bareFirst] }
    const thief = await makeTestKey('thief', { purpose: 'documents' })
    const renamed = await endorsedBy({ ...b.key, purpose: 'documents' }, thief)
    expect((await trustedKeys(held, { keys: [renamed] })).keys).toEqual(held.keys)
    expect((await trustedKeys(held, { keys: [b.key, first.key] })).keys).toEqual([a.key, b.key, first.key])
  })
})
