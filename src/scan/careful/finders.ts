/**
 * Where the three finders of a code may be, also where one is cracked or under a lamp: by rings of light and dark around a place, whichever way the
 * code is turned. Any two that fit each other say where the third may be.
 */
import { at, NOTHING, type Plane, type Point } from './plane.ts'
import { FINDER } from './symbol.ts'

interface Finder extends Point {
  /** Pixels of a module. */
  readonly module: number
  readonly score: number
}

/** The middles of the finders, in pixels of the plane. */
export interface Corners {
  readonly tl: Point
  readonly tr: Point
  readonly bl: Point
  /** Where a fourth would be; only guessed. */
  readonly br: Point
}

export interface Guess extends Corners {
  /** One of them was not seen. */
  readonly guessed?: 'tr' | 'bl' | 'tl'
  readonly score: number
}

/** Distance in modules, whether it is dark there, and of how many places around the middle, with what weight. */
const RINGS = [
  { away: 0, sign: -1, count: 1, weight: 1 },
  { away: 0.9, sign: -1, count: 8, weight: 1.5 },
  { away: 2.1, sign: 1, count: 16, weight: 3 },
  { away: 3.45, sign: -1, count: 16, weight: 1.5 },
] as const

/** Of the largest that there can be, 7 × 127: half of it is gone behind the worst cracks. */
const SCORE_MIN = 300
/** What is less than so much by the first places, each more than all before: most places are no finder, and quickly so. */
const SCORE_UNTIL = [
  { places: 1, least: 20 },
  { places: 9, least: 100 },
  { places: 25, least: 200 },
  { places: 41, least: SCORE_MIN },
] as const
/** Pixels of a module at half the size: from a code across half of the picture to one that fills it. */
const MODULES = [2, 2.6, 3.2, 3.9, 4.7, 5.7] as const
const FINDERS_MAX = 12

/** The best first, none upon another. @param plane with its light evened out. */
export function findersIn(plane: Plane): Finder[] {
  const found = MODULES.flatMap((module) => findersOfSize(plane, module)).sort((a, b) => b.score - a.score)
  const kept: Finder[] = []
  for (const each of found) {
    const isOther = (one: Finder) => distance(one, each) >= 5 * Math.max(one.module, each.module)
    if (kept.every(isOther)) kept.push(each)
    if (kept.length === FINDERS_MAX) break
  }
  return kept
}

function findersOfSize({ data, width, height }: Plane, module: number): Finder[] {
  const places = RINGS.flatMap(({ away, sign, count, weight }) =>
    Array.from({ length: count }, (_, i) => {
      const turn = (2 * Math.PI * i) / count + 0.1
      const [x, y] = [Math.round(Math.cos(turn) * away * module), Math.round(Math.sin(turn) * away * module)]
      return { offset: y * width + x, weight: (sign * weight) / count }
    }),
  )
  const offsets = Int32Array.from(places, ({ offset }) => offset)
  const weights = Float64Array.from(places, ({ weight }) => weight)
  const scoreAt = (middle: number): number | undefined => {
    let [score, i] = [0, 0]
    for (const { places: end, least } of SCORE_UNTIL) {
      for (; i < end; i++) score += at(weights, i) * (at(data, middle + at(offsets, i)) - NOTHING)
      if (score < least) return undefined
    }
    return score
  }
  const reach = Math.ceil(FINDER * module) + 1
  const stride = Math.max(1, Math.floor(module / 2))
  const found: Finder[] = []
  for (let y = reach; y < height - reach; y += stride)
    for (let x = reach; x < width - reach; x += stride) {
      const score = scoreAt(y * width + x)
      if (score !== undefined) found.push({ x, y, module, score })
    }
  return found
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

/** From finder to finder along a side: in modules, which are measured roughly, the more so from aside. */
interface Side {
  readonly least: number
  readonly most: number
}

/** Three that stand as the finders of a code do. The best first. */
export function triplesOf(finders: readonly Finder[], side: Side, count: number): Guess[] {
  const made: Guess[] = []
  for (const tl of finders)
    for (const tr of finders)
      for (const bl of finders) {
        if (tl === tr || tl === bl || tr === bl) continue
        const score = shapeOf({ tl, tr, bl }, side)
        if (score !== undefined) made.push({ tl, tr, bl, br: fourthOf(tl, tr, bl), score })
      }
  return made.sort((a, b) => b.score - a.score).slice(0, count)
}

/** What it costs to be seen from the side: a right angle and two equal sides are worth as much as a good ring. */
const SLANT_COST = 150

function shapeOf({ tl, tr, bl }: Record<'tl' | 'tr' | 'bl', Finder>, side: Side): number | undefined {
  const [right, down] = [distance(tl, tr), distance(tl, bl)]
  const [ax, ay, bx, by] = [tr.x - tl.x, tr.y - tl.y, bl.x - tl.x, bl.y - tl.y]
  const slant = Math.abs((ax * bx + ay * by) / (right * down))
  const isMirrored = ax * by - ay * bx <= 0
  const modules = (1.5 * (right + down)) / (tl.module + tr.module + bl.module)
  const isSide = modules >= side.least && modules <= side.most
  const uneven = Math.abs(Math.log(right / down))
  if (isMirrored || !isSide || slant > 0.5 || uneven > Math.LN2) return undefined
  return tl.score + tr.score + bl.score - SLANT_COST * (slant + uneven)
}

function fourthOf(tl: Point, tr: Point, bl: Point): Point {
  return { x: tr.x + bl.x - tl.x, y: tr.y + bl.y - tl.y }
}

/** Of a side of a small code, and of its diagonal: a pair is not seen from far aside. */
const PAIR_MODULES = { side: { least: 30, most: 50 }, diagonal: { least: 44, most: 68 } } as const
const PAIR_UNEVEN_MAX = 1.3

/** Two of the best that may be of one code, each way in which they may be it: the third is put where it would be, seen from the front. */
export function pairsOf(finders: readonly Finder[], count: number): Guess[] {
  const made: Guess[] = []
  const best = finders.slice(0, 4)
  for (const [i, one] of best.entries())
    for (const other of best.slice(i + 1)) {
      const score = one.score + other.score
      const uneven = Math.max(one.module / other.module, other.module / one.module)
      if (uneven <= PAIR_UNEVEN_MAX) made.push(...rolesOf(one, other).map((roles) => ({ ...roles, score })))
    }
  return made.sort((a, b) => b.score - a.score).slice(0, count)
}

function rolesOf(one: Finder, other: Finder): (Corners & Pick<Guess, 'guessed'>)[] {
  const modules = (2 * distance(one, other)) / (one.module + other.module)
  const is = ({ least, most }: Side) => modules >= least && modules <= most
  const sides = is(PAIR_MODULES.side)
    ? [
        [one, other],
        [other, one],
      ].flatMap(([a = one, b = other]) => {
        // In pixels y goes down: a quarter to the right of (x, y) is (-y, x).
        const bl = { x: a.x - (b.y - a.y), y: a.y + (b.x - a.x) }
        const tr = { x: a.x + (b.y - a.y), y: a.y - (b.x - a.x) }
        return [
          { tl: a, tr: b, bl, br: fourthOf(a, b, bl), guessed: 'bl' as const },
          { tl: a, tr, bl: b, br: fourthOf(a, tr, b), guessed: 'tr' as const },
        ]
      })
    : []
  if (!is(PAIR_MODULES.diagonal)) return sides
  const diagonals = [
    [one, other],
    [other, one],
  ].map(([tr = one, bl = other]) => {
    const [x, y] = [(tr.x + bl.x) / 2, (tr.y + bl.y) / 2]
    const [dx, dy] = [(tr.x - bl.x) / 2, (tr.y - bl.y) / 2]
    return {
      ...{ tr, bl, guessed: 'tl' as const },
      tl: { x: x + dy, y: y - dx },
      br: { x: x - dy, y: y + dx },
    }
  })
  return [...sides, ...diagonals]
}
