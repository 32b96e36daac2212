/** The list of mutants fits the code: one whose text is no longer there is killed by nothing, and would be noticed months later. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MUTANTS } from './mutants.ts'

const root = new URL('../../', import.meta.url)

describe('the list of mutants', () => {
  it('names each text where it stands, exactly once', () => {
    const places = MUTANTS.map(({ name, file, find }) => {
      const times = readFileSync(new URL(file, root), 'utf8').split(find).length - 1
      return `${times} in ${file}: ${name}`
    })
    expect(places.filter((place) => !place.startsWith('1 in '))).toEqual([])
  })

  it('names tests that are there, and each mutant once', () => {
    for (const { name, tests } of MUTANTS) {
      const files = tests.map((test) => new URL(`test/${test}.test.ts`, root))
      expect(
        files.filter((file) => !existsSync(file)),
        name,
      ).toEqual([])
    }
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
  })
})
