/** Lays the grid of a code over a picture as well as it goes: by the modules that are light or dark whatever the code says. */
import type { Guess } from './finders.ts'
import { at, NOTHING, type Plane, valueIn } from './plane.ts'
import { FINDER, type QrSymbol } from './symbol.ts'

/** The middles of the finders and of the fourth corner, x before y: tl, tr, br, bl. */
export type Quad = readonly number[]

interface Fit {
  readonly quad: Quad
  /** How far known modules are from the middle between light and dark, on their own side of it: 127 at most. */
  readonly score: number
}

/** Where a module of the square between the finders lies in the picture: u and v from 0 to 1. */
export function placeIn([x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0]: Quad) {
  const [dx, dy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3]
  const [ax, ay, bx, by] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2]
  const below = ax * by - bx * ay
  const g = (dx * by - bx * dy) / below
  const h = (ax * dy - dx * ay) / below
  const [a, b, d, e] = [x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3]
  return {
    x: (u: number, v: number) => (a * u + b * v + x0) / (g * u + h * v + 1),
    y: (u: number, v: number) => (d * u + e * v + y0) / (g * u + h * v + 1),
  }
}

/** @returns what a grid between four corners is worth, by those of the known modules. */
function scorer(symbol: QrSymbol, plane: Plane, known: QrSymbol['known']): (quad: Quad) => number {
  const across = symbol.size - 2 * FINDER
  const us = Float64Array.from(known, ({ x }) => (x + 0.5 - FINDER) / across)
  const vs = Float64Array.from(known, ({ y }) => (y + 0.5 - FINDER) / across)
  const signs = Int8Array.from(known, ({ isDark }) => (isDark ? -1 : 1))
  return (quad) => {
    const place = placeIn(quad)
    let sum = 0
    for (let i = 0; i < us.length; i++) {
      const [u, v] = [at(us, i), at(vs, i)]
      sum += at(signs, i) * (valueIn(plane, place.x(u, v), place.y(u, v)) - NOTHING)
    }
    return sum / us.length
  }
}

/** Corners that were only guessed are this far away at most, in modules. */
const FOURTH_REACH = 8
const THIRD_REACH = 4

/** Of 127: of what lies worse over the picture before it is moved, none was a code. */
const ROUGH_MIN = 35

/** @param plane with its light evened out. */
export function fitOf(guess: Guess, symbol: QrSymbol, plane: Plane): Fit {
  const scoreOf = scorer(symbol, plane, symbol.known)
  const { tl, tr, br, bl, guessed } = guess
  const quad = [tl, tr, br, bl].flatMap(({ x, y }) => [x, y])
  const module = (Math.hypot(tr.x - bl.x, tr.y - bl.y) * Math.SQRT1_2) / (symbol.size - 2 * FINDER)
  let best: Fit = { quad, score: scoreOf(quad) }
  const around = (reach: number, corners: readonly number[], worth = scoreOf) => {
    const from = best.quad
    let most = worth(from)
    for (let down = -reach; down <= reach; down++)
      for (let right = -reach; right <= reach; right++) {
        const moved = from.map((value, i) =>
          corners.includes(i >> 1) ? value + module * (i % 2 === 0 ? right : down) : value,
        )
        const score = worth(moved)
        if (score <= most) continue
        most = score
        best = { quad: moved, score: scoreOf(moved) }
      }
  }
  // A third corner that was not seen takes the fourth along.
  if (guessed) around(THIRD_REACH, guessed === 'tr' ? [1, 2] : guessed === 'bl' ? [3, 2] : [0])
  const near = symbol.known.filter(({ x, y }) => Math.min(x, y) > symbol.size / 3)
  around(FOURTH_REACH, [2], scorer(symbol, plane, near))
  return best.score < ROUGH_MIN ? best : climbed(best, module, scoreOf)
}

/** Of one step: a grid that still gets better then is far from any code. */
const ROUNDS_MAX = 20

/** Each coordinate a little to and fro, less and less, as long as it gets better. */
function climbed(from: Fit, module: number, scoreOf: (quad: Quad) => number): Fit {
  let best = from
  for (let step = module; step > module / 16; step /= 2)
    for (
      let [round, before] = [0, Number.NEGATIVE_INFINITY];
      round < ROUNDS_MAX && best.score > before;
      round++
    ) {
      before = best.score
      for (let i = 0; i < 8; i++)
        for (const way of [-step, step]) {
          const quad = best.quad.map((value, k) => (k === i ? value + way : value))
          const score = scoreOf(quad)
          if (score > best.score) best = { quad, score }
        }
    }
  return best
}
