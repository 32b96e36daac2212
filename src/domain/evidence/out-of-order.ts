// Points whose stamp is minutes off those that were written before and after them: a clock that leapt and came back. A recorder writes in order, so
// the order in the file tells which they are, also where their own times would fit a ride. The other way round is an order, too.
import type { TrackPoint } from './track-grid.ts'

const OFF_MS = 60_000 // less is a clock that is set right, or two points that changed places
const STRAYS_MAX = 5 // more in a row are another recording
const SHARE_OF_FEW = 10 // at least so many times more points are in order

/** Of one segment, in the file's order. `strays`: how many were set aside. */
export function withoutOutOfOrder(points: readonly TrackPoint[]): {
  points: readonly TrackPoint[]
  strays: number
} {
  const times = points.map(({ at }) => at)
  const strays = straysIn(isBackwards(times) ? times.map((at) => -at) : times)
  if (strays.size === 0 || strays.size * SHARE_OF_FEW > points.length) return { points, strays: 0 }
  return { points: points.filter((_, i) => !strays.has(i)), strays: strays.size }
}

function isBackwards(times: readonly number[]): boolean {
  let more = 0
  for (let i = 1; i < times.length; i++) more += Math.sign(times[i]! - times[i - 1]!)
  return more < 0
}

/** Where the time falls back, either those before it had leapt ahead or those after it have fallen behind: the fewer. */
function straysIn(times: readonly number[]): ReadonlySet<number> {
  const strays = new Set<number>()
  for (let i = 1; i < times.length; i++) {
    const [before, after] = [times[i - 1]!, times[i]!]
    if (before - after < OFF_MS || strays.has(i - 1)) continue
    let [ahead, behind] = [1, 1]
    while (ahead <= STRAYS_MAX && times[i - 1 - ahead]! > after) ahead++
    while (behind <= STRAYS_MAX && times[i + behind]! < before) behind++
    const [from, count] = ahead < behind ? [i - ahead, ahead] : [i, behind]
    if (count > STRAYS_MAX) continue
    for (let k = from; k < from + count; k++) strays.add(k)
  }
  return strays
}
