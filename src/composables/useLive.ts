/**
 * A live read as a ref: follows the source, starts anew when the source changes, ends with the scope. Takes any observable. One that fails,
 * or brings nothing within some seconds, has an error until it brings something, and is shown by the shell.
 */
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { READ_LATE_MS, ReadLateError, troubleEntry } from './read-troubles.ts'

export interface Observed<T> {
  subscribe(next: (value: T) => void, error: (error: unknown) => void): { unsubscribe(): void }
}

export interface Live<T> {
  readonly value: Readonly<ShallowRef<T | undefined>>
  /** The read failed, e.g. storage is full or gone, or is late. */
  readonly error: Readonly<ShallowRef<unknown>>
  /** Asks again; what was read before stays until then. */
  readonly retry: () => void
}

/** The page was left in the midst of it, and has come back: see db/left-page.ts. */
const isAborted = (reason: unknown): boolean => (reason as Error | undefined)?.name === 'AbortError'

/**
 * @param source what to observe, or undefined while there is nothing; its reactive parts are followed.
 * @param isQuiet who uses it shows its error itself, and the page can do without it.
 */
export function useLive<T>(source: () => Observed<T> | undefined, { isQuiet = false } = {}): Live<T> {
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  const entry = troubleEntry()
  let running: { unsubscribe(): void } | undefined
  let late: ReturnType<typeof setTimeout> | undefined
  let isAgain = false

  function settle(): void {
    clearTimeout(late)
    error.value = undefined
    entry.clear()
  }

  function fail(reason: unknown): void {
    clearTimeout(late)
    if (isAborted(reason) && !isAgain) {
      isAgain = true
      retry()
      return
    }
    error.value = reason
    if (!isQuiet) entry.set({ error: reason, isEmpty: value.value === undefined, retry })
  }

  function follow(observed: Observed<T> | undefined): void {
    running?.unsubscribe()
    settle()
    if (!observed) return
    late = setTimeout(() => fail(new ReadLateError()), READ_LATE_MS)
    running = observed.subscribe((next) => {
      settle()
      isAgain = false
      value.value = next
    }, fail)
  }

  function retry(): void {
    follow(source())
  }

  watch(
    source,
    (observed) => {
      value.value = undefined // what belonged to another source is never shown under this one
      follow(observed)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    running?.unsubscribe()
    settle()
  })
  return { value, error, retry }
}
