// FIT: `record` messages with a position and a clock time. The SDK's profile is a megabyte, so it is loaded only for a FIT file.
import type { TrackPoint } from '../domain/evidence/track-metrics.ts'
import { failed, POINTS_MAX, type TrackReading, trackOf } from './track.ts'

const FIT_EPOCH_SECONDS = 631_065_600 // 1989-12-31T00:00:00Z
/** Smaller stamps count seconds since the device was switched on (FIT protocol, `date_time`): no time of day. */
const CLOCK_SECONDS_MIN = 0x10000000
const DEGREES_PER_SEMICIRCLE = 180 / 2 ** 31
/** Laps, events and sensors come beside the points; a file of tiny empty messages would fill the memory. */
const MESSAGES_MAX = POINTS_MAX * 3

class TooMany extends Error {}

export async function parseFit(bytes: ArrayBuffer): Promise<TrackReading> {
  const { Decoder, Profile, Stream } = await import('@garmin/fitsdk')
  const points: TrackPoint[] = []
  let untimed = 0
  let messages = 0
  const mesgListener = (number: number, message: object) => {
    if (++messages > MESSAGES_MAX || points.length + untimed > POINTS_MAX) throw new TooMany()
    if (number !== Profile.MesgNum.RECORD) return
    const { positionLat, positionLong, timestamp } = message as Record<string, unknown>
    if (typeof positionLat !== 'number' || typeof positionLong !== 'number') return
    if (typeof timestamp !== 'number' || timestamp < CLOCK_SECONDS_MIN) untimed++
    else
      points.push({
        lat: degrees(positionLat),
        lon: degrees(positionLong),
        at: (timestamp + FIT_EPOCH_SECONDS) * 1000,
      })
  }
  const errors = readAll(() => {
    const decoder = new Decoder(Stream.fromArrayBuffer(bytes))
    if (!decoder.checkIntegrity()) return [new Error('checksum')]
    return decoder.read({ mesgListener, ...RAW }).errors
  })
  if (errors.some((error) => error instanceof TooMany))
    return failed({ code: 'too_many_points', maxPoints: POINTS_MAX })
  if (errors.length > 0) return failed({ code: 'damaged' })
  return trackOf('fit', points, { untimed })
}

/** Three numbers are read of each message; every conversion would only cost time. */
const RAW = {
  applyScaleAndOffset: false,
  expandSubFields: false,
  expandComponents: false,
  convertTypesToStrings: false,
  convertDateTimesToDates: false,
  mergeHeartRates: false,
} as const

function readAll(read: () => Error[]): Error[] {
  try {
    return read()
  } catch (error) {
    return [error instanceof Error ? error : new Error('unreadable')]
  }
}

const degrees = (semicircles: number) => semicircles * DEGREES_PER_SEMICIRCLE
