/** How many letters apart two words are: put in, left out, or another one. */

/** Longer words are not asked for; of two rows of the table one is filled while the other is read. */
const LENGTH_MAX = 80
const rows = [new Uint8Array(LENGTH_MAX + 1), new Uint8Array(LENGTH_MAX + 1)] as const

/** Whether it takes at most so many. Thousands of words are held against one, so that nothing is made anew for each. */
export function isWithin(most: number, one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > most || other.length > LENGTH_MAX) return false
  let [before, now] = rows
  for (let j = 0; j <= other.length; j++) before[j] = j
  for (let i = 1; i <= one.length; i++) {
    now[0] = i
    let least = i
    for (let j = 1; j <= other.length; j++) {
      const swapped = (before[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const steps = Math.min(swapped, (before[j] as number) + 1, (now[j - 1] as number) + 1)
      now[j] = steps
      if (steps < least) least = steps
    }
    if (least > most) return false
    ;[before, now] = [now, before]
  }
  return (before[other.length] as number) <= most
}
