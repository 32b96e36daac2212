// What a phone that saves power writes of what its receiver says: seldom, in bursts, late, from cafés’ networks, and nothing in tunnels.
import type { Random } from './random.ts'
import { gauss, type Moment } from './satellite-trips.ts'

export interface Saving {
  /** Seconds between fixes. */
  readonly every: number
  /** So many fixes, then so many seconds of sleep. */
  readonly burst?: readonly [fixes: number, sleep: number]
  /** Share of fixes that are taken from a café’s network: where the café is, for a while. */
  readonly cafes?: number
  /** No satellites at all: metres that networks are off, the same wherever the same are heard. */
  readonly networks?: number
  /** Share of fixes that are the one before once more, under a new time. */
  readonly late?: number
  readonly tunnels?: readonly [count: number, least: number, most: number]
}

interface Place {
  readonly x: number
  readonly y: number
}

interface Written extends Place {
  readonly second: number
}

/** The first and the last second are always written, as whoever starts and stops a recorder looks at it. */
export function recorded(
  moments: readonly Moment[],
  { places, saving }: { places: readonly Place[]; saving: Saving },
  random: Random,
): Written[] {
  const seconds = awake(moments.length, saving, random)
  const heard = saving.networks ? byNetworks(moments, saving.networks, random) : places
  const written: Written[] = []
  let [cafe, stays] = [{ x: 0, y: 0 }, 0]
  for (const second of seconds) {
    const last = written.at(-1)
    if (last && random() < (saving.late ?? 0)) {
      written.push({ ...last, second })
      continue
    }
    if (stays === 0 && random() < (saving.cafes ?? 0)) {
      const { x, y } = moments[second]!
      cafe = { x: x + 35 * gauss(random), y: y + 35 * gauss(random) }
      stays = 1 + random.below(4)
    }
    written.push({ ...(stays > 0 ? cafe : heard[second]!), second })
    if (stays > 0) stays--
  }
  return written
}

function awake(length: number, { every, burst, tunnels }: Saving, random: Random): number[] {
  const [count, least, most] = tunnels ?? [0, 0, 0]
  const dark = Array.from({ length: count }, () => {
    const lasts = Math.min(least + random() * (most - least), length / 8)
    const from = 30 + random() * Math.max(1, length - lasts - 60)
    return [from, from + lasts] as const
  })
  const seconds: number[] = []
  let inBurst = 0
  for (let second = 0; second < length; ) {
    if (!dark.some(([from, to]) => second > from && second < to)) seconds.push(second)
    inBurst++
    second += every
    if (burst && inBurst >= burst[0]) [inBurst, second] = [0, second + burst[1]]
  }
  if (seconds.at(-1) !== length - 1) seconds.push(length - 1)
  return seconds
}

/** The middle of what is heard: the same error for a hundred metres around, and some from fix to fix. */
function byNetworks(moments: readonly Moment[], metres: number, random: Random): Place[] {
  const errors = new Map<string, Place>()
  const errorAt = (x: number, y: number): Place => {
    const key = `${x} ${y}`
    if (!errors.has(key)) errors.set(key, { x: metres * gauss(random), y: metres * gauss(random) })
    return errors.get(key)!
  }
  return moments.map(({ x, y }) => {
    const [col, row] = [x / 100, y / 100]
    const [fx, fy] = [col - Math.floor(col), row - Math.floor(row)]
    let [east, north] = [0.3 * metres * gauss(random), 0.3 * metres * gauss(random)]
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const share = (i ? fx : 1 - fx) * (j ? fy : 1 - fy)
      const error = errorAt(Math.floor(col) + i, Math.floor(row) + j)
      east += share * error.x
      north += share * error.y
    }
    return { x: x + east, y: y + north }
  })
}
