/** The privacy page's list against the wire: every member that a phone can send has a line, and every line speaks of something that is sent. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoActSchema, demoLinkSchema } from '../../mock-api/routes/demo-providers.ts'
import { commandSchema } from '../../src/contract/command.ts'
import { helperCodeRequestSchema, helperJoinSchema, helperLogSchema } from '../../src/contract/helping.ts'
import { linkCodeRequestSchema } from '../../src/contract/links.ts'
import { codeRequestSchema, moveRequestSchema, signInRequestSchema } from '../../src/contract/session.ts'
import { syncRequestSchema } from '../../src/contract/sync.ts'
import { handedKeysSchema, tailPartSchema } from '../../src/contract/tail.ts'
import { tillCodeRequestSchema, tillJoinSchema } from '../../src/contract/till.ts'
import { whatLeaves } from '../../src/text/me/what-leaves.ts'

/** A Valibot schema, as far as it is walked. */
interface Shape {
  readonly type: string
  readonly entries?: Readonly<Record<string, Shape>>
  readonly options?: readonly (Shape | string | number)[]
  readonly items?: readonly Shape[]
  readonly item?: Shape
  readonly wrapped?: Shape
  readonly value?: unknown
  readonly literal?: unknown
}

/** The path of every member that is no object itself. */
function membersOf(shape: Shape, path: string): string[] {
  const { entries, options, items, item, wrapped } = shape
  if (wrapped) return membersOf(wrapped, path)
  if (item) return membersOf(item, path)
  if (items) return items.flatMap((each) => membersOf(each, path))
  if (entries)
    return Object.entries(entries).flatMap(([name, each]) => membersOf(each, path ? `${path}.${name}` : name))
  const shapes = (options ?? []).filter((each): each is Shape => typeof each === 'object')
  if (shapes.length > 0) return shapes.flatMap((each) => membersOf(each, path))
  return [path]
}

/** A command's own members go by its kind, those of every command by `command`. */
function commandMembers(): string[] {
  return (commandSchema.options as unknown as Shape[]).flatMap((option) => {
    const { body, ...envelope } = option.entries ?? {}
    const kind = String(option.entries?.kind?.literal)
    return [
      ...membersOf(body as Shape, kind),
      ...Object.entries(envelope).flatMap(([name, each]) => membersOf(each, `command.${name}`)),
    ]
  })
}

/** What goes outside of any schema: the photo's bytes, headers, parts of the path, the address. */
const BESIDE = [
  'photo.bytes',
  'header.cookie',
  'header.greentrace-secret',
  'path.accountId',
  'path.deviceId',
  'path.helperId',
  'path.tillId',
  'header.dpop',
  'path.city',
  'path.pictureDigest',
  'request.address',
]
/** Bodies by the name under which the API's document lists them. */
const BODIES: Readonly<Record<string, readonly string[]>> = {
  codeRequestSchema: membersOf(codeRequestSchema as unknown as Shape, 'code'),
  signInRequestSchema: membersOf(signInRequestSchema as unknown as Shape, 'signIn'),
  moveRequestSchema: membersOf(moveRequestSchema as unknown as Shape, 'move'),
  helperCodeRequestSchema: membersOf(helperCodeRequestSchema as unknown as Shape, 'helperCode'),
  helperJoinSchema: membersOf(helperJoinSchema as unknown as Shape, 'helperJoin'),
  helperLogSchema: membersOf(helperLogSchema as unknown as Shape, 'helperLog'),
  tillJoinSchema: membersOf(tillJoinSchema as unknown as Shape, 'tillJoin'),
  tillCodeRequestSchema: membersOf(tillCodeRequestSchema as unknown as Shape, 'tillCode'),
  syncRequestSchema: membersOf(syncRequestSchema as unknown as Shape, 'sync'),
  tailPartSchema: membersOf(tailPartSchema as unknown as Shape, 'tail'),
  linkCodeRequestSchema: membersOf(linkCodeRequestSchema as unknown as Shape, 'linkCode'),
  demoLinkSchema: membersOf(demoLinkSchema as unknown as Shape, 'demoLink'),
  demoActSchema: membersOf(demoActSchema as unknown as Shape, 'demoAct'),
  handedKeysSchema: membersOf(handedKeysSchema as unknown as Shape, 'keys'),
}

const sent = [...new Set([...Object.values(BODIES).flat(), ...commandMembers(), ...BESIDE])].sort()
const listed = whatLeaves.flatMap(({ items }) => items.flatMap(({ fields }) => fields))
const speaksOf = (line: string, member: string) =>
  line.endsWith('.*') ? member.startsWith(line.slice(0, -1)) : member === line

describe('what leaves the phone', () => {
  it('is found in the schemas, down to optional members and variants', () => {
    expect(sent).toContain('activity.record.evidence.digest')
    expect(sent).toContain('case.nominate.photo.digest')
    expect(sent).toContain('signIn.deviceName')
    expect(sent).toContain('sync.cursor.hash')
    expect(sent).toContain('command.at')
    expect(sent.length).toBeGreaterThan(40)
  })

  it('stands on the page, member by member', () => {
    expect(sent.filter((member) => !listed.some((line) => speaksOf(line, member)))).toEqual([])
  })

  it('is all that stands there, each once', () => {
    const idle = listed.filter((line) => !sent.some((member) => speaksOf(line, member)))
    expect(idle).toEqual([])
    expect(listed.length).toBe(new Set(listed).size)
  })

  it('a member that nobody has written a line for would be noticed', () => {
    const wider = {
      type: 'strict_object',
      entries: { ...(signInRequestSchema as unknown as Shape).entries, contacts: { type: 'string' } },
    }
    const unheard = membersOf(wider, 'signIn').filter(
      (member) => !listed.some((line) => speaksOf(line, member)),
    )
    expect(unheard).toEqual(['signIn.contacts'])
  })

  it('comes in no body that the API’s document lists and this test does not know', () => {
    const words = ['words.ts', 'helping-words.ts', 'till-words.ts']
      .map((name) => readFileSync(new URL(`../../mock-api/routes/${name}`, import.meta.url), 'utf8'))
      .join('\n')
    const routes = words.split(/\n {2}\w+: describe\(/).filter((route) => !route.includes('...ops'))
    const bodies = routes.flatMap((route) =>
      [...route.matchAll(/\bbody: (\w+)/g)].map(([, name = '']) => name),
    )
    expect([...new Set(bodies)].sort()).toEqual(Object.keys(BODIES).sort())
    expect(routes.filter((route) => route.includes('bodyMedia'))).toHaveLength(1) // the photo
  })

  it('says of each occasion in both languages why, for how long and to whom', () => {
    for (const { when, why, kept, who, items } of whatLeaves)
      for (const said of [when, why, kept, who, ...items.map(({ what }) => what)]) {
        expect(said.zh).toMatch(/\p{Script=Han}/u)
        expect(said.en).toMatch(/^[A-Z][\P{Script=Han}]*$/u)
      }
  })
})
