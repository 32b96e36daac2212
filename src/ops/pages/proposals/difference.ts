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

/** Ends of members that are moments, in ms. */
const MOMENT = /(?:At|By)$/
const MS_DIGITS = /^\d{13}$/

/** Whoever approves reads a day and an hour, not a number; what is signed stays the number. */
export function momentIn({ member }: Pick<Change, 'member'>, text: string | undefined): number | undefined {
  return text !== undefined && MOMENT.test(member) && MS_DIGITS.test(text) ? Number(text) : undefined
}

function membersOf(value: unknown, path = ''): [string, string][] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([name, each]) =>
    membersOf(each, path === '' ? name : `${path}.${name}`),
  )
}
