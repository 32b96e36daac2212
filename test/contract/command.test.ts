/** A command is read as it was meant, or not at all: whatever a network brings is an answer, never a throw. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommands } from '../../mock-api/book/read-commands.ts'
import { parseCommand } from '../../src/contract/command.ts'
import { COMMAND_BYTES_MAX } from '../../src/contract/limits.ts'
import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { NOTE_MAX } from '../../src/domain/evidence/activity.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { claim, command } from '../support/builders.ts'
import { anyCommand, commandOf, KINDS, odd, wrong } from './arbitraries.ts'

type Path = readonly (string | number)[]

/** Every place in the command, its members' members included. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...at, key]))]
}

/** The text of the command with something else at that place; `undefined` takes the member away. */
function textWith(asked: Command, path: Path, value: unknown): string {
  if (path.length === 0) return JSON.stringify(value) ?? ''
  const copy = structuredClone(asked) as unknown as Record<string, unknown>
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy)
  const key = path.at(-1) as string
  if (value === undefined) delete parent[key]
  else parent[key] = value
  return JSON.stringify(copy)
}

const anyPlace = fc.tuple(anyCommand, fc.nat()).map(([asked, n]) => {
  const paths = pathsIn(asked)
  return { asked, path: paths[n % paths.length] as Path }
})

describe('what is printed is read back', () => {
  it.each(KINDS)('%s, whatever it holds', (kind) => {
    fc.assert(
      fc.property(commandOf(kind), (asked) => {
        const text = canonicalJson(asked)
        const read = parseCommand(text)
        expect(read).toEqual(asked)
        expect(canonicalJson(read)).toBe(text)
      }),
    )
  })

  it('by the backend too, under one digest, as long as it is short enough', async () => {
    await fc.assert(
      fc.asyncProperty(anyCommand, async (asked) => {
        const text = canonicalJson(asked)
        const [read] = await readCommands([text])
        if (Buffer.byteLength(text) > COMMAND_BYTES_MAX) expect(read).toEqual({ id: asked.id })
        else expect(read).toMatchObject({ text, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
      }),
    )
  })
})

describe('what a device does not make is not read', () => {
  it('something else in any place: it is not read, or read as exactly what it says', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, wrong, async ({ asked, path }, value) => {
        const text = textWith(asked, path, value)
        const read = parseCommand(text)
        if (read !== undefined) expect(read).toEqual(JSON.parse(text))
        expect(await readCommands([text])).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('a number written as a string, in any place', () => {
    fc.assert(
      fc.property(anyPlace, ({ asked, path }) => {
        const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], asked)
        fc.pre(typeof value === 'number')
        expect(parseCommand(textWith(asked, path, String(value)))).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it('one member more, in any of its objects, whatever the member is called', () => {
    fc.assert(
      fc.property(anyPlace, odd, ({ asked, path }, name) => {
        const at = path.reduce<unknown>((each, key) => (each as Record<string, unknown>)[key], asked)
        fc.pre(typeof at === 'object' && !Array.isArray(at))
        // As text: an assignment to __proto__ would be no member.
        const inside = JSON.stringify(at)
        const extra = inside.replace('{', `{${JSON.stringify(name)}:{"isAdmin":true},`)
        expect(parseCommand(JSON.stringify(asked).replace(inside, () => extra))).toBeUndefined()
        expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['nothing', ''],
    ['half a command', '{"id":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number beyond numbers', '1e999'],
    ['NaN', 'NaN'],
    ['a string', '"activity.record"'],
    ['a lone surrogate', '"\ud800"'],
    ['a byte order mark', `\ufeff${canonicalJson(command('activity.record', claim()))}`],
    ['lists a million deep', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['objects a million deep', `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`],
    ['a prototype alone', '{"__proto__":{"kind":"activity.record"}}'],
    ['the kind of every object', '{"kind":"__proto__"}'],
    ['a kind that is no text', '{"kind":["activity.record"]}'],
    ['ten million letters', `"${'绿'.repeat(10_000_000)}"`],
  ])('%s', async (_what, text) => {
    expect(parseCommand(text)).toBeUndefined()
    const [read] = await readCommands([text])
    expect(read).not.toHaveProperty('command')
    expect((read as { id: string }).id.length).toBeLessThanOrEqual(64)
  })

  it('numbers that only some machines read the same', () => {
    const text = canonicalJson(command('activity.record', claim({ quantity: { value: 7, unit: 'metre' } })))
    for (const value of ['7.5', '-7', '9007199254740993', '1e400', '1000000001', 'null', '"7"', '07'])
      expect(parseCommand(text.replace('"value":7', `"value":${value}`)), value).toBeUndefined()
    for (const value of ['7.0', '70e-1', '-0']) {
      const other = text.replace('"value":7', `"value":${value}`)
      expect(canonicalJson(parseCommand(other)), value).not.toBe(other)
    }
  })

  it('one letter more than a note may have', () => {
    const noted = (note: string) => parseCommand(canonicalJson(command('activity.record', claim({ note }))))
    expect(noted('长'.repeat(NOTE_MAX))).toBeDefined()
    expect(noted('长'.repeat(NOTE_MAX + 1))).toBeUndefined()
  })

  it('words to a person of which nobody sees anything', () => {
    const id = '0190f1a2-7c3d-4e5f-8a9b-0c1d2e3f4a5b'
    for (const nothing of ['\u200b', ' \u200d\u2060', '\u2066\u2069\n', '\u3164'])
      for (const text of [nothing, `${nothing}好`]) {
        const said = [
          command('feedback.send', { city: 'zibo', topic: 'idea', text }),
          command('case.nominate', { city: 'zibo', title: '好', text }),
          command('case.nominate', { city: 'zibo', title: text, text: '好' }),
          command('voucher.dispute', { voucherId: id as VoucherId, note: text }),
          command('activity.appeal', { activityId: id as ActivityId, note: text }),
        ]
        for (const each of said)
          expect(parseCommand(canonicalJson(each)) !== undefined, JSON.stringify(each)).toBe(text !== nothing)
      }
  })

  it('evidence that only a provider’s signature can give', () => {
    const evidence = { trust: 'provider', provider: 'metro', reference: '1' } as const
    expect(parseCommand(canonicalJson(command('activity.record', claim({ evidence }))))).toBeUndefined()
  })
})
