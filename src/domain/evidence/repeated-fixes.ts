// A receiver that heard nothing new says its last place once more, under a new time. Only the first time is true: the second would make a stand of one step
// and a leap of the next, and a corner between them is cut.
import type { Fix } from './track-grid.ts'

const STAND_SECONDS = 8 // at the very same place: nobody waits so long for a new one, somebody stood

/** Each place once, but where somebody stood: there as long as that was. */
export function withoutRepeats(fixes: readonly Fix[]): Fix[] {
  let first = 0
  return fixes.filter((fix, i) => {
    if (!isSamePlace(fix, fixes[i - 1])) first = i
    if (i === first) return true
    const isLast = !isSamePlace(fix, fixes[i + 1])
    return isLast && (i === fixes.length - 1 || fix.second - fixes[first]!.second > STAND_SECONDS)
  })
}

const isSamePlace = (a: Fix, b: Fix | undefined) => b !== undefined && a.lat === b.lat && a.lon === b.lon
