/** One tab at a time, by the very locks that browsers have: Node brings them as well. */
import { afterEach, describe, expect, it } from 'vitest'
import { webLock } from '../../src/sync/lock.ts'
import { testClock } from '../support/clock.ts'

const { locks } = navigator as { locks?: LockManager }
let names = 0
const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

/** Work that goes on until the test ends. */
function endless(): () => Promise<string> {
  return () => new Promise((resolve) => ended.push(() => resolve('ended')))
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe.skipIf(!locks)('a lock over tabs', () => {
  it('gives the work’s result, and is free again afterwards, also after a failure', async () => {
    const name = `lock ${++names}`
    const tab = webLock(locks, testClock())
    expect(await tab(name, async () => 7)).toBe(7)
    await expect(tab(name, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(await tab(name, async () => 8)).toBe(8)
  })

  it('tells the second tab that it is busy, without doing its work', async () => {
    const name = `lock ${++names}`
    const clock = testClock()
    const first = webLock(locks, clock)(name, endless())
    await settled()
    let isDone = false
    const work = async () => {
      isDone = true
    }
    expect(await webLock(locks, clock)(name, work)).toBe('busy')
    expect(isDone).toBe(false)
    ended.shift()?.()
    expect(await first).toBe('ended')
    expect(await webLock(locks, clock)(name, async () => 'mine')).toBe('mine')
  })

  it('of another account is free', async () => {
    const clock = testClock()
    void webLock(locks, clock)(`lock ${++names}`, endless())
    await settled()
    expect(await webLock(locks, clock)(`lock ${++names}`, async () => 'mine')).toBe('mine')
  })

  it('whose holder hangs is stolen after two minutes of asking, and not before', async () => {
    const name = `lock ${++names}`
    const clock = testClock()
    const hanging = webLock(locks, clock)(name, endless()).catch((error: Error) => error.name)
    await settled()
    const tab = webLock(locks, clock)
    for (let seconds = 0; seconds <= 120; seconds += 5) {
      expect(await tab(name, async () => 'mine'), `after ${seconds} s`).toBe('busy')
      clock.advance(5000)
    }
    expect(await tab(name, async () => 'mine')).toBe('mine')
    expect(await hanging).toBe('AbortError')
  })

  it('that was free in between is not stolen: the time begins anew', async () => {
    const name = `lock ${++names}`
    const clock = testClock()
    const tab = webLock(locks, clock)
    const hold = async () => {
      void webLock(locks, clock)(name, endless())
      await settled()
    }
    await hold()
    expect(await tab(name, async () => 'mine')).toBe('busy')
    clock.advance(119_000)
    ended.shift()?.()
    await settled()
    expect(await tab(name, async () => 'mine')).toBe('mine')
    await hold()
    clock.advance(119_000)
    expect(await tab(name, async () => 'mine')).toBe('busy')
    clock.advance(119_000)
    expect(await tab(name, async () => 'mine')).toBe('busy')
  })
})

describe('a browser without locks', () => {
  it('just does the work: storing compares cursors, so that two do no harm', async () => {
    expect(await webLock(undefined, testClock())('x', async () => 5)).toBe(5)
  })
})
