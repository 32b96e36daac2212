/** Where a key leads in a list of rows, as the pattern of grids has it. */

/** About a screenful, so that nothing is jumped over unseen. */
const PAGE_ROWS = 10

/** Undefined: not a key that moves. */
export function rowAfterKey(key: string, at: number, count: number): number | undefined {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE_ROWS,
    PageUp: at - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined || count === 0 ? undefined : Math.min(Math.max(to, 0), count - 1)
}
