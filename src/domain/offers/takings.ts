/**
 * What a shop takes in by the day, until that day's statement: a day that is closed stays closed, whatever a clock says, so that each has one
 * statement.
 */
import type { AccountId } from '../base/ids.ts'
import { addDays, type Day, dayOf, type Instant } from '../base/time.ts'

/** In fen, before anything is netted; and which records it is about, in the shop's own journal. */
export interface DayTakings {
  readonly fen: number
  readonly refundFen: number
  /** Vouchers and donations accepted. */
  readonly count: number
  readonly fromSeq: number
  readonly toSeq: number
}

export interface Statement extends DayTakings {
  readonly day: Day
}

export interface Takings {
  /** Whose: it is part of a statement's id, because somebody else pays by it. */
  readonly account: AccountId
  /** Days without a statement yet. */
  readonly days: { readonly [day: Day]: DayTakings }
  /** The last day that has one. */
  readonly closed?: Day
}

export function statementId(account: string, day: Day): string {
  return `${STATEMENT_PREFIX}${account}:${day}`
}

export const STATEMENT_PREFIX = 'statement.close:'

/** Undefined when it is no statement's. */
export function statementIn(id: string): { readonly account: AccountId; readonly day: Day } | undefined {
  const found = /^statement\.close:([0-9a-f-]{36}):(\d{4}-\d{2}-\d{2})$/.exec(id)
  return found ? { account: found[1] as AccountId, day: found[2] as Day } : undefined
}

/** One more, on the day of its record; on the next one when that is closed, by a process whose clock is ahead. */
export function takeIn(
  takings: Takings | undefined,
  record: { readonly account: AccountId; readonly at: Instant; readonly seq: number },
  taken: { readonly fen: number } | { readonly refundFen: number },
): Takings {
  const { account, at, seq } = record
  const closed = takings?.closed
  const today = dayOf(at)
  const day = closed !== undefined && today <= closed ? addDays(closed, 1) : today
  const before = takings?.days[day] ?? { fen: 0, refundFen: 0, count: 0, fromSeq: seq, toSeq: seq }
  const next =
    'fen' in taken
      ? { ...before, fen: before.fen + taken.fen, count: before.count + 1, toSeq: seq }
      : { ...before, refundFen: before.refundFen + taken.refundFen, toSeq: seq }
  return { ...takings, account, days: { ...takings?.days, [day]: next } }
}

/** Its day has a statement now. */
export function closeDay(takings: Takings, day: Day): Takings {
  const { [day]: _, ...days } = takings.days
  const closed = takings.closed !== undefined && takings.closed > day ? takings.closed : day
  return { ...takings, days, closed }
}
