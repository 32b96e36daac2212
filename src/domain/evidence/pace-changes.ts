// Where the pace rose and fell: what landmarks are made of.

/** Metres per second, one a second. */
type Speeds = ArrayLike<number>

/** The middle of a rise or a fall of the pace. */
export interface Change {
  /** Seconds after the first of the speeds. */
  readonly at: number
  readonly isRise: boolean
  readonly speed: number
}

/** Of its own, beside those by which tracks are measured: the hashes of every trip that is kept depend on it. */
const STANDING_METRES_PER_SECOND = 0.5

/** The middle one of the moments in motion. */
export function usualSpeed(runs: readonly Speeds[]): number {
  const moving: number[] = []
  for (const speeds of runs)
    for (let i = 0; i < speeds.length; i++)
      if (speeds[i]! > STANDING_METRES_PER_SECOND) moving.push(speeds[i]!)
  return Float64Array.from(moving).sort()[moving.length >> 1] ?? 0
}

/** `least`: how large a change is one. */
export function changesIn(speeds: Speeds, least: number): Change[] {
  const turns = least > 0 ? turnsOf(speeds, least) : []
  return turns.slice(1).map((turn, i) => middleOf(speeds, turns[i]!, turn))
}

/** Peaks and valleys in turn, each at least so far from the one before. What lies before the first and after the last is cut off somewhere. */
function turnsOf(speeds: Speeds, least: number): number[] {
  const turns: number[] = []
  let [low, high, isRising] = [0, 0, undefined as boolean | undefined]
  for (let i = 0; i < speeds.length; i++) {
    const speed = speeds[i]!
    if (speed < speeds[low]!) low = i
    if (speed > speeds[high]!) high = i
    const isPeak = isRising !== false && speeds[high]! - speed >= least
    const isValley = isRising !== true && speed - speeds[low]! >= least
    if (!isPeak && !isValley) continue
    const turn = isPeak ? high : low
    if (isRising !== undefined || turn > 0) turns.push(turn)
    isRising = !isPeak
    low = high = i
  }
  return turns
}

/** Where half of the change is done, which is told more closely than where it began. */
function middleOf(speeds: Speeds, start: number, end: number): Change {
  const speed = (speeds[start]! + speeds[end]!) / 2
  const isRise = speeds[end]! > speeds[start]!
  let i = start
  while (i < end - 1 && (isRise ? speeds[i + 1]! < speed : speeds[i + 1]! > speed)) i++
  const step = speeds[i + 1]! - speeds[i]!
  return { at: i + (step === 0 ? 0 : (speed - speeds[i]!) / step), isRise, speed }
}

/** FNV-1a over the numbers, stirred as murmur3 ends, so that the smallest are a fair choice; the upper 24 bits. */
export function mixed(numbers: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const number of numbers) hash = Math.imul(hash ^ (number & 0xffff), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) >>> 8
}
