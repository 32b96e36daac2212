/** Where the list was left, so that "back" from an entry finds it as it was. Kept for the life of the page. */
import type { WindowVirtualizerHandle } from 'virtua/vue'

/** Sizes of the rows as measured. */
export type CacheSnapshot = WindowVirtualizerHandle['cache']

let kept: { key: string; length: number; cache: CacheSnapshot } | undefined

export function rememberPlace(key: string, length: number, cache: CacheSnapshot): void {
  kept = { key, length, cache }
}

/** Measured sizes of the same list, or nothing when it has changed since. */
export function recallPlace(key: string, length: number): CacheSnapshot | undefined {
  return kept?.key === key && kept.length === length ? kept.cache : undefined
}
