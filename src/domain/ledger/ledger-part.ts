/**
 * A ledger of which only a part is at hand: the head, and those days that somebody looked up. All that reads or changes days goes through here.
 * What nobody looked up throws: it is not empty, it is unknown, and nothing may be decided upon it.
 */

import type { Day } from '../base/time.ts'
import type { Ledger, LookedUp, PostedActivity } from './ledger-state.ts'

/** Balances, lots, open vouchers, sums: all that is small, whatever an account has done. */
export type Head = Omit<Ledger, 'days' | 'part'>
/** The acts of each day that has any. */
export type Pieces = Ledger['days']

/** Asked for what nobody looked up: a fault of ours, never of the data. */
export class NotLookedUp extends Error {
  constructor(what: string) {
    super(`not looked up: ${what}`)
    this.name = 'NotLookedUp'
  }
}

export function headOf({ days: _, part: __, ...head }: Ledger): Head {
  return head
}

/** Takes both over: the fold changes them in place. */
export function wholeOf(head: Head, pieces: Pieces): Ledger {
  return { ...head, days: pieces }
}

/** Nothing is looked up yet. Takes the head over: the fold changes it in place. */
export function partOf(head: Head): Ledger {
  return { ...head, days: {}, part: { days: new Set(), acts: new Set(), digests: new Set() } }
}

interface Found {
  readonly days: Iterable<Day>
  readonly acts: Iterable<string>
  readonly digests: Iterable<string>
  /** Of those days, and of all days that hold one of those acts or tracks. A day without acts is absent. */
  readonly pieces: Pieces
}

/** Notes what was looked up. A day that was at hand stays as it is: it may have been changed meanwhile. */
export function addFound(ledger: Ledger, found: Found): void {
  const { part } = ledger
  if (!part) return
  for (const [day, acts] of Object.entries(found.pieces)) {
    if (part.days.has(day)) continue
    part.days.add(day)
    if (!isDropped(part, day)) ledger.days[day] = acts
  }
  for (const day of found.days) part.days.add(day)
  for (const id of found.acts) part.acts.add(id)
  for (const digest of found.digests) part.digests.add(digest)
}

export function actsOn({ days, part }: Ledger, day: Day): readonly PostedActivity[] {
  if (part && !part.days.has(day)) throw new NotLookedUp(`day ${day}`)
  return days[day] ?? []
}

export function actBy({ days, part }: Ledger, id: string): PostedActivity | undefined {
  for (const acts of Object.values(days)) {
    const found = acts.find((act) => act.id === id)
    if (found) return found
  }
  if (part && !part.acts.has(id)) throw new NotLookedUp(`act ${id}`)
  return undefined
}

/** All acts among which those on that track, or on a trip of that file, are. */
export function actsAround({ days, part }: Ledger, digests: readonly string[]): PostedActivity[] {
  const missed = part && digests.find((digest) => !part.digests.has(digest))
  if (missed !== undefined) throw new NotLookedUp(`track ${missed}`)
  return Object.values(days).flat()
}

export function holdAct(ledger: Ledger, day: Day, act: PostedActivity): void {
  if (actsOn(ledger, day).length === 0) ledger.days[day] = [act]
  else ledger.days[day]?.push(act)
}

export function dropAct(ledger: Ledger, day: Day, id: string): void {
  const rest = actsOn(ledger, day).filter((act) => act.id !== id)
  if (rest.length > 0) ledger.days[day] = rest
  else delete ledger.days[day]
}

/** By a fold since it was looked up, or would have been. */
export function isDropped(part: LookedUp | undefined, day: Day): boolean {
  return part?.kept !== undefined && (day < part.kept.first || day > part.kept.last)
}

/** Drops all days outside, of a part also those that are not at hand. */
export function keepDays(ledger: Ledger, first: Day, last: Day): void {
  for (const day of Object.keys(ledger.days)) if (day < first || day > last) delete ledger.days[day]
  const { part } = ledger
  if (!part) return
  const { kept = { first, last } } = part
  part.kept = {
    first: kept.first > first ? kept.first : first,
    last: kept.last < last ? kept.last : last,
  }
}

/**
 * What to store of the days at hand, as text; undefined for a day that is gone. Days outside of `part.kept` are dropped first, those at hand
 * and all others, so that what stands there again is stored anew.
 * @param before the texts of the days as they were found
 */
export function changedDays(
  { days, part }: Ledger,
  before: ReadonlyMap<Day, string>,
): ReadonlyMap<Day, string | undefined> {
  const changed = new Map<Day, string | undefined>()
  for (const day of new Set([...before.keys(), ...Object.keys(days)])) {
    const text = days[day] && JSON.stringify(days[day])
    if (text !== (isDropped(part, day) ? undefined : before.get(day))) changed.set(day, text)
  }
  return changed
}
