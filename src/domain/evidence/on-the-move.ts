// Which steps of a track lead somewhere, and how fast: a phone that stands drifts and is thrown about, and none of that is a way.
import type { Spot } from './track-plane.ts'

const STANDING = 0.45 // m/s over twenty seconds: below a frail person's walk
const STANDING_SECONDS = 20
const STANDING_NOISE = 1.4 // deviations that a standing phone may seem to have moved meanwhile
const AWAY_METRES = 36 // more than a phone in a drawer drifts within minutes; somebody who walks at half a metre a second gets there
const AWAY_NOISE = 2 // and deviations of two fixes that lie apart
const AWAY_SECONDS = 75
const RUN_SHARE = 0.75 // of that: who gets so far between two stands gets on
const ON_SHARE = 0.5 // of what shorter ones lead to and fro
const LEAST_SHARE = 0.5 // and of that way in any case

interface Motion {
  readonly speeds: number[]
  readonly moving: boolean[]
}

/** Of each step: metres per second over twenty seconds, and whether it is part of a way. `wander`: metres that the receiver strays for a while. */
export function motionIn(
  spots: readonly Spot[],
  { noise, wander }: { noise: number; wander: number },
): Motion {
  const speeds = speedsOf(spots, STANDING_SECONDS / 2)
  const slowest = Math.max(STANDING, (STANDING_NOISE * noise) / STANDING_SECONDS)
  const away = AWAY_METRES + AWAY_NOISE * Math.hypot(noise, wander)
  const going = speeds.map(
    (speed, i) => speed >= slowest && (getsAway(spots, i, away) || getsAway(spots, i + 1, away)),
  )
  return { speeds, moving: leadingSomewhere(spots, going, RUN_SHARE * away) }
}

/** Without what leads to and fro between stands: at a light, or in a drawer. Who creeps from stand to stand in a jam gets on. */
function leadingSomewhere(spots: readonly Spot[], going: readonly boolean[], metres: number): boolean[] {
  const moving = [...going]
  let row: [from: number, to: number][] = []
  const apart = (from: number, to: number) =>
    Math.hypot(spots[to]!.x - spots[from]!.x, spots[to]!.y - spots[from]!.y)
  const end = () => {
    const all = row.reduce((sum, [from, to]) => sum + apart(from, to), 0)
    const [first, last] = [row[0]?.[0] ?? 0, row.at(-1)?.[1] ?? 0]
    if (apart(first, last) < Math.max(ON_SHARE * all, LEAST_SHARE * metres))
      for (const [from, to] of row) moving.fill(false, from, to)
    row = []
  }
  for (let from = 0; from < going.length; from++) {
    if (!going[from]) continue
    let to = from + 1
    while (going[to]) to++
    if (spots.slice(from, to + 1).some((_, k) => apart(from, from + k) >= metres)) end()
    else row.push([from, to])
    from = to
  }
  end()
  return moving
}

/** Whether one is elsewhere a minute before or after: a phone that lies still comes back and back to where it is. */
function getsAway(spots: readonly Spot[], i: number, metres: number): boolean {
  const here = spots[i]!
  for (const side of [-1, 1])
    for (let k = i + side; spots[k]; k += side) {
      if (Math.hypot(spots[k]!.x - here.x, spots[k]!.y - here.y) >= metres) return true
      if (Math.abs(spots[k]!.second - here.second) > AWAY_SECONDS) break
    }
  return false
}

/** Metres per second at each step: from the middle of the spots up to so many seconds before it to that of those after it. */
function speedsOf(spots: readonly Spot[], seconds: number): number[] {
  let start = 0
  let end = 0
  return spots.slice(1).map((next, i) => {
    const middle = (spots[i]!.second + next.second) / 2
    while (start < i && middle - spots[start]!.second > seconds) start++
    end = Math.max(end, i + 1)
    while (end < spots.length - 1 && spots[end + 1]!.second - middle <= seconds) end++
    const [from, to] = [mean(spots.slice(start, i + 1)), mean(spots.slice(i + 1, end + 1))]
    return Math.hypot(to.x - from.x, to.y - from.y) / (to.second - from.second)
  })
}

function mean(spots: readonly Spot[]): Spot {
  let [second, x, y] = [0, 0, 0]
  for (const spot of spots) {
    second += spot.second
    x += spot.x
    y += spot.y
  }
  return { second: second / spots.length, x: x / spots.length, y: y / spots.length }
}
