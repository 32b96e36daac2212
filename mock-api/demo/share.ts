/** Chance without dice: what a text always gives, so that a simulation needs no stored state and every process agrees on it. */
import { sha256Hex } from '../base/hash.ts'

/** 0 ≤ share < 1. */
export function shareOf(text: string): number {
  return Number.parseInt(sha256Hex(text).slice(0, 8), 16) / 2 ** 32
}

/** −1 to 1, changing smoothly with `at`: a new value at each whole number, and between them on the way from one to the next. */
export function driftOf(text: string, at: number): number {
  const step = Math.floor(at)
  const way = smoothStep(at - step, { from: 0, to: 1 })
  const [before, after] = [shareOf(`${text} ${step}`), shareOf(`${text} ${step + 1}`)]
  return 2 * (before + (after - before) * way) - 1
}

/** 0 until `from`, 1 after `to`, without a corner in between. */
export function smoothStep(value: number, { from, to }: { from: number; to: number }): number {
  const way = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return way * way * (3 - 2 * way)
}
