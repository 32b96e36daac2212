/** Times in the desk's forms: of Shandong, as the browser's field writes them, `2026-11-29T18:00`. */
import { type Instant, isRealTime, zonedTime } from '../domain/base/time.ts'

export function localTime(at: Instant): string {
  return zonedTime(at).slice(0, 16)
}

/** Undefined: no time that exists stands there. */
export function timeIn(local: string): Instant | undefined {
  const text = `${local}:00+08:00`
  return isRealTime(text) ? Date.parse(text) : undefined
}
