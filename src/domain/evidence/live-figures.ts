/** What the screen says of a trip while it is under way: an estimate, fix by fix. What counts is measured from all fixes afterwards. */
import { metresBetween } from '../base/place.ts'
import { HOUR_MS, type Instant, SECOND_MS } from '../base/time.ts'
import { SILENCE_MS, type TripFix } from './live-trip.ts'
import { NOISE_METRES } from './track-gaps.ts'

interface Way {
  readonly metres: number
  readonly anchor?: TripFix
  readonly last?: TripFix
}

export const NO_WAY: Way = { metres: 0 }

/** Standing still pays nothing, and of what was not recorded nothing is guessed here. */
export function onward({ metres, anchor, last }: Way, fix: TripFix): Way {
  if (!anchor || !last || fix.at - last.at > SILENCE_MS) return { metres, anchor: fix, last: fix }
  const leg = metresBetween(anchor, fix)
  const isOn = leg >= Math.max(NOISE_METRES, fix.accuracyMetres)
  return isOn ? { metres: metres + leg, anchor: fix, last: fix } : { metres, anchor, last: fix }
}

/** Long enough that a fix's error is small beside the way of a bicycle, short enough to be the speed of now. */
const SPEED_MS = 10 * SECOND_MS
/** Older than this it is not the speed of now any more. */
const FRESH_MS = 15 * SECOND_MS

/** In metres per hour, of the last seconds; undefined where nothing fresh is known. */
export function speedNow(fixes: readonly TripFix[], now: Instant): number | undefined {
  const last = fixes.at(-1)
  if (!last || now - last.at > FRESH_MS) return undefined
  let first = last
  for (let i = fixes.length - 2; i >= 0; i--) {
    const fix = fixes[i] as TripFix
    if (last.at - fix.at > SPEED_MS) break
    first = fix
  }
  const ms = last.at - first.at
  return ms < SPEED_MS / 2 ? undefined : (metresBetween(first, last) * HOUR_MS) / ms
}
