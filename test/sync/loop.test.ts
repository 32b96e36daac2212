/** When to exchange, by a clock that the test winds: one pass at a time, no poke lost, patience after failures, an end where one is due. */
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../src/sync/backoff.ts'
import type { Lock } from '../../src/sync/lock.ts'
import { SyncLoop } from '../../src/sync/loop.ts'
import type { PassResult } from '../../src/sync/pass.ts'
import type { Progress } from '../../src/sync/pass-deps.ts'
import type { SyncStatus } from '../../src/sync/status.ts'
import { SyncProblem, type TransportProblem } from '../../src/sync/transport.ts'

interface Timer {
  readonly run: () => void
  readonly delayMs: number
  isLive: boolean
}

interface Pass {
  readonly tell: (progress: Progress) => void
  end(result?: PassResult): void
  fail(error: unknown): void
}

/** A loop whose passes end when the test says so. */
function wound(given: { random?: () => number; lock?: Lock } = {}) {
  const passes: Pass[] = []
  const timers: Timer[] = []
  const told: SyncStatus[] = []
  let running = 0
  let atOnce = 0
  const loop = new SyncLoop({
    lockName: 'x',
    lock: given.lock ?? (async (_name, work) => work()),
    now: () => 0,
    random: given.random ?? (() => 0.5),
    onStatus: (status) => told.push(status),
    setTimer(run, delayMs) {
      const timer = { run, delayMs, isLive: true }
      timers.push(timer)
      return () => {
        timer.isLive = false
      }
    },
    async pass(tell) {
      atOnce = Math.max(atOnce, ++running)
      try {
        return await new Promise<PassResult>((resolve, reject) => {
          passes.push({ tell, end: (result = { state: 'done' }) => resolve(result), fail: reject })
        })
      } finally {
        running--
      }
    },
  })
  return {
    loop,
    passes,
    told,
    live: () => timers.filter(({ isLive }) => isLive),
    /** The clock goes on to the one timer that waits. */
    ring() {
      const [timer, ...others] = timers.filter(({ isLive }) => isLive)
      if (!timer || others.length > 0) throw new Error(`${others.length + (timer ? 1 : 0)} timers wait`)
      timer.isLive = false
      timer.run()
      return timer.delayMs
    },
    atOnce: () => atOnce,
    phase: () => told.at(-1)?.phase,
  }
}

/** Everything that promises have left to do is done. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('pokes', () => {
  it('start one pass, however many come at once', async () => {
    const { loop, passes, atOnce } = wound()
    const all = Promise.all([loop.poke(), loop.poke(), loop.poke()])
    await settled()
    passes[0]?.end()
    await settled()
    passes[1]?.end() // the later pokes came while the first pass ran
    await all
    expect([passes.length, atOnce()]).toEqual([2, 1])
  })

  it('during a pass cause exactly one more, and whoever poked waits for it', async () => {
    const { loop, passes } = wound()
    void loop.poke()
    await settled()
    let isDone = false
    const waiting = Promise.all(Array.from({ length: 20 }, () => loop.poke())).then(() => {
      isDone = true
    })
    passes[0]?.end()
    await settled()
    expect([passes.length, isDone]).toEqual([2, false])
    passes[1]?.end()
    await waiting
    expect([passes.length, isDone]).toEqual([2, true])
  })

  it('in the very moment in which a pass ends are not lost', async () => {
    for (let turns = 0; turns < 30; turns++) {
      const { loop, passes } = wound()
      void loop.poke()
      await settled()
      passes[0]?.end()
      for (let i = 0; i < turns; i++) await Promise.resolve()
      void loop.poke()
      await settled()
      expect(passes.length, `after ${turns} turns`).toBe(2)
      passes[1]?.end()
    }
  })

  it('from who is told of the end are not lost either', async () => {
    const passes: number[] = []
    let isAsked = false
    const loop: SyncLoop = new SyncLoop({
      lockName: 'x',
      lock: async (_name, work) => work(),
      now: () => 0,
      random: () => 0,
      setTimer: () => () => {},
      onStatus({ phase }) {
        if (phase !== 'idle' || isAsked) return
        isAsked = true
        void loop.poke()
      },
      async pass() {
        passes.push(1)
        return { state: 'done' }
      },
    })
    await loop.poke()
    expect(passes.length).toBe(2)
  })
})

describe('the screen', () => {
  it('is told of the work, its progress, and that all is well', async () => {
    const { loop, passes, told } = wound()
    const poked = loop.poke()
    await settled()
    const progress = { records: { done: 1, of: 2 }, commands: { done: 0, of: 1 } }
    passes[0]?.tell(progress)
    passes[0]?.end()
    await poked
    expect(told).toEqual([{ phase: 'syncing' }, { phase: 'syncing', progress }, { phase: 'idle' }])
    expect(loop.status).toEqual({ phase: 'idle' })
  })

  it('is told of a page that does not fit, and nothing is tried again unasked', async () => {
    const { loop, passes, live, told } = wound()
    void loop.poke()
    await settled()
    passes[0]?.end({ state: 'faulty', fault: 'signature' })
    await settled()
    expect(told.at(-1)).toEqual({ phase: 'faulty', fault: 'signature' })
    expect(live()).toEqual([])
  })
})

describe('after a failure', () => {
  async function failing(error: unknown, times = 1) {
    const wind = wound()
    void wind.loop.poke()
    const delays: number[] = []
    for (let i = 0; i < times; i++) {
      await settled()
      wind.passes.at(-1)?.fail(error)
      await settled()
      if (wind.live().length > 0 && i < times - 1) delays.push(wind.ring())
    }
    return { ...wind, delays }
  }

  it('waits longer each time, with jitter, and begins anew after a success', async () => {
    const { delays, ring, passes, loop, live } = await failing(new SyncProblem('busy'), 8)
    expect(delays).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => backoffMs(n, 0.5)))
    ring()
    await settled()
    passes.at(-1)?.end()
    await settled()
    expect(live()).toEqual([])
    void loop.poke()
    await settled()
    passes.at(-1)?.fail(new SyncProblem('busy'))
    await settled()
    expect(ring()).toBe(backoffMs(1, 0.5))
  })

  it('waits as long as the backend asked, and no shorter', async () => {
    const { ring, told } = await failing(new SyncProblem('too_many_requests', 90_000))
    expect(told.at(-1)).toEqual({ phase: 'waiting', problem: 'too_many_requests', waitMs: 90_000 })
    expect(ring()).toBe(90_000)
  })

  it.each<[TransportProblem, string]>([
    ['offline', 'offline'],
    ['unreadable', 'waiting'],
    ['busy', 'waiting'],
    ['internal', 'waiting'],
  ])('%s: is told as %s, and tried again', async (code, phase) => {
    const { told, live } = await failing(new SyncProblem(code))
    expect(told.at(-1)).toEqual({ phase, problem: code })
    expect(live()).toHaveLength(1)
  })

  it.each<[TransportProblem, string]>([
    ['not_signed_in', 'signed_out'],
    ['account_deleted', 'deleted'],
    ['malformed', 'waiting'],
    ['origin_refused', 'waiting'],
  ])('%s: is told as %s and ends there; a poke tries once more', async (code, phase) => {
    const { told, live, loop, passes } = await failing(new SyncProblem(code))
    expect(told.at(-1)?.phase).toBe(phase)
    expect(live()).toEqual([])
    void loop.poke()
    await settled()
    expect(passes).toHaveLength(2)
    passes[1]?.end()
    await settled()
    expect(told.at(-1)).toEqual({ phase: 'idle' })
  })

  it('of a kind that nobody thought of, is tried again', async () => {
    const { told, live } = await failing(new TypeError('x is not a function'))
    expect(told.at(-1)).toEqual({ phase: 'waiting', problem: 'internal' })
    expect(live()).toHaveLength(1)
  })

  it('of a full disk, says so and looks again', async () => {
    const { told, live } = await failing({ name: 'BulkError', failures: [{ name: 'QuotaExceededError' }] })
    expect(told.at(-1)).toEqual({ phase: 'disk_full' })
    expect(live()).toHaveLength(1)
  })

  it('a poke does not wait for the timer, and takes its place', async () => {
    const { loop, passes, live } = await failing(new SyncProblem('offline'), 5)
    expect(live()).toHaveLength(1)
    void loop.poke()
    await settled()
    expect([passes.length, live().length]).toEqual([6, 0])
    passes.at(-1)?.end()
    await settled()
    expect(live()).toEqual([])
  })

  it('a poke that came during the failing pass is followed at once, and one timer is left at most', async () => {
    const { loop, passes, live } = wound()
    void loop.poke()
    await settled()
    void loop.poke()
    passes[0]?.fail(new SyncProblem('offline'))
    await settled()
    expect(passes).toHaveLength(2)
    passes[1]?.fail(new SyncProblem('offline'))
    await settled()
    expect([passes.length, live().length]).toEqual([2, 1])
    void loop.poke()
    await settled()
    passes[2]?.end()
    await settled()
    expect([passes.length, live().length]).toEqual([3, 0])
  })
})

describe('another tab that syncs', () => {
  it('is left to it, and looked after a little later', async () => {
    let isBusy = true
    const { loop, passes, told, ring } = wound({ lock: async (_name, work) => (isBusy ? 'busy' : work()) })
    await loop.poke()
    expect([passes.length, told.at(-1)]).toEqual([0, { phase: 'idle' }])
    isBusy = false
    expect(ring()).toBe(5000)
    await settled()
    expect(passes).toHaveLength(1)
    passes[0]?.end()
  })

  it('that steals the lock leaves this one waiting, not broken', async () => {
    const stolen = new DOMException('stolen', 'AbortError')
    const { loop, passes, told, live } = wound({ lock: () => Promise.reject(stolen) })
    await loop.poke()
    expect(passes).toHaveLength(0)
    expect(told.at(-1)?.phase).toBe('waiting')
    expect(live()).toHaveLength(1)
  })
})

describe('stopping', () => {
  it('waits for the pass that runs, and lets none begin', async () => {
    const { loop, passes, live } = wound()
    void loop.poke()
    await settled()
    void loop.poke() // due, but too late
    let isStopped = false
    const stopping = loop.stop().then(() => {
      isStopped = true
    })
    await settled()
    expect(isStopped).toBe(false)
    passes[0]?.end()
    await stopping
    await loop.poke()
    await settled()
    expect([passes.length, live().length]).toEqual([1, 0])
  })

  it('takes the timer away, also that of a pass that fails while it is waited for', async () => {
    const { loop, passes, live } = wound()
    void loop.poke()
    await settled()
    passes[0]?.fail(new SyncProblem('offline'))
    await settled()
    expect(live()).toHaveLength(1)
    void loop.poke()
    await settled()
    const stopping = loop.stop()
    passes[1]?.fail(new SyncProblem('offline'))
    await stopping
    expect(live()).toEqual([])
  })

  it('twice, or before anything began, is as good', async () => {
    const { loop, passes } = wound()
    await loop.stop()
    await loop.stop()
    await loop.poke()
    expect(passes).toEqual([])
  })
})
