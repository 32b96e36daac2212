/**
 * When to exchange: events only mark it due, the loop sets the pace. One running pass per tab, one syncing tab per phone; after a failure
 * it waits, longer each time, unless the network comes back.
 */
import { isQuotaError } from '../db/quota-error.ts'
import { backoffMs } from './backoff.ts'
import type { Lock } from './lock.ts'
import type { PassResult } from './pass.ts'
import type { Progress } from './pass-deps.ts'
import { initialStatus, type SyncStatus } from './status.ts'
import { SyncProblem } from './transport.ts'

interface LoopDeps {
  readonly lockName: string
  readonly lock: Lock
  readonly pass: (onProgress: (progress: Progress) => void) => Promise<PassResult>
  readonly now: () => number
  readonly random: () => number
  readonly setTimer: (run: () => void, delayMs: number) => () => void
  readonly onStatus: (status: SyncStatus) => void
}

/** Another tab is at it: look again this much later, its result comes through the database anyway. */
const LOCK_RETRY_MS = 5_000

export class SyncLoop {
  readonly #deps: LoopDeps
  #status: SyncStatus = initialStatus
  #running: Promise<void> | undefined
  #isDue = false
  #failures = 0
  #cancelTimer: (() => void) | undefined
  #isStopped = false

  constructor(deps: LoopDeps) {
    this.#deps = deps
  }

  get status(): SyncStatus {
    return this.#status
  }

  /** Something happened that is worth an exchange now: a new command, the network, the person looking. */
  poke(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    this.#isDue = true
    this.#cancelTimer?.()
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      // A poke in between the last look at #isDue and this line has found the loop still running.
      return this.#isDue ? this.poke() : undefined
    })
    return this.#running
  }

  /** No further pass begins; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelTimer?.()
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#isDue && !this.#isStopped) {
      this.#isDue = false
      try {
        this.#tell({ phase: 'syncing' })
        const result = await this.#deps.lock(this.#deps.lockName, () =>
          this.#deps.pass((progress) => this.#tell({ phase: 'syncing', progress })),
        )
        this.#failures = 0
        if (result === 'busy') {
          this.#tell({ phase: 'idle' })
          this.#later(LOCK_RETRY_MS)
        } else if (result.state === 'faulty') this.#tell({ phase: 'faulty', fault: result.fault })
        else this.#tell({ phase: 'idle' })
      } catch (error) {
        this.#failed(error)
      }
    }
  }

  #failed(error: unknown): void {
    const problem = error instanceof SyncProblem ? error : undefined
    this.#failures++
    const ended = endOf(problem)
    if (ended) {
      this.#tell(ended)
      return
    }
    const storage = isQuotaError(error)
    this.#tell(
      storage
        ? { phase: 'disk_full' }
        : {
            phase: problem?.code === 'offline' ? 'offline' : 'waiting',
            problem: problem?.code ?? 'internal',
            ...(problem?.retryAfterMs === undefined ? {} : { waitMs: problem.retryAfterMs }),
          },
    )
    if (problem && !problem.mayRetry) return
    this.#later(backoffMs(this.#failures, this.#deps.random(), problem?.retryAfterMs))
  }

  #later(delayMs: number): void {
    this.#cancelTimer?.()
    if (this.#isStopped) return
    this.#cancelTimer = this.#deps.setTimer(() => void this.poke(), delayMs)
  }

  #tell(status: SyncStatus): void {
    this.#status = status
    this.#deps.onStatus(status)
  }
}

/** Problems after which only the person can go on. */
function endOf(problem: SyncProblem | undefined): SyncStatus | undefined {
  if (problem?.code === 'not_signed_in') return { phase: 'signed_out' }
  if (problem?.code === 'account_deleted') return { phase: 'deleted' }
  return undefined
}
