/**
 * Keeps the projection up with what it is made from. A tap is previewed at once, on the last projection; where more than that has changed,
 * all is decided anew in slices that leave the screen free, and until then the last estimate stands and says that it is being updated.
 */
import { onScopeDispose, shallowRef } from 'vue'
import type { PreviewRun, Screen } from '../domain/preview-run.ts'
import type { OutboxCommand, Projection } from '../domain/projection.ts'

/** Loaded when something is to be estimated. */
type Rules = typeof import('../domain/preview-run.ts')

export interface Shown {
  readonly projection: Projection
  /** More was changed than could be decided at once. */
  readonly isCatchingUp: boolean
}

/** Commands decided in one go: some ten milliseconds on a slow phone. Hardly anybody ever has more waiting, and then nothing comes in slices. */
export const AT_ONCE = 100

export interface Projecting {
  /**
   * What to show; undefined while the first one is being made. To be called in a computed, which is asked again when a slice was the last.
   * @param of whose screen it is: nothing goes on from another's
   */
  next(of: object, screen: Screen, rules: Rules): Shown | undefined
}

export function useProjecting(yieldToScreen: (run: () => void) => () => void = inIdleTime): Projecting {
  /** Counted up when a projection that was made in slices is there. */
  const made = shallowRef(0)
  let owner: object | undefined
  let last: PreviewRun | undefined
  let making: { run: PreviewRun; left: readonly OutboxCommand[]; rules: Rules } | undefined
  let cancel = () => {}
  onScopeDispose(() => cancel())

  function drop(): void {
    cancel()
    making = undefined
  }

  function slice(): boolean {
    if (!making) return true
    making.rules.goOn(making.run, making.left.slice(0, AT_ONCE))
    making.left = making.left.slice(AT_ONCE)
    if (making.left.length > 0) return false
    last = making.run
    making = undefined
    return true
  }

  function later(): void {
    cancel = yieldToScreen(() => {
      if (slice()) made.value++
      else later()
    })
  }

  /** Of the commands that came since: decided on what the last run expects. */
  function previewNew(run: PreviewRun, { outbox, world }: Screen, { goOn }: Rules): void {
    const known = new Set(run.previews.map(({ id }) => id))
    const added = outbox.filter(({ command }) => !known.has(command.id))
    goOn(run, added.slice(0, AT_ONCE), world)
  }

  return {
    next(of, screen, rules) {
      void made.value
      if (owner !== of) {
        drop()
        last = undefined
        owner = of
      }
      const rest = last && rules.restOf(last, screen)
      if (last && rest && rest.length <= AT_ONCE) {
        drop()
        rules.goOn(last, rest)
        return { projection: rules.projectionOf(last), isCatchingUp: false }
      }
      const left = making && rules.restOf(making.run, screen)
      if (making && left) making.left = left
      else {
        drop()
        making = { run: rules.beginRun(screen), left: screen.outbox, rules }
        if (slice() && last) return { projection: rules.projectionOf(last), isCatchingUp: false }
        later()
      }
      if (!last) return undefined
      previewNew(last, screen, rules)
      return { projection: rules.meanwhile(last, screen), isCatchingUp: true }
    },
  }
}

/** Late enough for taps and the exchange, which come first; soon enough where the page is never idle. */
const IDLE_WITHIN_MS = 200

/** Safari has no idle callbacks. */
function inIdleTime(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: IDLE_WITHIN_MS })
  return () => cancelIdleCallback(handle)
}
