// The straightest way through fixes: what a receiver's noise and drift put beside it is taken out, a corner stays one. As strong as the noise that was
// measured there, so that a hall is smoothed and an open street is not.
import type { Spot } from './track-plane.ts'

export interface WaySpot extends Spot {
  /** How far its fix may be off, in metres. */
  readonly deviation: number
  /** In square metres: of what it says beside fixes that are off together with it. */
  readonly variance: number
  /** Along the way from the spot before; of the first, none. */
  readonly metres: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

const TURN_COST = 0.5 // of a radian, in halves of a squared deviation
const SHARP = 0.05 // radians: what turns by more is a corner, and its sharpness costs no more than its being one
/** `byPace`: rounds by the metres of a smoothed pace; then by those of the way itself, which draw together at a corner and round it off. */
const AT_ONCE = { rounds: 16, byPace: 8 } // on foot one is at one's pace at once, so that it tells better
const BY_AND_BY = { rounds: 16, byPace: 4 }
const BENDS = 6 // rounds in which each radian costs the same, so that a bend is found before a corner is
/** So many times less a fix draws in the end, in so many rounds: corners are found while the way is held to its fixes, then it is drawn straight between them. */
const LOOSER = { times: 9, rounds: 5 }
const HUBER = 1.2 // deviations of the fix itself; one further off draws no more than one there, so that a reflection is passed by
const STEP_METRES_MIN = 0.2
const TURN_MIN = 1e-3
const FIRST_TURN = 0.3

/**
 * Least squares of what each fix lies off, in its deviations, and of all turning, radian by radian: the first of Σ|place − fix|² / 2 variance + cost · Σ|turn|,
 * solved by reweighting (each round one linear system of five diagonals), then with a cost that grows slower than the turn. `isSteady`: at one pace but for stops.
 */
export function straightened(spots: readonly WaySpot[], isSteady: boolean): readonly Place[] {
  if (spots.length < 3) return spots
  const steps = Float64Array.from(spots.slice(1), ({ metres }) => Math.max(STEP_METRES_MIN, metres))
  const system = new FiveDiagonals(spots.length)
  let places: readonly Place[] = spots
  const { rounds, byPace } = isSteady ? AT_ONCE : BY_AND_BY
  for (let round = 0; round < rounds; round++) {
    if (round >= byPace)
      for (let k = 0; k < steps.length; k++)
        steps[k] = Math.max(STEP_METRES_MIN, metresBetween(places[k]!, places[k + 1]!))
    system.clear()
    for (let k = 0; k < spots.length; k++) system.draw(k, spots[k]!, pullOf(spots[k]!, places[k]!, round))
    for (let k = 1; k < spots.length - 1; k++)
      system.straighten(k, stiffnessOf(turnAt(places, steps, k), round), [1 / steps[k - 1]!, 1 / steps[k]!])
    const solved = system.solve()
    // Steps of nothing between leaps leave no figures to divide by: then as far as it came.
    if (!Number.isFinite(solved[0]!.x + solved[0]!.y)) return places
    places = solved
  }
  return places
}

const metresBetween = (a: Place, b: Place) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)

/** How strongly a fix draws the way to itself. */
function pullOf(spot: WaySpot, place: Place, round: number): number {
  const off = round === 0 ? 0 : metresBetween(spot, place) / spot.deviation
  const looser = LOOSER.times ** (Math.max(0, Math.min(LOOSER.rounds, round - BENDS)) / LOOSER.rounds)
  return HUBER / Math.max(off, HUBER) / spot.variance / looser
}

/** By how much the direction changes at a spot: radians, where the steps beside it are as long as they are said to be. */
function turnAt(places: readonly Place[], steps: Float64Array, k: number): number {
  const [a, b, c] = [places[k - 1]!, places[k]!, places[k + 1]!]
  const x = (c.x - b.x) / steps[k]! - (b.x - a.x) / steps[k - 1]!
  const y = (c.y - b.y) / steps[k]! - (b.y - a.y) / steps[k - 1]!
  return Math.sqrt(x * x + y * y)
}

function stiffnessOf(turn: number, round: number): number {
  if (round === 0) return TURN_COST / FIRST_TURN
  const corner = round > BENDS ? SHARP / (turn + SHARP) : 1
  return (TURN_COST * corner) / (turn + TURN_MIN)
}

/** A symmetric, positive system with two diagonals on either side, for both coordinates at once; solved as L·D·Lᵀ. */
class FiveDiagonals {
  readonly #main: Float64Array
  readonly #next: Float64Array
  readonly #second: Float64Array
  readonly #x: Float64Array
  readonly #y: Float64Array

  constructor(size: number) {
    const row = () => new Float64Array(size)
    ;[this.#main, this.#next, this.#second, this.#x, this.#y] = [row(), row(), row(), row(), row()]
  }

  clear(): void {
    for (const row of [this.#main, this.#next, this.#second, this.#x, this.#y]) row.fill(0)
  }

  draw(k: number, { x, y }: Place, pull: number): void {
    this.#main[k]! += pull
    this.#x[k]! += pull * x
    this.#y[k]! += pull * y
  }

  /** `before`, `after`: one over the metres of the two steps. */
  straighten(k: number, stiffness: number, [before, after]: readonly [number, number]): void {
    const middle = -before - after
    this.#main[k - 1]! += stiffness * before * before
    this.#main[k]! += stiffness * middle * middle
    this.#main[k + 1]! += stiffness * after * after
    this.#next[k - 1]! += stiffness * before * middle
    this.#next[k]! += stiffness * middle * after
    this.#second[k - 1]! += stiffness * before * after
  }

  solve(): Place[] {
    const [main, next, second, x, y] = [this.#main, this.#next, this.#second, this.#x, this.#y]
    const size = main.length
    for (let k = 0; k < size; k++) {
      const [one, two] = [next[k]! / main[k]!, second[k]! / main[k]!]
      if (k + 1 < size) {
        main[k + 1]! -= one * next[k]!
        next[k + 1]! -= one * second[k]!
        x[k + 1]! -= one * x[k]!
        y[k + 1]! -= one * y[k]!
      }
      if (k + 2 < size) {
        main[k + 2]! -= two * second[k]!
        x[k + 2]! -= two * x[k]!
        y[k + 2]! -= two * y[k]!
      }
      x[k]! /= main[k]!
      y[k]! /= main[k]!
      next[k] = one
      second[k] = two
    }
    for (let k = size - 2; k >= 0; k--) {
      x[k]! -= next[k]! * x[k + 1]! + (k + 2 < size ? second[k]! * x[k + 2]! : 0)
      y[k]! -= next[k]! * y[k + 1]! + (k + 2 < size ? second[k]! * y[k + 2]! : 0)
    }
    return Array.from({ length: size }, (_, k) => ({ x: x[k]!, y: y[k]! }))
  }
}
