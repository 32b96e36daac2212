/**
 * Rows for a list of any length: read in chunks around what is in view, ahead in the direction of scrolling, and forgotten when far away.
 * Chunks are cut by seq, so that a new entry at the top moves none of them.
 */
import { type Ref, shallowRef, triggerRef, watch } from 'vue'
import { watchedRead } from '../../composables/read-troubles.ts'
import { type EntryRow, readRun, readTargets } from '../../stores/entry-details.ts'
import { faceOfKind } from './kinds/kinds.ts'

/** Large enough that a screen is one or two reads, small enough that a read stays within a frame or two. */
const CHUNK_ROWS = 64
/** About 2,500 rows of some 400 bytes: a megabyte. */
const CHUNKS_KEPT = 40
/** A few screens around where the reader left. */
const CHUNKS_REMEMBERED = 6
const TARGETS_KEPT = 1000
const READS_AT_ONCE = 2

export interface Chunk {
  readonly rows: Map<number, EntryRow>
  /** Of which version of the journal. */
  readonly version: number
}

export function useEntryRows(options: {
  /** Seqs under the filter, newest first. */
  seqs: Ref<readonly number[]>
  /** Changes whenever the journal does: a later record may change an earlier row. */
  version: () => number
  /** What was in view when the list was left: shown at once, so that nothing moves while it is read again. */
  initial?: ReadonlyMap<number, Chunk>
}) {
  const { seqs, version } = options
  /** Most recently used last. */
  const chunks = shallowRef(new Map(options.initial))
  const targets = new Map<string, EntryRow>()
  const running = new Set<number>()
  /** What the latest look around wants, most urgent first: what was wanted a moment ago no longer is. */
  let wanted: number[] = []
  let epoch = 0

  /** Places are counted from the oldest entry, which does not move when newer ones come. */
  const placeOf = (index: number): number => seqs.value.length - 1 - index
  const chunkOf = (index: number): number => Math.floor(placeOf(index) / CHUNK_ROWS)

  /** Index of a seq in the list, by halving: the list falls from newest to oldest. */
  function indexOf(seq: number): number {
    let low = 0
    let high = seqs.value.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = seqs.value[middle] as number
      if (found === seq) return middle
      if (found > seq) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  function rowOf(seq: number): EntryRow | undefined {
    const index = indexOf(seq)
    return index < 0 ? undefined : chunks.value.get(chunkOf(index))?.rows.get(seq)
  }

  /** Reads what is missing of these stretches of entries (indexes, in the order of urgency, each from its first end). */
  function want(stretches: readonly { first: number; last: number }[]): void {
    if (seqs.value.length === 0) return
    const order = new Set<number>()
    for (const { first, last } of stretches) {
      const step = chunkOf(first) <= chunkOf(last) ? 1 : -1
      for (let chunk = chunkOf(first); chunk !== chunkOf(last) + step; chunk += step) order.add(chunk)
    }
    wanted = [...order].filter((chunk) => !isFresh(chunk))
    pump()
  }

  /** A few reads at a time: a queue of stale ones would keep what is in sight waiting. */
  function pump(): void {
    while (running.size < READS_AT_ONCE) {
      const next = wanted.find((chunk) => !running.has(chunk))
      if (next === undefined) return
      wanted = wanted.filter((chunk) => chunk !== next)
      // One that failed stands in the shell with a button, and is wanted again then.
      void load(next).then(pump, () => wanted.push(next))
    }
  }

  /** Also marks it as used, so that the least recently used is forgotten first. */
  function isFresh(chunk: number): boolean {
    const known = chunks.value.get(chunk)
    if (known?.version !== version() || known.rows.size !== rowsIn(chunk)) return false
    chunks.value.delete(chunk)
    chunks.value.set(chunk, known)
    return true
  }

  async function load(chunk: number): Promise<void> {
    const asOf = version()
    running.add(chunk)
    const started = epoch
    try {
      const all = seqs.value.length
      const from = Math.max(0, all - (chunk + 1) * CHUNK_ROWS)
      const asked = seqs.value.slice(from, all - chunk * CHUNK_ROWS)
      const rows = await watchedRead(() => readRun(asked), pump)
      await readAbout(rows)
      if (started !== epoch) return
      chunks.value.delete(chunk)
      chunks.value.set(chunk, { rows: new Map(rows.map((row) => [row.seq, row])), version: asOf })
      for (const oldest of chunks.value.keys()) {
        if (chunks.value.size <= CHUNKS_KEPT) break
        chunks.value.delete(oldest)
      }
      triggerRef(chunks)
    } finally {
      running.delete(chunk)
    }
  }

  function rowsIn(chunk: number): number {
    return Math.min(CHUNK_ROWS, seqs.value.length - chunk * CHUNK_ROWS)
  }

  async function readAbout(rows: readonly EntryRow[]): Promise<void> {
    const wanted = rows.flatMap(({ kind, about, mergedInto }) =>
      [faceOfKind(kind).about === 'entry' ? about : undefined, mergedInto].filter((id) => id !== undefined),
    )
    const missing = wanted.filter((id) => !targets.has(id))
    if (missing.length === 0) return
    if (targets.size > TARGETS_KEPT) targets.clear()
    for (const [id, row] of await readTargets(missing)) targets.set(id, row)
  }

  if (options.initial) {
    const rows = [...options.initial.values()].flatMap((chunk) => [...chunk.rows.values()])
    void watchedRead(
      () => readAbout(rows),
      () => triggerRef(chunks),
    ).then(
      () => triggerRef(chunks),
      () => undefined,
    )
  }

  /** Another filter has other places: nothing read under the old one fits. */
  function forget(): void {
    epoch++
    wanted = []
    running.clear()
    chunks.value = new Map()
  }

  watch(
    () => seqs.value.at(-1),
    (oldest, before) => {
      if (before !== undefined && oldest !== before) forget()
    },
    { flush: 'sync' },
  )

  /** The chunks used last, for when the reader comes back. */
  const latest = (): ReadonlyMap<number, Chunk> => new Map([...chunks.value].slice(-CHUNKS_REMEMBERED))

  return { latest, rowOf, indexOf, want, forget, target: (id: string) => targets.get(id) }
}
