/** The receiver, as long as it is listened to: each place with its time and accuracy, or why there is none. Nothing here is kept or sent. */
import type { TripFix } from '../domain/evidence/live-trip.ts'

/** `insecure`: over plain http a browser gives no place to anybody. `lost`: nothing is received, for now. */
export type PositionTrouble = 'absent' | 'insecure' | 'denied' | 'lost'

interface Told {
  readonly fix: (fix: TripFix) => void
  readonly trouble: (trouble: PositionTrouble) => void
}

/** `PERMISSION_DENIED` of the Geolocation API. */
const DENIED = 1
/** Silence worth a word. */
const TIMEOUT_MS = 30_000
/** A place that was handed over late is of its own time. One from another hour has a clock that is none of the phone's. */
const LATE_MS_MAX = 3_600_000

/** Why nothing can be received here at all. */
export function positionTrouble(): 'absent' | 'insecure' | undefined {
  if (!isSecureContext) return 'insecure'
  return (navigator.geolocation as Geolocation | undefined) ? undefined : 'absent'
}

/** Returns what ends it. */
export function watchPosition(now: () => number, { fix, trouble }: Told): () => void {
  const why = positionTrouble()
  if (why) {
    trouble(why)
    return () => undefined
  }
  const { geolocation } = navigator
  const id = geolocation.watchPosition(
    ({ coords, timestamp }) => {
      const lateMs = now() - timestamp
      const at = lateMs >= 0 && lateMs < LATE_MS_MAX ? Math.round(timestamp) : now()
      fix({ at, lat: coords.latitude, lon: coords.longitude, accuracyMetres: coords.accuracy })
    },
    ({ code }) => trouble(code === DENIED ? 'denied' : 'lost'),
    { enableHighAccuracy: true, maximumAge: 0, timeout: TIMEOUT_MS },
  )
  return () => geolocation.clearWatch(id)
}
