// FIT: `record` messages with a position and a clock time, cut where the timer stood still, told apart by session. A course is a plan.
import { PointCollector, TooManyPoints } from './collect-points.ts'
import {
  FitBroken,
  type FitMessage,
  fitEnd,
  nextFit,
  RECORD,
  readFitMessages,
  TIMESTAMP,
} from './fit-messages.ts'
import { sportOfFit } from './sport.ts'
import { failed, POINTS_MAX, type TrackReading } from './track.ts'

const FIT_EPOCH_SECONDS = 631_065_600 // 1989-12-31T00:00:00Z
/** Smaller stamps count seconds since the device was switched on (FIT protocol, `date_time`): no time of day. */
const CLOCK_SECONDS_MIN = 0x10000000
const DEGREES_PER_SEMICIRCLE = 180 / 2 ** 31

/** Global message numbers and the fields that are read of them. */
const FILE_ID = { number: 0, type: 0 } as const
const SPORT = { number: 12, sport: 0 } as const
const SESSION = { number: 18, start: 2, sport: 5 } as const
const PLACE = { lat: 0, lon: 1 } as const
const EVENT = { number: 21, event: 0, type: 1, timer: 0, start: 0, stops: [1, 4, 8, 9] } as const
const COURSE_FILE = 6
/** Stands in courses only, also where the file does not say that it is one. */
const COURSE = 31

interface FitPoint {
  readonly lat: number
  readonly lon: number
  /** FIT seconds; undefined without a clock. */
  readonly second: number | undefined
  /** Counted up at each start of the timer; undefined while it stands. */
  readonly turn: number | undefined
}

interface FitFile {
  readonly isCourse: boolean
  readonly points: readonly FitPoint[]
  readonly sessions: readonly { readonly start: number; readonly sport: number | undefined }[]
  readonly sport: number | undefined
}

export function readFit(bytes: Uint8Array): TrackReading {
  const collector = new PointCollector()
  try {
    for (let start = 0, count = 0; ; count++) {
      const end = endOrBroken(bytes, start, { isFirst: count === 0, collector })
      if (end === undefined) break
      collect(contentOf(bytes.subarray(start, end)), collector)
      start = nextFit(bytes, end)
    }
  } catch (error) {
    if (error instanceof TooManyPoints) return failed({ code: 'too_many_points', maxPoints: POINTS_MAX })
    return failed({ code: 'damaged' })
  }
  return collector.reading('fit')
}

/** Bytes after a good checksum that are no file are padding, also between two; a further file that is broken is told, and the first one kept. */
function endOrBroken(
  bytes: Uint8Array,
  start: number,
  { isFirst, collector }: { isFirst: boolean; collector: PointCollector },
): number | undefined {
  try {
    return fitEnd(bytes, start)
  } catch (error) {
    if (isFirst || !(error instanceof FitBroken)) throw error
    collector.addBrokenPart()
    return undefined
  }
}

function contentOf(file: Uint8Array): FitFile {
  const points: FitPoint[] = []
  const sessions: { start: number; sport: number | undefined }[] = []
  let [isCourse, isStopped, turn, stoppedAt] = [false, false, 0, 0]
  let sport: number | undefined
  readFitMessages(file, ({ number, fields }: FitMessage) => {
    const second = clockOf(fields.get(TIMESTAMP))
    if (number === FILE_ID.number) isCourse ||= fields.get(FILE_ID.type) === COURSE_FILE
    if (number === COURSE) isCourse = true
    if (number === SPORT.number) sport ??= fields.get(SPORT.sport)
    if (number === SESSION.number) {
      const start = clockOf(fields.get(SESSION.start))
      if (start !== undefined) sessions.push({ start, sport: fields.get(SESSION.sport) })
    }
    if (number === EVENT.number && fields.get(EVENT.event) === EVENT.timer) {
      const type = fields.get(EVENT.type) ?? -1
      if (type === EVENT.start && isStopped) turn++
      if (type === EVENT.start) isStopped = false
      if ((EVENT.stops as readonly number[]).includes(type)) {
        isStopped = true
        stoppedAt = second ?? 0
      }
    }
    if (number !== RECORD) return
    const [lat, lon] = [fields.get(PLACE.lat), fields.get(PLACE.lon)]
    if (lat === undefined || lon === undefined) return
    if (points.length > POINTS_MAX) throw new TooManyPoints()
    // The record of the second in which the timer stopped may be written after the stop.
    const isRunning = !isStopped || (second !== undefined && second <= stoppedAt)
    points.push({ lat, lon, second, turn: isRunning ? turn : undefined })
  })
  sessions.sort((a, b) => a.start - b.start)
  return { isCourse, points, sessions, sport }
}

const clockOf = (stamp: number | undefined) =>
  stamp === undefined || stamp < CLOCK_SECONDS_MIN ? undefined : stamp

function collect({ isCourse, points, sessions, sport }: FitFile, collector: PointCollector): void {
  let [session, turn]: [number | undefined, number | undefined] = [undefined, undefined]
  // Where the timer never ran, it was not what recorded: some devices write a stop and no start.
  const never = points.every((point) => point.turn === undefined) ? 0 : undefined
  for (const { lat, lon, second, turn: running } of points) {
    const own = running ?? never
    if (isCourse) {
      collector.addPlanned()
      continue
    }
    if (second === undefined) {
      collector.addUntimed()
      continue
    }
    const place = { lat: lat * DEGREES_PER_SEMICIRCLE, lon: lon * DEGREES_PER_SEMICIRCLE }
    const point = { ...place, at: (second + FIT_EPOCH_SECONDS) * 1000 }
    if (own === undefined) {
      collector.addPaused(point)
      continue
    }
    const at = Math.max(
      0,
      sessions.findLastIndex(({ start }) => start <= second),
    )
    if (at !== session || own !== turn) {
      // A stopped timer parts more sharply than a new segment: nothing of the way between was recorded.
      collector.openSection(sportOfFit(sessions[at]?.sport ?? sport))
      ;[session, turn] = [at, own]
    }
    collector.add(point)
  }
}
