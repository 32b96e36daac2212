import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/proof/canonical.ts'
import {
  type ChainLink,
  chainHash,
  commitment,
  findChainFault,
  GENESIS_HASH,
  START,
} from '../../src/proof/chain.ts'

async function chainOf(bodies: readonly string[]): Promise<ChainLink[]> {
  const links: ChainLink[] = []
  let hash = GENESIS_HASH
  for (const [i, text] of bodies.entries()) {
    const detail = JSON.stringify({ text })
    const salt = (i + 1).toString(16).padStart(32, '0')
    const body = canonicalJson({ seq: i + 1, detail: await commitment(salt, detail) })
    hash = await chainHash(hash, body)
    links.push({ seq: i + 1, body, hash, detail, salt })
  }
  return links
}

describe('canonical JSON', () => {
  it('sorts members by code unit and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: '绿', B: [true, undefined as never].slice(0, 1), c: undefined })).toBe(
      '{"B":[true],"a":"绿","b":1}',
    )
  })

  it('gives the same text whatever the order of members, and parses back to the same data', () => {
    const data = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value
    fc.assert(
      fc.property(fc.dictionary(fc.string(), data), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it.each([[1.5], [null], [Number.NaN], [2 ** 60], [() => 1], [1n]])(
    'refuses %s, on which two implementations could differ',
    (value) => {
      expect(() => canonicalJson({ value })).toThrow(TypeError)
    },
  )
})

describe('the chain', () => {
  it('holds for an untouched journal, from the start and from the middle', async () => {
    const links = await chainOf(['a', 'b', 'c', 'd'])
    expect(await findChainFault(START, links)).toBeUndefined()
    expect(await findChainFault(links[1] as ChainLink, links.slice(2))).toBeUndefined()
  })

  it('shows a changed body, a changed detail, a missing record and a swapped one', async () => {
    const links = await chainOf(['a', 'b', 'c', 'd'])
    const [a, b, c, d] = links as [ChainLink, ChainLink, ChainLink, ChainLink]
    expect(await findChainFault(START, [a, { ...b, body: b.body.replace('2', '3') }, c, d])).toEqual({
      seq: 2,
      what: 'hash',
    })
    expect(await findChainFault(START, [a, { ...b, detail: '{"text":"x"}' }, c, d])).toEqual({
      seq: 2,
      what: 'detail',
    })
    expect(await findChainFault(START, [a, c, d])).toEqual({ seq: 3, what: 'gap' })
    expect(await findChainFault(START, [a, { ...c, seq: 2 }, { ...b, seq: 3 }, d])).toMatchObject({
      seq: 2,
      what: 'hash',
    })
  })

  it('still holds when personal detail was deleted', async () => {
    const links = (await chainOf(['a', 'b'])).map(({ seq, body, hash }) => ({ seq, body, hash }))
    expect(await findChainFault(START, links)).toBeUndefined()
  })
})
