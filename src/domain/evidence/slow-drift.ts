// How far a receiver glides beside the way for half a minute, which no two neighbouring fixes show. It errs to all sides alike, and nobody does: a road that bends
// shows across and not along, a pace that changes along and not across. So whichever shows less is the most that was the receiver's.
import { median, type Spot } from './track-plane.ts'

/** A chord reaches so far before and after: over more of the way it holds corners, over more time a stop. */
const LAG_METRES = 35
const LAG_SECONDS = { least: 8, most: 25 }
const LAG_METRES_MAX = 90 // further, of a thin track, the way itself is all that shows
const LAG_SHARE = { least: 0.7, most: 2 } // how much shorter or longer than the lag a piece may be
const SLOWEST = 0.3 // m/s
const ON_SHARE = 0.5 // of the usual pace: where one hardly gets on, there is no along
const FEW = 20
const MEDIAN_OF_NORMAL = 0.6745
/** After so long a third of an error is left. Receivers keep it longer rather than shorter; taken longer here, what a bus changes of its pace would be a drift. */
const MEMORY_SECONDS = 9

interface Usual {
  /** Metres per second while on the move, and seconds from fix to fix. */
  readonly pace: number
  readonly every: number
  /** Metres that single fixes are off: no glide. */
  readonly noise: number
}

/** Metres in one direction; undefined where the track does not tell. */
export function slowDriftOf(spots: readonly Spot[], { pace, every, noise }: Usual): number | undefined {
  const wanted = LAG_METRES / Math.max(SLOWEST, pace)
  const lag = Math.max(every, Math.min(LAG_SECONDS.most, Math.max(LAG_SECONDS.least, wanted)))
  if (lag * pace > LAG_METRES_MAX) return undefined
  const { along, across } = asideWithin(spots, { lag, slowest: ON_SHARE * pace })
  if (along.length < FEW) return undefined
  const metres = Math.min(median(along), median(across)) / MEDIAN_OF_NORMAL
  return Math.sqrt(Math.max(0, metres * metres - noise * noise) / shownWithin(lag))
}

/** The share of a drift's square that the middle of three shows beside those so many seconds before and after: what all three are off together, it does not. */
function shownWithin(seconds: number): number {
  const kept = Math.exp(-seconds / MEMORY_SECONDS)
  return 1 - (4 * kept - kept * kept) / 3
}

/** Metres by which each spot is off where an even pace from the one before it to the one after it would be, as the deviation of one of the three. */
function asideWithin(spots: readonly Spot[], { lag, slowest }: { lag: number; slowest: number }) {
  const [along, across]: [number[], number[]] = [[], []]
  let [before, after] = [0, 0]
  spots.forEach((spot, i) => {
    while (before < i && spots[before + 1]!.second <= spot.second - lag) before++
    while (after < spots.length - 1 && spots[after]!.second < spot.second + lag) after++
    const [a, c] = [spots[before]!, spots[after]!]
    const [since, until] = [spot.second - a.second, c.second - spot.second]
    if ([since, until].some((span) => span < LAG_SHARE.least * lag || span > LAG_SHARE.most * lag)) return
    const [x, y] = [c.x - a.x, c.y - a.y]
    const metres = Math.hypot(x, y)
    if (metres < slowest * (since + until)) return
    const share = since / (since + until)
    const [east, north] = [spot.x - a.x - share * x, spot.y - a.y - share * y]
    const ofOne = Math.sqrt(1 + share * share + (1 - share) ** 2)
    along.push(Math.abs(east * x + north * y) / metres / ofOne)
    across.push(Math.abs(east * y - north * x) / metres / ofOne)
  })
  return { along, across }
}
