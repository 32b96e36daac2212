/** What a new pack of a city changes against the one in force, record by record: for whoever is about to publish it. */
import type { CityPack } from './schema.ts'

const LISTS = ['indicators', 'measures', 'events', 'districts', 'systems'] as const

/** `document`: the source itself; it has no id of its own. */
type PackPart = (typeof LISTS)[number] | 'document' | 'city'

interface MemberChange {
  readonly member: string
  /** As JSON; undefined where it was not there, or is not any more. */
  readonly before: string | undefined
  readonly after: string | undefined
}

interface PackChange {
  readonly part: PackPart
  readonly id: string
  readonly what: 'added' | 'removed' | 'changed'
  readonly members: readonly MemberChange[]
}

export function packChanges(before: CityPack, after: CityPack): PackChange[] {
  return [
    ...changeOf('city', 'city', before.city, after.city),
    ...changeOf('document', 'document', before.document, after.document),
    ...LISTS.flatMap((list) => listChanges(list, before[list] ?? [], after[list] ?? [])),
  ]
}

interface Item {
  readonly id: string
}

function listChanges(part: PackPart, before: readonly Item[], after: readonly Item[]): PackChange[] {
  const old = new Map(before.map((item) => [item.id, item]))
  const kept = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((item) => changeOf(part, item.id, old.get(item.id), item)),
    ...before.filter(({ id }) => !kept.has(id)).flatMap((item) => changeOf(part, item.id, item, undefined)),
  ]
}

function changeOf(part: PackPart, id: string, before?: object, after?: object): PackChange[] {
  const members = memberChanges(before ?? {}, after ?? {})
  if (members.length === 0) return []
  const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [{ part, id, what, members }]
}

function memberChanges(before: object, after: object): MemberChange[] {
  const old = new Map(Object.entries(before))
  const young = new Map(Object.entries(after))
  return [...new Set([...old.keys(), ...young.keys()])]
    .map((member) => ({
      member,
      before: JSON.stringify(old.get(member)) as string | undefined,
      after: JSON.stringify(young.get(member)) as string | undefined,
    }))
    .filter((change) => change.before !== change.after)
}
