// Where the pace rose and fell: what landmarks are made of.
import type { Profile } from './speed-profile.ts'

/** The middle of a rise or a fall of the pace. */
export interface Change {
  readonly at: number
  readonly isRise: boolean
  readonly speed: number
}

const STANDING_METRES_PER_SECOND = 0.5

/** Of each profile. `turn`: how large a change is one, as a share of the usual pace of them all. */
export function changesIn(profiles: readonly Profile[], turn: number): Change[][] {
  const least = usualSpeed(profiles) * turn
  return profiles.map((profile) => changesOf(profile, least))
}

/** The middle one of the moments in motion. */
function usualSpeed(profiles: readonly Profile[]): number {
  const moving = profiles.flatMap(({ speeds }) =>
    speeds.filter((speed) => speed > STANDING_METRES_PER_SECOND),
  )
  return Float64Array.from(moving).sort()[moving.length >> 1] ?? 0
}

function changesOf(profile: Profile, least: number): Change[] {
  const turns = least > 0 ? turnsOf(profile.speeds, least) : []
  return turns.slice(1).map((turn, i) => middleOf(profile, turns[i]!, turn))
}

/** Peaks and valleys in turn, each at least so far from the one before. What lies before the first and after the last is cut off somewhere. */
function turnsOf(speeds: readonly number[], least: number): number[] {
  const turns: number[] = []
  let [low, high, isRising] = [0, 0, undefined as boolean | undefined]
  speeds.forEach((speed, i) => {
    if (speed < speeds[low]!) low = i
    if (speed > speeds[high]!) high = i
    const isPeak = isRising !== false && speeds[high]! - speed >= least
    const isValley = isRising !== true && speed - speeds[low]! >= least
    if (!isPeak && !isValley) return
    const turn = isPeak ? high : low
    if (isRising !== undefined || turn > 0) turns.push(turn)
    isRising = !isPeak
    low = high = i
  })
  return turns
}

/** Where half of the change is done, which is told more closely than where it began. */
function middleOf({ from, speeds }: Profile, start: number, end: number): Change {
  const speed = (speeds[start]! + speeds[end]!) / 2
  const isRise = speeds[end]! > speeds[start]!
  let i = start
  while (i < end - 1 && (isRise ? speeds[i + 1]! < speed : speeds[i + 1]! > speed)) i++
  const step = speeds[i + 1]! - speeds[i]!
  return { at: from + i + (step === 0 ? 0 : (speed - speeds[i]!) / step), isRise, speed }
}

/** FNV-1a over the numbers, stirred as murmur3 ends, so that the smallest are a fair choice; the upper 24 bits. */
export function mixed(numbers: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const number of numbers) hash = Math.imul(hash ^ (number & 0xffff), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) >>> 8
}
