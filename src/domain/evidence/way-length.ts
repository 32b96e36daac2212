// How long a recorded way is, so that noise does not pay and an honest way loses nothing: each step counts as far as it goes along the way.

import { withoutReflections } from './reflections.ts'
import type { Fix } from './track-grid.ts'
import { median, noiseOf, onPlane, type Spot } from './track-plane.ts'

/** In which direction the way leads, and how well the spots that say so lie on a line. */
interface Line {
  readonly x: number
  readonly y: number
  readonly spots: number
  /** Variances beside the line and along it, square metres. */
  readonly beside: number
  readonly along: number
}

const GLIDE_SECONDS = 4 // a reflection that comes within some seconds instead of at once
const STANDING = 0.45 // m/s over twenty seconds: below a frail person's walk
const STANDING_SECONDS = 20
const STANDING_NOISE = 2 // deviations that a standing phone may seem to have moved meanwhile
const AWAY_METRES = 36 // more than a phone in a drawer drifts within minutes; somebody who walks at half a metre a second gets there
const AWAY_NOISE = 2 // and deviations of two fixes that lie apart
const AWAY_SECONDS = 75
const LINE_NOISE = 1.3 // so much longer for each metre of it
const LINE_METRES = [44, 160] as const // as long as it takes to see a direction through the usual noise; shorter than most blocks
const LINE_SECONDS = 10 // of a vehicle more: a reflection lasts, and its roads are straighter
const LINE_STEPS = 5 // of a thin track, so that not each fix draws the line to itself; but no further than
const THIN_LINE_METRES = 70
/** Where the step stands in the line that tells its direction: amid it, or nearer to an end, so that no line has to lead round a corner. */
const SHARES = [0.5, 0.25, 0.75, 0.125, 0.875, 0, 1] as const
const PREFER_AMID = 0.3 // only there a bend is seen as it is
const LEAST_VARIANCE = 0.25 // the grid of a metre
const LEVERAGE = 0.5 // a step helps to say its own direction: what that adds, in shares of the noise
const CORNER_METRES = 40 // a step so long may cut a corner that nobody recorded
const CORNER_RADIANS = [0.8, 2] as const // a street corner; more than the upper one is a turn
const CORNER_SHARE = 0.6 // of what a sharp corner is longer: some are bends

/**
 * Method: put reflections back; estimate the noise from the track itself; for each step find the straightest line of forty metres and more of the way
 * that it lies in; count the step's part along that line, with its sign. Steps beside the way, and to and fro, cancel out; what is lost at
 * one step comes back at the next. Standing takes no room on the way, so that drift at a light has no direction to count in.
 */
export function wayLength(fixes: readonly Fix[]): number {
  if (fixes.length < 2) return 0
  const written = onPlane(fixes)
  const noise = noiseOf(written)
  const leapless = withoutReflections(written, { scale: 0, noise })
  const spots = withoutReflections(leapless, { scale: GLIDE_SECONDS, noise })
  const speeds = speedsOf(spots, STANDING_SECONDS / 2)
  const slowest = Math.max(STANDING, (STANDING_NOISE * noise) / STANDING_SECONDS)
  const away = AWAY_METRES + AWAY_NOISE * noise
  const moving = speeds.map(
    (speed, i) => speed >= slowest && (getsAway(spots, i, away) || getsAway(spots, i + 1, away)),
  )
  const cruise = median(speeds.filter((_, i) => moving[i]))
  if (cruise === 0) return 0
  const usual = median(spots.slice(1).map(({ second }, i) => second - spots[i]!.second))
  const length = lineMetres({ cruise, usual, noise })
  const way = new Way(spots, { speeds, moving })
  let metres = 0
  for (let i = 0; i < spots.length - 1; i++)
    metres += along(spots, i, { way, length, noise }) + cornerCut(spots, i, { moving, noise })
  return Math.max(0, metres)
}

/** `usual`: seconds between two fixes. */
function lineMetres({ cruise, usual, noise }: { cruise: number; usual: number; noise: number }): number {
  const thin = Math.min(THIN_LINE_METRES, LINE_STEPS * usual * cruise)
  return Math.min(LINE_METRES[1], Math.max(LINE_METRES[0] + LINE_NOISE * noise, LINE_SECONDS * cruise, thin))
}

function along(
  spots: readonly Spot[],
  i: number,
  { way, length, noise }: { way: Way; length: number; noise: number },
): number {
  const [x, y] = [spots[i + 1]!.x - spots[i]!.x, spots[i + 1]!.y - spots[i]!.y]
  const metres = Math.hypot(x, y)
  const line = metres < length ? way.straightest(i, length) : undefined
  if (!line) return way.isMoving(i) ? metres : 0
  const leverage = (LEVERAGE * Math.min(line.beside, noise * noise)) / ((line.spots - 2) * line.along)
  return (x * line.x + y * line.y) * (1 - leverage)
}

/** What a long step over a corner is shorter than the way: by the directions before and after it, where both turn to the same side. */
function cornerCut(
  spots: readonly Spot[],
  i: number,
  { moving, noise }: { moving: readonly boolean[]; noise: number },
): number {
  if (!(moving[i - 1] && moving[i] && moving[i + 1])) return 0
  const [before, step, after] = [i - 1, i, i + 1].map((k) => {
    const [from, to] = [spots[k]!, spots[k + 1]!]
    return { x: to.x - from.x, y: to.y - from.y, metres: Math.hypot(to.x - from.x, to.y - from.y) }
  }) as [Vector, Vector, Vector]
  if (step.metres <= Math.max(CORNER_METRES, 6 * noise)) return 0
  if (Math.min(before.metres, after.metres) <= 4 * noise) return 0
  const [into, out] = [turn(before, step), turn(step, after)]
  const whole = Math.abs(into + out)
  if (into * out <= 0 || whole <= CORNER_RADIANS[0] || whole >= CORNER_RADIANS[1]) return 0
  return CORNER_SHARE * step.metres * (Math.cos((into - out) / 2) / Math.cos((into + out) / 2) - 1)
}

interface Vector {
  readonly x: number
  readonly y: number
  readonly metres: number
}

const turn = (a: Vector, b: Vector) => Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)

/** The spots by how far along the way they lie. */
class Way {
  readonly #spots: readonly Spot[]
  readonly #moving: readonly boolean[]
  /** Metres at each spot; while standing they do not grow. */
  readonly #metres: number[] = [0]
  /** Those at which one was on the move. */
  readonly #onMove: number[]

  constructor(spots: readonly Spot[], pace: { speeds: readonly number[]; moving: readonly boolean[] }) {
    const { speeds, moving } = pace
    this.#spots = spots
    this.#moving = moving
    for (let i = 0; i < speeds.length; i++) {
      const seconds = moving[i] ? spots[i + 1]!.second - spots[i]!.second : 0
      this.#metres.push(this.#metres[i]! + speeds[i]! * seconds)
    }
    this.#onMove = [...spots.keys()].filter((i) => moving[i - 1] || moving[i])
  }

  isMoving(i: number): boolean {
    return this.#moving[i]!
  }

  /** Of the lines that hold the step from `i` on. */
  straightest(i: number, length: number): Line | undefined {
    const [from, to] = [this.#metres[i]!, this.#metres[i + 1]!]
    const end = this.#metres.at(-1)!
    let best: Line | undefined
    let least = Number.POSITIVE_INFINITY
    for (const share of SHARES) {
      const start = Math.max(0, Math.min((from + to) / 2 - length * share, end - length))
      // Both ends of the step or neither: a line with one of them is drawn to it, and the step would seem to go back.
      const line = this.#line(Math.min(start, from), Math.max(start + length, to))
      // Too thin for a direction but the step's own.
      if (!line) return undefined
      const cost = (line.beside + LEAST_VARIANCE) * (share === 0.5 ? PREFER_AMID : 1)
      if (cost >= least) continue
      least = cost
      best = line
    }
    return best
  }

  /** The principal axis of the spots there, in the direction of time. */
  #line(from: number, to: number): Line | undefined {
    const [start, end] = [this.#first(from), this.#first(to + Number.EPSILON * Math.max(1, to) * 4)]
    const spots = end - start
    if (spots < 3) return undefined
    const first = this.#spots[this.#onMove[start]!]!
    const last = this.#spots[this.#onMove[end - 1]!]!
    let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0]
    for (let k = start; k < end; k++) {
      const spot = this.#spots[this.#onMove[k]!]!
      const [east, north] = [spot.x - first.x, spot.y - first.y]
      x += east
      y += north
      xx += east * east
      yy += north * north
      xy += east * north
    }
    const [dx, dy, dxy] = [
      (xx - (x * x) / spots) / spots,
      (yy - (y * y) / spots) / spots,
      (xy - (x * y) / spots) / spots,
    ]
    const half = Math.hypot((dx - dy) / 2, dxy)
    const along = (dx + dy) / 2 + half
    if (along === 0) return undefined
    const angle = Math.atan2(2 * dxy, dx - dy) / 2
    const isBackward = (last.x - first.x) * Math.cos(angle) + (last.y - first.y) * Math.sin(angle) < 0
    const sign = isBackward ? -1 : 1
    return {
      x: sign * Math.cos(angle),
      y: sign * Math.sin(angle),
      spots,
      along,
      beside: Math.max(0, (dx + dy) / 2 - half),
    }
  }

  /** The first of those on the move that lies no nearer than that. */
  #first(metres: number): number {
    let [low, high] = [0, this.#onMove.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#metres[this.#onMove[middle]!]! < metres) low = middle + 1
      else high = middle
    }
    return low
  }
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
