// How much somebody usually changes course and pace: a walker hardly, a bus in a jam all the time. What a trip shows of it elsewhere says what a sudden
// movement in it may be.
import type { Spot } from './track-plane.ts'

const PIECE_SECONDS = 8 // so long that a fix's noise is small beside the way, so short that a start shows
const USUAL_RANK = 0.4 // of the pieces: below the middle one, which a fix in five that lies aside would reach
const USUAL_SHARE = 0.44 // of what that piece shows: most changes are spread over it
const PIECES_MIN = 5
const UNKNOWN = 0.5
const AGILITY = { least: 0.15, most: 2 }

interface Middle extends Spot {
  readonly fixes: number
}

/** Metres per second by which the velocity usually changes within a second, and with the root of more of them. */
export function agilityOf(spots: readonly Spot[], noise: number): number {
  const squares: number[] = []
  for (let from = 0; from < spots.length; ) {
    const start = spots[from]!.second
    const ends = [1, 2, 3].map((pieces) => firstFrom(spots, from, start + pieces * PIECE_SECONDS))
    if (ends[2]! >= spots.length) break
    const pieces = ends.map((end, i) => middleOf(spots, ends[i - 1] ?? from, end))
    const change = changeOf(pieces, noise)
    if (change !== undefined) squares.push(change)
    from += Math.max(1, (ends[0]! - from) >> 1)
  }
  if (squares.length < PIECES_MIN) return UNKNOWN
  squares.sort((a, b) => a - b)
  const usual = Math.sqrt(Math.max(0, squares[Math.floor(squares.length * USUAL_RANK)]!))
  return Math.min(AGILITY.most, Math.max(AGILITY.least, USUAL_SHARE * usual))
}

/** Squared, without what noise alone makes of it. */
function changeOf([a, b, c]: readonly (Middle | undefined)[], noise: number): number | undefined {
  if (!a || !b || !c) return undefined
  const [before, after] = [b.second - a.second, c.second - b.second]
  const x = (c.x - b.x) / after - (b.x - a.x) / before
  const y = (c.y - b.y) / after - (b.y - a.y) / before
  const ofNoise = (12 * noise * noise) / b.fixes / PIECE_SECONDS ** 2
  return (x * x + y * y - ofNoise) / PIECE_SECONDS
}

function firstFrom(spots: readonly Spot[], from: number, second: number): number {
  let i = from
  while (i < spots.length && spots[i]!.second < second) i++
  return i
}

function middleOf(spots: readonly Spot[], from: number, end: number): Middle | undefined {
  const fixes = end - from
  if (fixes === 0) return undefined
  let [second, x, y] = [0, 0, 0]
  for (let i = from; i < end; i++) {
    second += spots[i]!.second
    x += spots[i]!.x
    y += spots[i]!.y
  }
  return { second: second / fixes, x: x / fixes, y: y / fixes, fixes }
}
