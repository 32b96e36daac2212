/** A live read as a ref: follows the source, starts anew when the source changes, ends with the scope. Takes any observable. */
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

export interface Observed<T> {
  subscribe(next: (value: T) => void, error?: (error: unknown) => void): { unsubscribe(): void }
}

export interface Live<T> {
  readonly value: Readonly<ShallowRef<T | undefined>>
  /** The read failed, e.g. storage is full or gone. */
  readonly error: Readonly<ShallowRef<unknown>>
}

/** @param source what to observe, or undefined while there is nothing; its reactive parts are followed. */
export function useLive<T>(source: () => Observed<T> | undefined): Live<T> {
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  let running: { unsubscribe(): void } | undefined
  watch(
    source,
    (observed) => {
      running?.unsubscribe()
      value.value = undefined // what belonged to another source is never shown under this one
      running = observed?.subscribe(
        (next) => {
          value.value = next
          error.value = undefined
        },
        (reason) => {
          error.value = reason
        },
      )
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.unsubscribe())
  return { value, error }
}
