// A receiver that heard nothing new says its last place once more, under a new time. Only the first time is true: the second would make a stand of one step
// and a leap of the next, and a corner between them is cut.
import { type Fix, metresBetween } from './track-grid.ts'

const STAND_SECONDS = 8 // at the very same place: nobody waits so long for a new one, somebody stood
const LEAP_METRES = 4 // to the next; who hardly moves is now and then twice at one place of a grid of a metre

/** Each place once from which one went on at a leap; those at which somebody stood, and those that somebody was thrown to and back from, as they are. */
export function withoutRepeats(fixes: readonly Fix[]): Fix[] {
  const kept: Fix[] = []
  for (let first = 0; first < fixes.length; ) {
    const [before, fix] = [kept.at(-1), fixes[first]!]
    let next = first + 1
    while (fixes[next] && isSamePlace(fix, fixes[next]!)) next++
    const after = fixes[next]
    const isStand = fixes[next - 1]!.second - fix.second > STAND_SECONDS
    const goesOn =
      before !== undefined &&
      after !== undefined &&
      metresBetween(fix, after) >= LEAP_METRES &&
      metresBetween(before, after) >= metresBetween(before, fix)
    if (isStand || !goesOn) kept.push(...fixes.slice(first, next))
    else kept.push(fix)
    first = next
  }
  return kept
}

const isSamePlace = (a: Fix, b: Fix) => a.lat === b.lat && a.lon === b.lon
