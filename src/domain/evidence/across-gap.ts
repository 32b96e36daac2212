// How long the way across a lost signal was. The straight line is the least. Where the ways before and after lead elsewhere than along it, one went round
// a corner that nobody saw: then it is as long as the two legs of that corner, but never longer than one's own pace before and after would have been.
import { type Fix, metresBetween, speedBetween } from './track-grid.ts'
import { onPlane, type Spot } from './track-plane.ts'

const COURSE_METRES = 40 // a fix's error is small beside it
const COURSE_SECONDS = 60
const BEND_RADIANS = 0.25 // less is a receiver's error, or the road's own bend
const PACE_SECONDS = 300 // on either side, with the lights on the way
const CHORD_SECONDS = 20 // long enough that noise adds no metre, short enough to cut few corners

interface Course {
  readonly x: number
  readonly y: number
}

/** Metres, at least the straight line. `before` and `after` are in order of time; what is far from the gap plays no part. */
export function metresAcross(before: readonly Fix[], after: readonly Fix[]): number {
  const [last, first] = [before.at(-1)!, after[0]!]
  const [head, tail] = [after.slice(0, near(after)), before.slice(-near([...before].reverse()))]
  const straight = metresBetween(last, first)
  const spots = onPlane([...tail, ...head])
  const [from, to] = [spots[tail.length - 1]!, spots[tail.length]!]
  const courses = [
    courseOf(spots.slice(0, tail.length).reverse(), -1),
    courseOf(spots.slice(tail.length), 1),
  ].filter((course) => course !== undefined)
  if (courses.length < 2) return straight
  const legs = courses.map((course) => legsAlong(course, { x: to.x - from.x, y: to.y - from.y }))
  const most = paceOf([tail, head]) * (first.second - last.second)
  return Math.max(straight, Math.min(most, (legs[0]! + legs[1]!) / 2))
}

function near(fixes: readonly Fix[]): number {
  const start = fixes[0]!.second
  const end = fixes.findIndex(({ second }) => Math.abs(second - start) > PACE_SECONDS)
  return end < 0 ? fixes.length : end
}

/** The direction of travel beside the gap: from it to the first spot that is far enough away, `side` in time. */
function courseOf(spots: readonly Spot[], side: 1 | -1): Course | undefined {
  const here = spots[0]!
  for (const { second, x, y } of spots) {
    const metres = Math.hypot(x - here.x, y - here.y)
    if (Math.abs(second - here.second) > COURSE_SECONDS) return undefined
    if (metres >= COURSE_METRES)
      return { x: (side * (x - here.x)) / metres, y: (side * (y - here.y)) / metres }
  }
  return undefined
}

/** Along the course and square to it: what streets at right angles ask for. Straight where it leads there anyway. */
function legsAlong({ x, y }: Course, gap: Course): number {
  const [along, beside] = [gap.x * x + gap.y * y, Math.abs(gap.x * y - gap.y * x)]
  const isStraight = Math.atan2(beside, along) < BEND_RADIANS
  return isStraight ? Math.hypot(gap.x, gap.y) : Math.abs(along) + beside
}

/** Metres per second, standing included. */
function paceOf(parts: readonly (readonly Fix[])[]): number {
  let [metres, seconds] = [0, 0]
  for (const fixes of parts) {
    let from = fixes[0]!
    for (const fix of fixes) {
      if (fix.second - from.second < CHORD_SECONDS) continue
      metres += speedBetween(from, fix) * (fix.second - from.second)
      seconds += fix.second - from.second
      from = fix
    }
  }
  return seconds === 0 ? 0 : metres / seconds
}
