/** Where the list was left, so that "back" from an entry finds it as it was, without a grey row. Kept for the life of the page. */
import type { WindowVirtualizerHandle } from 'virtua/vue'
import type { Chunk } from './use-entry-rows.ts'

interface ListPlace {
  /** Sizes of the rows as measured. */
  readonly cache: WindowVirtualizerHandle['cache']
  readonly chunks: ReadonlyMap<number, Chunk>
}

let kept: { key: string; length: number; place: ListPlace } | undefined

export function rememberPlace(key: string, length: number, place: ListPlace): void {
  kept = { key, length, place }
}

/** The place in the same list, or nothing when it has changed since. */
export function recallPlace(key: string, length: number): ListPlace | undefined {
  return kept?.key === key && kept.length === length ? kept.place : undefined
}
