/** A record at the border: each that was ever posted is read, whole; one that is none is not, whatever is wrong with it. */
import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBody, readDetail } from '../../src/contract/record.ts'
import { odd } from './arbitraries.ts'

interface Texts {
  readonly body: string
  readonly detail?: string
}

/** Every record in a file, wherever it stands in it. */
function recordsIn(data: unknown): Texts[] {
  if (typeof data !== 'object' || data === null) return []
  const { body, hash, detail } = data as Record<string, unknown>
  if (typeof body === 'string' && typeof hash === 'string')
    return [{ body, ...(typeof detail === 'string' ? { detail } : {}) }]
  return Object.values(data).flatMap(recordsIn)
}

const files = globSync('test/golden/{wire,db,backend}/*.json').map((path) => path.replaceAll('\\', '/'))
const stored = files.flatMap((path) =>
  recordsIn(JSON.parse(readFileSync(path, 'utf8'))).map((texts) => ({ path, ...texts })),
)
const bodies = stored.map(({ body }) => body)
const details = stored.flatMap(({ detail }) => (detail === undefined ? [] : [detail]))

describe('a record that was posted', () => {
  it('is read, of every version of wire, phone and backend, and nothing of it is lost', () => {
    expect(new Set(stored.map(({ path }) => path.split('/')[2]))).toEqual(new Set(['wire', 'db', 'backend']))
    expect(new Set(bodies.map((text) => JSON.parse(text).kind)).size).toBeGreaterThan(11)
    for (const text of bodies) expect(readBody(text), text).toEqual(JSON.parse(text))
    for (const text of details) expect(readDetail(text), text).toEqual(JSON.parse(text))
  })

  it('by a later version keeps what only that one knows', () => {
    const later = { ...JSON.parse(bodies[0] as string), kind: 'credits.retire', later: { a: [1] } }
    expect(readBody(JSON.stringify(later))).toEqual(later)
    expect(readDetail('{"later":[{}],"reasons":[{"code":"of_later","limit":3}]}')).toBeDefined()
  })
})

describe('what is no record', () => {
  const members = ['v', 'account', 'seq', 'at', 'kind', 'id', 'outcome', 'transfers']

  it.each(members)('is not read without its %s, nor with something odd in its place', (member) => {
    for (const text of bodies.slice(0, 40)) {
      const { [member]: _, ...rest } = JSON.parse(text)
      expect(readBody(JSON.stringify(rest))).toBeUndefined()
      for (const value of [null, {}, '', 1.5, [null]])
        expect(readBody(JSON.stringify({ ...rest, [member]: value })), `${member}: ${value}`).toBeUndefined()
    }
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), odd.map(String)), (text) => {
        expect([readBody(text), readDetail(text)]).toBeDefined()
      }),
    )
  })
})
