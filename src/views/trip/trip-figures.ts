/** A trip's figures in words, once for page and bar. */
import { formatNumber } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'

/** 0:42, 12:05, 1:02:03: runs, so that it is written as a clock. */
export function lastedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes)
  return `${head}:${two(seconds % 60)}`
}

/** 0.00 km from the first metre: a number that jumps from metres to kilometres is hard to read at a glance. */
export function runningKm(metres: number, language: Language): string {
  return metres < 10_000
    ? (Math.floor(metres / 10) / 100).toFixed(2)
    : formatNumber(metres / 1000, language, 1)
}
