/** A draw's list has one root, each entry its way to it, and the order follows from the secret and the root alone: whatever is changed shows. */
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EntryId } from '../../src/domain/offers/draw.ts'
import { checkDraw, commitmentOf, drawOrder, type PublishedDraw, signRoot } from '../../src/proof/draw.ts'
import { inclusionPath, merkleTree, rootBy, rootOf } from '../../src/proof/merkle.ts'
import { LIFE, makeTestKey, type TestKey } from '../support/keys.ts'

const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 })

describe('the tree', () => {
  /** RFC 6962, 2.1, to the letter: split at the largest power of two below the size. */
  function rootByTheBook(leaves: readonly string[]): Buffer {
    const sha = (...parts: (Buffer | string)[]) => {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      return hash.digest()
    }
    if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] as string)
    let split = 1
    while (split * 2 < leaves.length) split *= 2
    return sha(Buffer.of(1), rootByTheBook(leaves.slice(0, split)), rootByTheBook(leaves.slice(split)))
  }

  it('has the root that RFC 6962 gives it, and each leaf leads there', async () => {
    await fc.assert(
      fc.asyncProperty(ids, async (leaves) => {
        const tree = await merkleTree(leaves)
        const root = rootOf(tree)
        expect(root).toBe(rootByTheBook(leaves).toString('hex'))
        for (const [index, leaf] of leaves.entries())
          expect(await rootBy(leaf, { index, size: leaves.length, path: inclusionPath(tree, index) })).toBe(
            root,
          )
      }),
      { numRuns: 40 },
    )
  })

  it('is left by no other leaf, from no other place, and by no shorter or longer way', async () => {
    await fc.assert(
      fc.asyncProperty(ids, fc.nat(), async (leaves, n) => {
        const index = n % leaves.length
        const size = leaves.length
        const tree = await merkleTree(leaves)
        const root = rootOf(tree)
        const path = inclusionPath(tree, index)
        expect(await rootBy('another', { index, size, path })).not.toBe(root)
        expect(await rootBy(leaves[index] as string, { index, size, path: [...path, root] })).not.toBe(root)
        if (path.length > 0)
          expect(await rootBy(leaves[index] as string, { index, size, path: path.slice(1) })).not.toBe(root)
        const elsewhere = (index + 1) % size
        if (elsewhere !== index)
          expect(await rootBy(leaves[index] as string, { index: elsewhere, size, path })).not.toBe(root)
        expect(await rootBy(leaves[index] as string, { index: size, size, path })).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })
})

describe('the order', () => {
  const secret = '07'.repeat(32)
  const draw = { offerId: 'bicycle', offerVersion: 3 }

  it('is that of HMAC-SHA-256 under SHA-256 of secret, root and draw, whatever order the ids come in', async () => {
    await fc.assert(
      fc.asyncProperty(ids, async (entries) => {
        const root = rootOf(await merkleTree([...entries].sort()))
        const seed = createHash('sha256')
          .update(Buffer.from(secret, 'hex'))
          .update(Buffer.from(root, 'hex'))
          .update('bicycle/3')
          .digest()
        const mark = (id: string) => createHmac('sha256', seed).update(id).digest('hex')
        const expected = [...entries].sort((a, b) => (mark(a) < mark(b) ? -1 : 1))
        expect(await drawOrder(entries, { draw, secret, root })).toEqual(expected)
        expect(await drawOrder(entries.toReversed(), { draw, secret, root })).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  describe('as anybody checks it', () => {
    const mine = '00000000-0000-4000-8000-000000000005' as EntryId
    const entries = Array.from({ length: 9 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`)
    let told: PublishedDraw
    let key: TestKey
    const own = async (hasWon = told.winners.includes(mine)) => ({
      commitment: await commitmentOf(secret),
      pieces: 3,
      mine: { id: mine, hasWon },
    })
    const failed = async (changed: Partial<PublishedDraw>, by?: Awaited<ReturnType<typeof own>>) => {
      const check = await checkDraw({ ...told, ...changed }, by ?? (await own()), { keys: [key.key] })
      return Object.entries(check).flatMap(([what, holds]) => (holds ? [] : [what]))
    }

    beforeAll(async () => {
      key = await makeTestKey('a', { purpose: 'documents' })
      const root = rootOf(await merkleTree(entries))
      const iat = LIFE.notBefore + 1000
      const statement = await signRoot({ ...draw, root, size: entries.length, iat }, key.signing)
      const winners = (await drawOrder(entries, { draw, secret, root })).slice(0, 3)
      told = { ...draw, entries, root, statement, secret, winners }
    })

    it('finds nothing wrong with an honest one', async () => {
      expect(await failed({})).toEqual([])
      expect((await checkDraw(told, await own(), { keys: [] })).isSigned).toBeUndefined()
    })

    it('names a withheld entry, its own or another', async () => {
      const without = entries.filter((id) => id !== mine)
      expect(await failed({ entries: without })).toEqual(
        expect.arrayContaining(['isRootOfEntries', 'isSigned', 'isMineThere']),
      )
      expect(await failed({ entries: entries.slice(1) })).toContain('isRootOfEntries')
    })

    it('names an entry counted twice', async () => {
      expect(await failed({ entries: [...entries, mine] })).toContain('isRootOfEntries')
    })

    it('names another secret than the one promised', async () => {
      const other = '08'.repeat(32)
      const winners = (await drawOrder(entries, { draw, secret: other, root: told.root })).slice(0, 3)
      expect(await failed({ secret: other, winners })).toContain('isSecretKept')
    })

    it('names another root than the one signed', async () => {
      const fewer = entries.slice(1)
      const root = rootOf(await merkleTree(fewer))
      const winners = (await drawOrder(fewer, { draw, secret, root })).slice(0, 3)
      expect(await failed({ entries: fewer, root, winners })).toContain('isSigned')
    })

    it('names winners that the order does not give, and a record that says something else', async () => {
      expect(await failed({ winners: told.winners.toReversed() })).toEqual(['isOrderKept'])
      expect(await failed({}, await own(!told.winners.includes(mine)))).toEqual(['isMineTold'])
    })
  })
})
