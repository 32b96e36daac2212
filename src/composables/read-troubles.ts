/**
 * Reads that failed or take too long, over the whole page: each is entered here by itself, so that no view can forget to show it. The shell
 * shows them, with one button that tries them all again.
 */
import { computed, shallowReactive } from 'vue'

/** Longer than the slowest honest read of a cheap phone; shorter than a person's patience. */
export const READ_LATE_MS = 5000

export class ReadLateError extends Error {
  override readonly name = 'ReadLateError'
}

interface ReadTrouble {
  readonly error: unknown
  /** Nothing could be shown yet; otherwise an older answer still stands on the screen. */
  readonly isEmpty: boolean
  readonly retry: () => void
}

const troubles = shallowReactive(new Map<symbol, ReadTrouble>())

export const readTroubles = computed(() => [...troubles.values()])

export function retryReads(): void {
  for (const { retry } of [...troubles.values()]) retry()
}

/** One read's own entry. */
export function troubleEntry(): { set(trouble: ReadTrouble): void; clear(): void } {
  const key = Symbol('read')
  return { set: (trouble) => troubles.set(key, trouble), clear: () => troubles.delete(key) }
}

/** A read that is asked once: entered while it fails or is late, and asked again by the shell's button. */
export async function watchedRead<T>(run: () => Promise<T>, again: () => void): Promise<T> {
  const entry = troubleEntry()
  const retry = () => {
    entry.clear()
    again()
  }
  const enter = (error: unknown) => entry.set({ error, isEmpty: false, retry })
  const late = setTimeout(() => enter(new ReadLateError()), READ_LATE_MS)
  try {
    const value = await run()
    entry.clear()
    return value
  } catch (error) {
    enter(error)
    throw error
  } finally {
    clearTimeout(late)
  }
}

/** What `promise` brings within the time, or undefined: for what is nice to have and must hold up nothing. */
export function withinTime<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    promise.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer))
  })
}
