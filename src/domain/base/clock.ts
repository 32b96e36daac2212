/**
 * When a command was really made. Phones' clocks are wrong by hours, stand at 1970 after a flat battery, and are put right between the tap and
 * the exchange; so a command says beside its clock's time what cannot be set: how long its page had been running, and when it last heard from the
 * backend. Both sides find the same time from it.
 */
import { DAY_MS, type Instant, MINUTE_MS } from './time.ts'

/** Read at the tap, and once more when the page sends. */
export interface PageReading {
  /** One life of a page: from its start until it is closed or loaded again. */
  readonly page: string
  /** Whole milliseconds of that life. Stands still where the phone sleeps, and is never set. */
  readonly elapsed: number
}

export interface ClockReading extends PageReading {
  /** The backend's time in the last answer that the ledger had stored; absent before the first. */
  readonly syncedAt?: Instant
}

/** One exchange, as far as clocks go. */
export interface Exchange {
  /** The backend's clock. */
  readonly now: Instant
  /** The device's. */
  readonly sentAt: Instant
  /** Absent when another page's life, the worker or an older build sends. */
  readonly page?: PageReading
}

export interface MadeAt {
  /** By the backend's clock, never ahead of it. */
  readonly at: Instant
  /** To be added to the times that the person gave by the same clock. Zero within a minute: networks are slow, too. */
  readonly shiftMs: number
  /** How far apart the earliest and the latest possible time lie, where nothing tells which. */
  readonly doubtMs: number
}

/** What is less is the network's and nobody's clock. */
export const CLOCK_SLACK_MS = MINUTE_MS
/** Above it a person has to look: a day more or less decides about limits. */
export const CLOCK_DOUBT_MAX_MS = DAY_MS
/** Nothing was recorded before the programme began: the earliest time that a clock without any exchange can have meant. */
const PROGRAMME_BEGAN_AT = Date.parse('2026-01-01T00:00:00+08:00')

export function madeAt(
  command: { readonly at: Instant; readonly clock?: ClockReading },
  exchange: Exchange,
): MadeAt {
  const { at, clock } = command
  const { now, sentAt, page } = exchange
  const isSamePage = clock !== undefined && page?.page === clock.page && page.elapsed >= clock.elapsed
  const latest = isSamePage ? now - (page.elapsed - clock.elapsed) : now
  const earliest = Math.min(latest, clock?.syncedAt ?? PROGRAMME_BEGAN_AT)
  // If nobody set the clock in between, it was off by as much as it is now.
  const unchanged = at - (sentAt - now)
  if (unchanged >= earliest - CLOCK_SLACK_MS && unchanged <= latest + CLOCK_SLACK_MS) {
    // An older build gives nothing to hold a clock against that is off by more than a day.
    const offset = Math.abs(sentAt - now)
    const doubtMs = clock === undefined && offset > CLOCK_DOUBT_MAX_MS ? offset : 0
    return found(at, Math.min(unchanged, latest), doubtMs)
  }
  if (isSamePage) return found(at, latest, 0)
  return found(at, Math.min(Math.max(unchanged, earliest), latest), latest - earliest)
}

function found(clockAt: Instant, at: Instant, doubtMs: number): MadeAt {
  const shiftMs = at - clockAt
  return { at, shiftMs: Math.abs(shiftMs) <= CLOCK_SLACK_MS ? 0 : shiftMs, doubtMs }
}
