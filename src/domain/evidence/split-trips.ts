// What a file recorded, cut into trips: at stops of more than half an hour, at another sport, and where something else may have happened
// between. Midnight is no border. Nothing is joined that the file itself keeps apart.
import { metresBetween } from '../base/place.ts'
import { stopsOf } from './long-stops.ts'
import type { TrackPoint } from './track-grid.ts'
import type { Stretch } from './track-runs.ts'

/** One track, activity or session of a file. */
export interface Section {
  /** In the file's own words, already reduced to ours where we know them: two sections of different sports are never one trip. */
  readonly sport?: string | undefined
  readonly segments: readonly (readonly TrackPoint[])[]
}

export interface RecordedTrip {
  readonly sport?: string | undefined
  readonly stretches: readonly Stretch[]
}

interface Piece {
  readonly section: number
  readonly sport: string | undefined
  readonly points: readonly TrackPoint[]
  readonly after: Stretch['after']
}

/** Half an hour: longer than a red light, a café or a change of buses, shorter than a day's work. */
const STOP_MS = 30 * 60_000
/** Where the next piece begins this far off, the way between may be a trip of its own, with other means: the shortest that counts. */
const ELSEWHERE_METRES = 300
/** As long as two acts may overlap: what happened in less cannot be claimed anyway. */
const ELSEWHERE_MS = 60_000

/** `sections` hold usable points only. */
export function splitTrips(sections: readonly Section[]): RecordedTrip[] {
  const pieces = cutAtStops(withoutDoubles(sections.flatMap(piecesOf)))
  const trips: Piece[][] = []
  for (const piece of pieces) {
    const trip = trips.at(-1)
    if (trip && isSameTrip(trip.at(-1)!, piece)) trip.push(piece)
    else trips.push([piece])
  }
  return trips.map((trip) => ({
    sport: trip[0]!.sport,
    stretches: trip.map(({ points, after }) => ({ points, after })),
  }))
}

function piecesOf({ sport, segments }: Section, section: number): Piece[] {
  return segments.flatMap((segment, s) =>
    cutAt([...segment].sort(byTime), (before, point) => point.at - before.at > STOP_MS).map(
      (points, i): Piece => ({ section, sport, points, after: s === 0 && i === 0 ? 'pause' : 'segment' }),
    ),
  )
}

/**
 * Segments of one section that lie over each other are one line; of what two sections recorded at once, the fuller one counts. Where one goes on
 * over the other's end, nothing went by unrecorded.
 */
function withoutDoubles(pieces: readonly Piece[]): Piece[] {
  const kept: Line[] = []
  for (const piece of [...pieces].sort((a, b) => startOf(a) - startOf(b) || endOf(a) - endOf(b))) {
    const line: Line = { piece, points: [...piece.points], end: endOf(piece), after: piece.after }
    const last = kept.at(-1)
    if (!last || startOf(piece) >= last.end) kept.push(line)
    else if (last.piece.section === piece.section) {
      for (const point of piece.points) last.points.push(point)
      last.end = Math.max(last.end, line.end)
    } else if (line.points.length > last.points.length) {
      last.points = last.points.filter(({ at }) => at < startOf(piece))
      if (last.points.length === 0) kept.pop()
      kept.push({ ...line, after: last.points.length > 0 ? 'segment' : last.after })
    } else {
      line.points = line.points.filter(({ at }) => at > last.end)
      if (line.points.length > 0) kept.push({ ...line, after: 'segment' })
    }
  }
  return kept.map(({ piece, points, after }) => ({ ...piece, points: points.sort(byTime), after }))
}

/** While pieces are laid over each other: unsorted until all are there. */
interface Line {
  readonly piece: Piece
  points: TrackPoint[]
  end: number
  readonly after: Stretch['after']
}

/** A recorder that was left running stands still for hours: what it writes there belongs to neither trip. */
function cutAtStops(pieces: readonly Piece[]): Piece[] {
  const stops = stopsOf(
    pieces.flatMap(({ points }) => points),
    STOP_MS,
  )
  if (stops.length === 0) return [...pieces]
  const isStop = ({ at }: TrackPoint) => stops.some(({ from, to }) => from < at && at < to)
  const isCut = (before: TrackPoint, point: TrackPoint) =>
    stops.some(({ from, to }) => before.at <= from && to <= point.at)
  return pieces.flatMap((piece) =>
    cutAt(
      piece.points.filter((point) => !isStop(point)),
      isCut,
    ).map((points, i) => ({
      ...piece,
      points,
      after: i === 0 ? piece.after : ('pause' as const),
    })),
  )
}

function isSameTrip(last: Piece, next: Piece): boolean {
  const [end, start] = [last.points.at(-1)!, next.points[0]!]
  const apartMs = start.at - end.at
  if (apartMs > STOP_MS || last.sport !== next.sport) return false
  return apartMs <= ELSEWHERE_MS || metresBetween(end, start) < ELSEWHERE_METRES
}

function cutAt(points: readonly TrackPoint[], isCut: (before: TrackPoint, point: TrackPoint) => boolean) {
  const parts: TrackPoint[][] = []
  points.forEach((point, i) => {
    if (i === 0 || isCut(points[i - 1]!, point)) parts.push([point])
    else parts.at(-1)!.push(point)
  })
  return parts
}

const byTime = (a: TrackPoint, b: TrackPoint) => a.at - b.at
const startOf = ({ points }: Piece) => points[0]!.at
const endOf = ({ points }: Piece) => points.at(-1)!.at
