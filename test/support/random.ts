/** Dice by seed: the same seed throws the same (mulberry32). */

export interface Random {
  /** In [0, 1). */
  (): number
  /** Whole, in [0, end). */
  below(end: number): number
  pick<T>(from: readonly T[]): T
  bytes(count: number): Uint8Array<ArrayBuffer>
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return Object.assign(() => next(), {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    bytes: (count: number) => Uint8Array.from({ length: count }, () => below(256)),
  })
}
