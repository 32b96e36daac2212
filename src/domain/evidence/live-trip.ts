/**
 * A trip recorded as it happens: its states, what ends them, and what parts its fixes. Pure. A fix is written once and never changed; where none
 * is, there is a gap, and the marks say why. Nothing is invented in it, and nobody is punished for it.
 */
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../base/time.ts'
import type { Section } from './split-trips.ts'
import type { TrackPoint } from './track-grid.ts'

/** `ended` waits for the person's word; `claimed` stands in the outbox. */
type TripState = 'recording' | 'paused' | 'ended' | 'claimed'

/** `hide`: the page went out of sight, or away altogether. */
interface TripMark {
  readonly at: Instant
  readonly kind: 'pause' | 'resume' | 'hide' | 'show'
}

export interface LiveTrip {
  /** When it began, by which it is known in its ledger. */
  readonly startedAt: Instant
  readonly state: TripState
  readonly marks: readonly TripMark[]
  /** The last time that it was ended. */
  readonly endedAt?: Instant
  readonly claimedAt?: Instant
}

export interface TripFix extends TrackPoint {
  readonly accuracyMetres: number
}

/** Beyond it a phone goes by towers and networks, not by satellites: such a place would be a detour. */
export const ACCURACY_METRES_MAX = 50
/** Of this size is the circle in which an iPhone hides where it is, while "Precise Location" is off. */
export const COARSE_METRES = 1000
/**
 * A place every two seconds, and receivers are some hundredths early: a bicycle goes ten metres, twice a receiver's error, and three hours stay
 * below 1.5 MB.
 */
const STEP_MS_MIN = 1900
/** As in track-gaps: longer than a receiver's own step, shorter than a tunnel. */
export const SILENCE_MS = 30 * SECOND_MS
/** As long as a stop that ends a trip: whoever comes back later would hardly go on with the same. */
export const AWAY_MS_MAX = 30 * MINUTE_MS

/** Within it nobody is anywhere else. */
const FRESH_MS = 3000
/** Of a trip that stands in the outbox: time enough to look at what became of it, and no longer. */
export const TRACK_KEPT_MS = 7 * DAY_MS

/** Under way from then on, with nothing marked. */
export function newTrip(startedAt: Instant): LiveTrip {
  return { startedAt, state: 'recording', marks: [] }
}

/** Neither ended nor logged: it may go on. */
export function isOpen({ state }: LiveTrip): boolean {
  return state === 'recording' || state === 'paused'
}

/**
 * Receivers begin with the last place that they knew. One of a moment ago is where the trip began; one from before that is of another way, and
 * would make it longer and earlier than it was.
 */
export function fixOfTrip(fix: TripFix, startedAt: Instant): TripFix | undefined {
  if (fix.at >= startedAt) return fix
  return startedAt - fix.at <= FRESH_MS ? { ...fix, at: startedAt } : undefined
}

/** Good enough, and not the same place once more. */
export function isTaken(fix: TripFix, last: TrackPoint | undefined): boolean {
  return fix.accuracyMetres <= ACCURACY_METRES_MAX && (!last || fix.at - last.at >= STEP_MS_MIN)
}

/** What happens to a trip. Undefined where it cannot: then nothing is to be written. */
export type TripChange = (trip: LiveTrip) => LiveTrip | undefined

const marked = (trip: LiveTrip, kind: TripMark['kind'], at: Instant): LiveTrip => ({
  ...trip,
  marks: [...trip.marks, { at, kind }],
})

/** Only one that is being recorded; else nothing changes, as with each of these. */
export const paused =
  (at: Instant): TripChange =>
  (trip) =>
    trip.state === 'recording' ? { ...marked(trip, 'pause', at), state: 'paused' } : undefined

/** Also one that was ended by mistake: what lies between is a pause. */
export const resumed =
  (at: Instant): TripChange =>
  (trip) => {
    if (trip.state === 'paused') return { ...marked(trip, 'resume', at), state: 'recording' }
    if (trip.state !== 'ended') return undefined
    const { endedAt = at, ...open } = trip
    const before = isPausedAtEnd(trip) ? open : marked(open, 'pause', endedAt)
    return { ...marked(before, 'resume', at), state: 'recording' }
  }

/** For whoever has arrived, also out of a pause. */
export const ended =
  (at: Instant): TripChange =>
  (trip) =>
    isOpen(trip) ? { ...trip, state: 'ended', endedAt: at } : undefined

/** The page went out of sight, where most phones stop locating; twice is once. */
export const hidden =
  (at: Instant): TripChange =>
  (trip) =>
    trip.state === 'recording' && !isHidden(trip) ? marked(trip, 'hide', at) : undefined

/** It is in sight again. */
export const shown =
  (at: Instant): TripChange =>
  (trip) =>
    trip.state === 'recording' && isHidden(trip) ? marked(trip, 'show', at) : undefined

/** Found by a page that did not record it: another one was closed, loaded anew or ended by the phone, after `lastAt`. */
export const regained =
  ({ lastAt, now }: { lastAt: Instant; now: Instant }): TripChange =>
  (trip) => {
    if (trip.state !== 'recording') return undefined
    if (now - lastAt > AWAY_MS_MAX) return paused(lastAt)(trip)
    return shown(now)((now - lastAt > SILENCE_MS && hidden(lastAt)(trip)) || trip)
  }

/** Logged: from then on its track is kept for `TRACK_KEPT_MS`. */
export const claimed =
  (at: Instant): TripChange =>
  (trip) =>
    trip.state === 'ended' ? { ...trip, state: 'claimed', claimedAt: at } : undefined

/** All that it had become was taken back before it left the phone. */
export const unclaimed: TripChange = ({ claimedAt: _, ...trip }) =>
  trip.state === 'claimed' ? { ...trip, state: 'ended' } : undefined

const lastOf = ({ marks }: LiveTrip, ...kinds: TripMark['kind'][]) =>
  marks.findLast(({ kind }) => kinds.includes(kind))?.kind
const isHidden = (trip: LiveTrip) => lastOf(trip, 'hide', 'show', 'resume') === 'hide'
const isPausedAtEnd = (trip: LiveTrip) => lastOf(trip, 'pause', 'resume') === 'pause'

/** `screen`: the page was out of sight or away. `signal`: nothing was received, or nothing good enough. */
export interface TripGap {
  readonly cause: 'pause' | 'screen' | 'signal'
  readonly from: Instant
  readonly to: Instant
}

/** From the start to `until`, in order. */
export function gapsOf(trip: LiveTrip, times: readonly Instant[], until: Instant): TripGap[] {
  const pauses = spansOf(trip, 'pause', 'resume', until)
  const absences = spansOf(trip, 'hide', 'show', until)
  const gaps: TripGap[] = pauses.map((span) => ({ cause: 'pause', ...span }))
  const cuts = [...times, ...pauses.flatMap(({ from, to }) => [from, to]), trip.startedAt, until]
  const ordered = cuts.filter((at) => at <= until).sort((a, b) => a - b)
  ordered.forEach((to, i) => {
    const from = ordered[i - 1] ?? to
    const touches = (span: Span) => span.from < to && span.to > from
    if (to - from <= SILENCE_MS || pauses.some(touches)) return
    gaps.push({ cause: absences.some(touches) ? 'screen' : 'signal', from, to })
  })
  return gaps.sort((a, b) => a.from - b.from)
}

/** Without its pauses. */
export function lastedMs(trip: LiveTrip, until: Instant): number {
  const end = trip.endedAt ?? until
  return spansOf(trip, 'pause', 'resume', end).reduce(
    (ms, { from, to }) => ms - (to - from),
    end - trip.startedAt,
  )
}

/** The last moment that is known of it. */
export function lastHeardOf({ startedAt, marks }: LiveTrip, last: TripFix | undefined): Instant {
  return Math.max(startedAt, marks.at(-1)?.at ?? 0, last?.at ?? 0)
}

type Span = Pick<TripGap, 'from' | 'to'>

function spansOf(
  { marks }: LiveTrip,
  begin: TripMark['kind'],
  end: TripMark['kind'],
  until: Instant,
): readonly Span[] {
  const spans: Span[] = []
  let from: Instant | undefined
  for (const { kind, at } of marks) {
    if (kind === begin) from ??= at
    if (kind !== end || from === undefined) continue
    spans.push({ from, to: at })
    from = undefined
  }
  if (from !== undefined && from < until) spans.push({ from, to: until })
  return spans
}

/** As of a file: after a pause a section of its own, which nothing bridges; silence within one is a signal that was lost. */
export function sectionsOf(trip: LiveTrip, fixes: readonly TripFix[]): Section[] {
  const pauses = trip.marks.filter(({ kind }) => kind === 'pause').map(({ at }) => at)
  const parts: TrackPoint[][] = [[]]
  let next = 0
  for (const { lat, lon, at } of [...fixes].sort((a, b) => a.at - b.at)) {
    while (next < pauses.length && at > (pauses[next] as number)) {
      parts.push([])
      next++
    }
    parts.at(-1)?.push({ lat, lon, at })
  }
  return parts.filter((points) => points.length > 0).map((points) => ({ segments: [points] }))
}
