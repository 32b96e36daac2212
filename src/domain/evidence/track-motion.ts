// How a track moves, in a few whole numbers that say neither where nor when: enough for the rules of both sides to tell a trip from a phone that
// lay still and from a file that was computed. What each is held against stands in the pack. A modified phone can send what it likes: its caps bound it.
import { metresBetween, type Place } from '../base/place.ts'
import { landmarksOf, repeatsOf } from './landmarks.ts'
import { placesAlong, profileOf, type Run, runsOf } from './speed-profile.ts'
import { tempoOf } from './tempo.ts'
import type { TrackPoint } from './track-grid.ts'

export interface TrackMotion {
  /** Across what was gone about in, but for one fix in twenty. */
  readonly reachMetres: number
  /** The straight way of a minute; a quarter of the minutes made more. */
  readonly strideMetres: number
  /** Of the way: made in single leaps between places where it stood. */
  readonly hopsPerMille: number
  /** How often a standing start ended above 30 km/h within seconds. */
  readonly surges: number
  /** Of the moments in motion: at the very pace of ten seconds before. Absent where fixes are further apart than that. */
  readonly evenPerMille?: number
  /** How far the way done strays from one even pace, over the longest stretch without a gap. */
  readonly strayDecimetres: number
  /** How much the pace differs from minute to minute. Absent of a trip of few minutes. */
  readonly swayPerMille?: number
  /** How far a fix usually lies beside its neighbours. Absent where they are not a second or two away. */
  readonly jitterCentimetres?: number
  /** Of the fixes: on a grid of ten metres. */
  readonly roundPerMille: number
  /** Of the changes of pace: seen before in the same track. */
  readonly repeatsPerMille: number
  /** What a copy of the trip has in common with it; see landmarks.ts. */
  readonly landmarks: string
  /** What one with another clock has; see tempo.ts. Absent in what builds before 2026-12-01 send, and where the backend has not said that it reads it. */
  readonly tempo?: string
}

/** Undefined where nothing was received in motion. */
export function motionOf(stretches: readonly (readonly TrackPoint[])[]): TrackMotion | undefined {
  const runs = runsOf(stretches).filter((run) => run.length > 1)
  const points = runs.flat()
  if (points.length === 0) return undefined
  const even = evenOf(runs)
  const sway = swayOf(runs)
  const jitter = jitterOf(runs)
  return {
    reachMetres: Math.round(reachOf(points)),
    strideMetres: Math.round(strideOf(runs)),
    hopsPerMille: hopsOf(runs),
    surges: runs.reduce((sum, run) => sum + surgesOf(run), 0),
    strayDecimetres: Math.round(10 * strayOf(longest(runs))),
    ...(even === undefined ? {} : { evenPerMille: even }),
    ...(sway === undefined ? {} : { swayPerMille: sway }),
    ...(jitter === undefined ? {} : { jitterCentimetres: jitter }),
    roundPerMille: perMille(points.filter(isRound).length, points.length),
    repeatsPerMille: repeatsOf(runs),
    landmarks: landmarksOf(runs),
    tempo: tempoOf(runs),
  }
}

const perMille = (some: number, all: number) => (all === 0 ? 0 : Math.round((1000 * some) / all))

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

function rank(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function reachOf(points: readonly Place[]): number {
  const centre = {
    lat: rank(
      points.map(({ lat }) => lat),
      0.5,
    ),
    lon: rank(
      points.map(({ lon }) => lon),
      0.5,
    ),
  }
  return (
    2 *
    rank(
      points.map((point) => metresBetween(centre, point)),
      0.95,
    )
  )
}

const MINUTE_SECONDS = 60

/** Of what was recorded for less than a minute: the straight way that would have become of it. */
function strideOf(runs: readonly Run[]): number {
  const chords = runs.flatMap((run) => {
    const profile = profileOf(run, { half: MINUTE_SECONDS / 2, smooth: 0 })
    const seconds = (run.at(-1)!.at - run[0]!.at) / 1000
    return profile?.speeds ?? [metresBetween(run[0]!, run.at(-1)!) / Math.max(1, seconds)]
  })
  return rank(chords, 0.75) * MINUTE_SECONDS
}

/** Two receivers' errors between houses: what is less may be one place. */
const HOP_METRES = 120
/** Beside its usual steps. */
const HOP_TIMES = 3
/** Longer runs of leaps are a ride that is recorded sparingly. */
const HOPS_IN_A_ROW_MAX = 2

/** Where there are so few, one that stood is as good as the middle one. */
const FEW_STEPS = 12
const STOOD_METRES = 40
const STEPS_TOGETHER = 3
/** There and back again within two steps. */
const BACK_METRES = 60

function hopsOf(runs: readonly Run[]): number {
  const all = runs.map((run) => run.slice(1).map((point, i) => metresBetween(run[i]!, point)))
  const steps = all.flat()
  const calm = rank(steps, 0.25)
  const usual = steps.length < FEW_STEPS && calm < STOOD_METRES ? calm : rank(steps, 0.5)
  const least = Math.max(HOP_METRES, HOP_TIMES * usual)
  let [hopped, gone] = [0, 0]
  all.forEach((each, at) => {
    const run = runs[at]!
    const isBack = (i: number) =>
      Math.min(each[i] ?? 0, each[i + 1] ?? 0) >= HOP_METRES &&
      metresBetween(run[i]!, run[i + 2]!) < BACK_METRES
    const lone = loneLeaps(each, least)
    const isHop = (i: number) => lone.has(i) || isBack(i) || (i > 0 && isBack(i - 1))
    hopped += total(each.filter((_, i) => isHop(i)))
    gone += wayBetween(run, isHop)
  })
  return perMille(hopped, hopped + gone)
}

/** Without the leaps, and straight over some steps: where one stood, a receiver's error comes back and is no way. */
function wayBetween(run: Run, isHop: (step: number) => boolean): number {
  let [metres, from] = [0, 0]
  for (let i = 1; i < run.length; i++) {
    const isLast = i === run.length - 1 || isHop(i)
    if (isHop(i - 1)) from = i
    else if (isLast || i - from === STEPS_TOGETHER) {
      metres += metresBetween(run[from]!, run[i]!)
      from = i
    }
  }
  return metres
}

/** Places of the leaps that are not part of a longer run of them. */
function loneLeaps(steps: readonly number[], least: number): ReadonlySet<number> {
  const lone = new Set<number>()
  let row: number[] = []
  steps.forEach((step, i) => {
    row = step >= least ? [...row, i] : []
    const isLast = !(steps[i + 1]! >= least)
    if (isLast && row.length <= HOPS_IN_A_ROW_MAX) for (const place of row) lone.add(place)
  })
  return lone
}

/** In metres per second: 30 km/h, the limit of cycling on average; what is kept of it for some seconds; as good as standing. */
const SURGE = { fast: 8.33, kept: 7.5, keptSeconds: 8, slow: 2, withinSeconds: 12, half: 5, smooth: 3 }

function surgesOf(run: Run): number {
  const { speeds } = profileOf(run, SURGE) ?? { speeds: [] }
  let surges = 0
  let slowAt = Number.NEGATIVE_INFINITY
  speeds.forEach((speed, i) => {
    if (speed < SURGE.slow) slowAt = i
    if (speed < SURGE.fast || i - slowAt > SURGE.withinSeconds) return
    slowAt = Number.NEGATIVE_INFINITY
    if (speeds.slice(i, i + SURGE.keptSeconds).every((kept) => kept >= SURGE.kept)) surges++
  })
  return surges
}

const EVEN = { half: 5, smooth: 0, apartSeconds: 10, share: 0.02, stepSecondsMax: 12 }
const MOVING_METRES_PER_SECOND = 0.6

function evenOf(runs: readonly Run[]): number | undefined {
  if (usualStep(runs) > EVEN.stepSecondsMax) return undefined
  let [even, all] = [0, 0]
  for (const run of runs) {
    const { speeds } = profileOf(run, EVEN) ?? { speeds: [] }
    for (let i = EVEN.apartSeconds; i < speeds.length; i++) {
      const [before, now] = [speeds[i - EVEN.apartSeconds]!, speeds[i]!]
      if (Math.min(before, now) < MOVING_METRES_PER_SECOND) continue
      all++
      if (Math.abs(now - before) < EVEN.share * before) even++
    }
  }
  return all < MINUTE_SECONDS ? undefined : perMille(even, all)
}

const longest = (runs: readonly Run[]) =>
  runs.reduce((one, other) => (other.length > one.length ? other : one))

/** Root mean square, in metres, around the straight line through time and way. */
function strayOf(run: Run): number {
  let way = 0
  const ways = run.map((point, i) => {
    if (i > 0) way += metresBetween(run[i - 1]!, point)
    return way
  })
  const times = run.map(({ at }) => (at - run[0]!.at) / 1000)
  const [meanTime, meanWay] = [total(times) / run.length, total(ways) / run.length]
  const [apart, spread] = times.reduce(
    ([a, b], time, i) => [a + (time - meanTime) * (ways[i]! - meanWay), b + (time - meanTime) ** 2],
    [0, 0],
  )
  const pace = spread > 0 ? apart / spread : 0
  const squares = times.map((time, i) => (ways[i]! - meanWay - pace * (time - meanTime)) ** 2)
  return Math.sqrt(total(squares) / run.length)
}

/** Pieces of so many metres at the usual pace are short enough to cut no corner; a window of them is so long that a receiver's error is small beside it. */
const SWAY = { pieceMetres: 18, pieceSecondsMin: 3, pieceSecondsMax: 20, pieces: 15, windowsMin: 5 }

/** A piece that is straighter has no corner: cos 0.2. */
const CORNER_SHARE = 0.96

/** The lesser of two: straight lines cut corners, which looks like a change of pace, and a way round them adds noise. An even pace is even by one. */
function swayOf(runs: readonly Run[]): number | undefined {
  const usual = usualPace(runs)
  const wanted = Math.round(SWAY.pieceMetres / Math.max(MOVING_METRES_PER_SECOND, usual))
  const seconds = Math.min(SWAY.pieceSecondsMax, Math.max(SWAY.pieceSecondsMin, wanted))
  const pieces = runs.map((run) => piecesOf(run, seconds))
  const straight = spreadOf(pieces.map((each) => each.map((piece) => piece.straight / seconds)))
  const round = spreadOf(pieces.map((each) => each.map((piece) => piece.round / seconds)))
  return straight === undefined ? undefined : Math.min(straight, round ?? straight)
}

/** Windows in which somebody stood are left out: it is the pace that is judged, not the lights. */
function spreadOf(runs: readonly (readonly number[])[]): number | undefined {
  const means = runs.flatMap((speeds) => {
    const windows = Array.from({ length: Math.floor(speeds.length / SWAY.pieces) }, (_, i) =>
      speeds.slice(i * SWAY.pieces, (i + 1) * SWAY.pieces),
    )
    return windows.flatMap((window) => {
      const mean = total(window) / SWAY.pieces
      return window.filter((speed) => speed < mean / 2).length <= 1 ? [mean] : []
    })
  })
  if (means.length < SWAY.windowsMin) return undefined
  const mean = total(means) / means.length
  return perMille(Math.sqrt(total(means.map((each) => (each - mean) ** 2)) / means.length), mean)
}

function usualPace(runs: readonly Run[]): number {
  const speeds = runs.flatMap((run) => profileOf(run, { half: 10, smooth: 0 })?.speeds ?? [])
  return rank(
    speeds.filter((speed) => speed > MOVING_METRES_PER_SECOND),
    0.5,
  )
}

/** In metres, from one end to the other; `round`: by way of its middle, where there is a corner. */
function piecesOf(run: Run, seconds: number): { straight: number; round: number }[] {
  const placeAt = placesAlong(run)
  const halves: Place[] = []
  for (let second = Math.ceil(run[0]!.at / 1000); second <= run.at(-1)!.at / 1000; second += seconds / 2)
    halves.push(placeAt(second))
  return Array.from({ length: Math.max(0, (halves.length - 1) >> 1) }, (_, i) => {
    const [from, middle, to] = [halves[2 * i]!, halves[2 * i + 1]!, halves[2 * i + 2]!]
    const straight = metresBetween(from, to)
    const round = metresBetween(from, middle) + metresBetween(middle, to)
    return { straight, round: straight < CORNER_SHARE * round ? round : straight }
  })
}

const NEIGHBOURS_MS_MAX = 4000
const TRIPLES_MIN = 60

function jitterOf(runs: readonly Run[]): number | undefined {
  const besides = runs.flatMap((run) =>
    run.slice(1, -1).flatMap((point, i) => {
      const [before, after] = [run[i]!, run[i + 2]!]
      if (after.at - before.at > NEIGHBOURS_MS_MAX) return []
      const middle = { lat: (before.lat + after.lat) / 2, lon: (before.lon + after.lon) / 2 }
      return [metresBetween(point, middle)]
    }),
  )
  return besides.length < TRIPLES_MIN ? undefined : Math.round(100 * rank(besides, 0.5))
}

const GRID_PER_DEGREE = 1e4
const ROUNDING = 0.01

function isRound({ lat, lon }: Place): boolean {
  return [lat, lon].every((degrees) => {
    const units = degrees * GRID_PER_DEGREE
    return Math.abs(units - Math.round(units)) < ROUNDING
  })
}

function usualStep(runs: readonly Run[]): number {
  return rank(
    runs.flatMap((run) => run.slice(1).map(({ at }, i) => (at - run[i]!.at) / 1000)),
    0.5,
  )
}
