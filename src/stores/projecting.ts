/**
 * Keeps the projection up with what it is made from. A tap is previewed at once, on the last projection; where more than that has changed,
 * all is decided anew in slices that leave the screen free, and until then the last estimate stands and says that it is being updated.
 */
import { onScopeDispose, shallowRef } from 'vue'
import type { Needs } from '../domain/ledger/needs.ts'
import type { PreviewRun, Screen } from '../domain/ledger/preview-run.ts'
import type { OutboxCommand, Projection } from '../domain/ledger/projection.ts'
import { AT_ONCE } from './at-once.ts'

/** Loaded when something is to be estimated. */
type Rules = typeof import('../domain/ledger/preview-run.ts')

export interface Shown {
  readonly projection: Projection
  /** More was changed than could be decided at once. */
  readonly isCatchingUp: boolean
}

/** Commands of one idle slice: the browser puts as many slices into a pause as fit, and beside ten thousand acts each command takes its time. */
const IN_SLICE = 20

export interface Projecting {
  /**
   * What to show; undefined while the first one is being made. To be called in a computed, which is asked again when a slice was the last.
   * @param of whose screen it is: nothing goes on from another's
   */
  next(of: object, screen: Screen, rules: Rules): Shown | undefined
}

interface ProjectingDeps {
  /** Looks up more of the confirmed ledger's days; false when that ledger is of the past. */
  readonly lookUp: (needs: Needs) => Promise<boolean>
  /** Runs it when the screen has time; answers how to call it off. */
  readonly whenIdle?: (run: () => void) => () => void
}

interface Making {
  readonly run: PreviewRun
  readonly rules: Rules
  left: readonly OutboxCommand[]
}

export function useProjecting({ lookUp, whenIdle = inIdleTime }: ProjectingDeps): Projecting {
  /** Counted up when a projection that was made in slices is there, or what it lacked was looked up. */
  const made = shallowRef(0)
  let owner: object | undefined
  let last: PreviewRun | undefined
  let making: Making | undefined
  let cancel = () => {}
  onScopeDispose(() => cancel())

  function drop(): void {
    cancel()
    making = undefined
  }

  /** True when it was the last one. */
  function slice(each: Making, size: number): boolean {
    const some = each.left.slice(0, size)
    const missing = each.rules.missingFor(each.run, some)
    if (missing) {
      void goOnWith(each, missing)
      return false
    }
    each.rules.goOn(each.run, some)
    each.left = each.left.slice(some.length)
    if (each.left.length > 0) later(each)
    else {
      last = each.run
      making = undefined
    }
    return each.left.length === 0
  }

  async function goOnWith(each: Making, missing: Needs): Promise<void> {
    const isFound = await lookUp(missing).catch(() => false)
    if (making !== each) return
    if (isFound) later(each)
    else drop() // the confirmed ledger has moved: with its new state, all begins anew
  }

  function later(each: Making): void {
    cancel = whenIdle(() => {
      if (making === each && slice(each, IN_SLICE)) made.value++
    })
  }

  /** What a command that came behind lacks comes a moment later. */
  async function askAgainWith(missing: Needs): Promise<void> {
    if (await lookUp(missing).catch(() => false)) made.value++
  }

  /** Of the commands that came since: decided on what the last run expects. */
  function previewNew(run: PreviewRun, { outbox, world }: Screen, rules: Rules): void {
    const known = new Set(run.previews.map(({ id }) => id))
    const added = outbox.filter(({ command }) => !known.has(command.id)).slice(0, AT_ONCE)
    if (!rules.missingFor(run, added, world)) rules.goOn(run, added, world)
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
        const missing = rules.missingFor(last, rest)
        if (missing) void askAgainWith(missing)
        else rules.goOn(last, rest)
        return { projection: rules.projectionOf(last), isCatchingUp: missing !== undefined }
      }
      const left = making && rules.restOf(making.run, screen)
      if (making && left) making.left = left
      else {
        drop()
        making = { run: rules.beginRun(screen), left: screen.outbox, rules }
        if (slice(making, AT_ONCE) && last)
          return { projection: rules.projectionOf(last), isCatchingUp: false }
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
