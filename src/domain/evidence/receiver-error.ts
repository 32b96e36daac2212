// What a receiver was off for a while, told from what somebody moved. Its error leaps, glides and wanders, and comes back; a person holds a course, turns
// at a corner and goes on. Both are found together, so that neither side of a reflection is cut more than the other: noise neither pays nor costs.
import { agilityOf } from './agility.ts'
import { Banded } from './banded.ts'
import type { Spot } from './track-plane.ts'

const ROUNDS = 14
const CONVEX = 4 // rounds before what is rare costs as little as what is rare may: from where they end, the others go on
const NOISE_MIN = 0.7 // metres: the grid's and a little
/** The error: metres by which it is off at all, and seconds that it takes to come back. */
const OFF = 12
const BACK_SECONDS = 30
const FIX_OFF = 2 // deviations; a single fix further off draws no more than one there
const RARE = 1.5 // the same of a leap or a turn, while all is convex
/** How seldom leaps and turns are, as degrees of freedom: the fewer, the cheaper a large one beside many small ones. */
const LEAPS = 3
const TURNS = 1.5
const SMALL_METRES = 3 // so much of an error may be a corner that was rounded here: the straightest way tells better
const REST_SECONDS_MAX = 30

/** What each part of the whole weighs by now, fix by fix: near 1 where it is as usual, less where it is rare. */
interface Weights {
  readonly fix: Float64Array
  readonly off: Float64Array
  readonly leap: Float64Array
  readonly turn: Float64Array
}

/** Metres. */
interface Errors {
  /** Of one fix, in one direction. */
  readonly noise: number
  /** By which the error changes within a second, and with the root of more of them. */
  readonly leap: number
}

interface Course {
  readonly spots: readonly Spot[]
  /** Seconds to the next. */
  readonly seconds: Float64Array
  readonly noise: number
  readonly leap: number
  readonly agility: number
}

/**
 * Maximum a posteriori of place and error at each fix: fix = place + error + `noise`; the error a walk with rare leaps (Student’s t) that is drawn to nothing;
 * the place of constant velocity but for rare turns (the same), as agile as this trip is. Solved by reweighting.
 */
export function withoutReceiverError(spots: readonly Spot[], { noise, leap }: Errors): Spot[] {
  if (spots.length < 4) return [...spots]
  const seconds = new Float64Array(spots.length - 1)
  for (let k = 0; k < seconds.length; k++) seconds[k] = Math.max(1, spots[k + 1]!.second - spots[k]!.second)
  const deviation = Math.max(NOISE_MIN, noise)
  const course = { spots, seconds, noise: deviation, leap, agility: agilityOf(spots, deviation) }
  const ones = () => new Float64Array(spots.length).fill(1)
  const weights = { fix: ones(), off: ones(), leap: ones(), turn: ones() }
  const system = new Banded(2 * spots.length)
  for (let round = 0; round < ROUNDS; round++) {
    system.clear()
    drawn(system, course, weights)
    system.solve()
    if (round + 1 < ROUNDS) reweigh(system, course, { weights, isConvex: round < CONVEX })
  }
  return spots.map(({ second, x, y }, k) => {
    const [east, north] = [system.x[2 * k + 1]!, system.y[2 * k + 1]!]
    const share = Math.max(0, 1 - SMALL_METRES / Math.max(SMALL_METRES, length(east, north)))
    return { second, x: x - share * east, y: y - share * north }
  })
}

const length = (x: number, y: number) => Math.sqrt(x * x + y * y)

/** Unknown 2k is the place of fix k, 2k + 1 its error. */
function drawn(system: Banded, { spots, seconds, noise, leap, agility }: Course, weights: Weights): void {
  for (let k = 0; k < spots.length; k++) {
    const [place, error] = [2 * k, 2 * k + 1]
    const [before = 0, after = 0] = [seconds[k - 1], seconds[k]]
    const fix = weights.fix[k]! / noise ** 2
    system.square(place, fix)
    system.square(error, fix)
    system.product(place, 1, fix)
    system.draw(place, fix, spots[k]!)
    system.draw(error, fix, spots[k]!)
    const rest = Math.min(REST_SECONDS_MAX, (before + after) / 2)
    system.square(error, (weights.off[k]! * rest) / (2 * OFF ** 2 * BACK_SECONDS))
    if (after === 0) continue
    const held = weights.leap[k]! / (leap ** 2 * after)
    system.square(error, held)
    system.square(error + 2, held)
    system.product(error, 2, -held)
    if (before === 0) continue
    const [from, to] = [1 / before, 1 / after]
    const middle = -from - to
    const turn = weights.turn[k]! / (agility ** 2 * ((before + after) / 2))
    system.square(place - 2, turn * from * from)
    system.square(place, turn * middle * middle)
    system.square(place + 2, turn * to * to)
    system.product(place - 2, 2, turn * from * middle)
    system.product(place, 2, turn * middle * to)
    system.product(place - 2, 4, turn * from * to)
  }
}

function reweigh(
  { x, y }: Banded,
  { spots, seconds, noise, leap, agility }: Course,
  { weights, isConvex }: { weights: Weights; isConvex: boolean },
): void {
  const rare = (deviations: number, freedom: number) =>
    isConvex ? huber(deviations, RARE) : 1 / (1 + (deviations * deviations) / freedom)
  for (let k = 0; k < spots.length; k++) {
    const [place, error] = [2 * k, 2 * k + 1]
    const { x: east, y: north } = spots[k]!
    weights.fix[k] = huber(
      length(east - x[place]! - x[error]!, north - y[place]! - y[error]!) / noise,
      FIX_OFF,
    )
    weights.off[k] = huber(length(x[error]!, y[error]!) / (2 * OFF), 1)
    const [before = 0, after = 0] = [seconds[k - 1], seconds[k]]
    if (after === 0) continue
    const change = length(x[error + 2]! - x[error]!, y[error + 2]! - y[error]!)
    weights.leap[k] = rare(change / (leap * Math.sqrt(after)), LEAPS)
    if (before === 0) continue
    const turn = length(
      (x[place + 2]! - x[place]!) / after - (x[place]! - x[place - 2]!) / before,
      (y[place + 2]! - y[place]!) / after - (y[place]! - y[place - 2]!) / before,
    )
    weights.turn[k] = rare(turn / (agility * Math.sqrt((before + after) / 2)), TURNS)
  }
}

const huber = (deviations: number, most: number) => (deviations > most ? most / deviations : 1)
