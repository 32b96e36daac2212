/** What a proposal would change, member by member, as texts that can be laid side by side. */

interface Change {
  /** `offer.stock.total`. */
  readonly member: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** @param before undefined: there is nothing to compare with, and all of it is new. */
export function differenceOf(before: unknown, after: unknown): readonly Change[] {
  const was = new Map(membersOf(before))
  const is = new Map(membersOf(after))
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((member) => was.get(member) !== is.get(member))
    .map((member) => ({ member, before: was.get(member), after: is.get(member) }))
}

function membersOf(value: unknown, path = ''): [string, string][] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([name, each]) =>
    membersOf(each, path === '' ? name : `${path}.${name}`),
  )
}
