/** The order that a list of the desk has by itself: in the words of its rows' keys, which are compared as text. */
import type { Instant } from '../../../src/domain/base/time.ts'

/** Later than anything, so that the newest has the smallest key; as many digits as any. */
const NEWEST = 9_999_999_999_999

export function newestFirst(at: Instant, id: string): string {
  return `${NEWEST - at} ${id}`
}

/** What somebody may still have to see to stands before what is over, of which the last comes first. */
export function soonestFirst({
  id,
  startsAt,
  isOver,
}: {
  id: string
  startsAt: Instant
  isOver: boolean
}): string {
  return isOver ? `1 ${newestFirst(startsAt, id)}` : `0 ${String(startsAt).padStart(13, '0')} ${id}`
}
