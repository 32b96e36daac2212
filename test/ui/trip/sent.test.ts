/** What is shown before a trip leaves is what leaves: every member of the claim, held against the wire, and none that says where. */
import { expect, test } from 'vitest'
import { commandSchema, parseCommand } from '../../../src/contract/command.ts'
import { measure } from '../../../src/domain/evidence/track-metrics.ts'
import { SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import { tripText } from '../../../src/text/log/trip.ts'
import { legClaim, sentMembers } from '../../../src/views/trip/leg-claim.ts'
import { command, NOON } from '../../support/builders.ts'
import { straightRide } from '../../support/straight-ride.ts'

const measured = measure([{ points: straightRide({ at: NOON, metres: 3000, seconds: 600 }), after: 'pause' }])
const track = {
  fileName: '',
  digest: 'a'.repeat(64),
  file: 'f'.repeat(64),
  measured,
  isLocalTime: false,
  leftOut: {},
}
const made = legClaim(track, 'bike', { pack: SD_DEMO_V3, home: 'weifang' })
const shown = made ? sentMembers(made.claim).map(({ path }) => path) : []

interface Shape {
  readonly entries?: Readonly<Record<string, Shape>>
  readonly options?: readonly Shape[]
  readonly wrapped?: Shape
  readonly literal?: unknown
}

/** Of a claim with a live track. */
function membersOf(shape: Shape, path: string): string[] {
  if (shape.wrapped) return membersOf(shape.wrapped, path)
  const live = shape.options?.find(({ entries }) => entries?.trust?.literal === 'gps')
  if (live) return membersOf(live, path)
  if (!shape.entries) return [path]
  return Object.entries(shape.entries).flatMap(([name, each]) =>
    membersOf(each, path ? `${path}.${name}` : name),
  )
}

const record = (commandSchema.options as unknown as Shape[]).find(
  ({ entries }) => entries?.kind?.literal === 'activity.record',
)
/** Members that a trip never fills in. */
const BY_HAND = ['stops', 'note']

test('every member that the wire has for a live track has its words in both languages', () => {
  const members = membersOf(record?.entries?.body ?? {}, '').filter((path) => !BY_HAND.includes(path))
  expect(members.length).toBeGreaterThan(10)
  for (const names of [tripText['zh-CN'].sentMembers, tripText.en.sentMembers])
    expect(members.filter((path) => !(path in names))).toEqual([])
  const envelope = Object.keys(record?.entries ?? {}).filter((name) => name !== 'body')
  expect(Object.keys(tripText.en.sentMembers).sort()).toEqual([...members, ...envelope].sort())
})

test('the list is the claim, member by member, and the wire takes it', () => {
  expect(made?.claim).toBeDefined()
  if (!made) return
  const sent = command('activity.record', made.claim)
  expect(parseCommand(JSON.stringify(sent))).toEqual(sent)
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
  expect(sentMembers(made.claim).map(({ value }) => value)).toEqual(leaves(made.claim))
  expect(made.claim.evidence.trust).toBe('gps')
})

test('no place and no turn is among it', () => {
  expect(shown.join(' ')).not.toMatch(/lat|lon|place|point\b|bearing|route|turn/i)
  expect(JSON.stringify(made?.claim)).not.toMatch(/36\.8|118\.0/)
})
