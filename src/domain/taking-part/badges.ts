/**
 * Badges: a table of what is measured and of the marks on it. They are read from the confirmed acts each time, kept nowhere: what was taken
 * back or rejected does not count, so that a badge may go again. They give no points and cannot be bought. Pure.
 */
import type { Day } from '../base/time.ts'
import { type ActDay, type ActPart, sumOf } from './act-days.ts'
import { BIKE } from './bests.ts'

export const LADDER_IDS = [
  'acts',
  'grams',
  'days',
  'kinds',
  'bike',
  'borne',
  'car-free',
  'second-hand',
] as const
export type LadderId = (typeof LADDER_IDS)[number]

interface Ladder {
  /** What is added to it by a day, in its own unit: acts, grams, days, kinds, metres. */
  readonly measure: (day: ActDay, seen: Seen) => number
  /** Rising. */
  readonly marks: readonly number[]
}

/** What the days before have shown. */
interface Seen {
  readonly codes: ReadonlySet<string>
}

const acts = (isOf: (part: ActPart) => boolean) => (day: ActDay) => sumOf([day], isOf).acts

const LADDERS: Readonly<Record<LadderId, Ladder>> = {
  acts: { measure: acts(() => true), marks: [1, 10, 50, 100, 500, 1000] },
  grams: { measure: (day) => sumOf([day]).grams, marks: [1_000, 10_000, 50_000, 100_000, 500_000] },
  // In all, not in a row: a day off takes nothing away.
  days: { measure: (day) => (sumOf([day]).acts > 0 ? 1 : 0), marks: [7, 30, 100, 365] },
  kinds: { measure: (day, { codes }) => newCodes(day, codes).length, marks: [3, 6, 10] },
  bike: {
    measure: (day) => sumOf([day], ({ code }) => code === BIKE).metres,
    marks: [10_000, 100_000, 500_000, 1_000_000],
  },
  // With a track, or told by the service itself: more than one's own word.
  borne: { measure: acts(({ trust }) => trust !== 'manual'), marks: [1, 10, 100] },
  'car-free': { measure: acts(({ code }) => code === 'car-free-day'), marks: [1, 10, 50] },
  'second-hand': { measure: acts(({ code }) => code === 'second-hand-phone'), marks: [1, 3] },
}

export interface BadgeLadder {
  readonly id: LadderId
  /** So far, in the ladder's unit. */
  readonly value: number
  readonly badges: readonly { readonly mark: number; readonly reachedOn?: Day }[]
  /** Absent once all are reached. */
  readonly next?: { readonly mark: number; readonly left: number }
}

/** @param days in any order, each once */
export function badgesOf(days: readonly ActDay[]): BadgeLadder[] {
  const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return LADDER_IDS.map((id) => climb(id, sorted))
}

function climb(id: LadderId, days: readonly ActDay[]): BadgeLadder {
  const { measure, marks } = LADDERS[id]
  const codes = new Set<string>()
  const reached = new Map<number, Day>()
  let value = 0
  for (const day of days) {
    value += measure(day, { codes })
    for (const code of newCodes(day, codes)) codes.add(code)
    for (const mark of marks) if (value >= mark && !reached.has(mark)) reached.set(mark, day.day)
  }
  const next = marks.find((mark) => value < mark)
  return {
    id,
    value,
    badges: marks.map((mark) => {
      const reachedOn = value >= mark ? reached.get(mark) : undefined
      return { mark, ...(reachedOn === undefined ? {} : { reachedOn }) }
    }),
    ...(next === undefined ? {} : { next: { mark: next, left: next - value } }),
  }
}

function newCodes({ parts }: ActDay, known: ReadonlySet<string>): string[] {
  if (parts.every(({ code }) => known.has(code))) return []
  const codes = parts.filter((part) => part.acts > 0 && !known.has(part.code)).map(({ code }) => code)
  return [...new Set(codes)]
}
