/** Which of several pages records: the one in sight, and after it the one that waits. By the real lock manager. */
import { describe, expect, it } from 'vitest'
import { TripLock } from '../../src/stores/trip-lock.ts'

function pageOf(locks: LockManager | undefined = navigator.locks) {
  const told: boolean[] = []
  const waiting = new Map<number, () => void>()
  const lock = new TripLock(locks, (isHeld) => {
    told.push(isHeld)
    waiting.get(told.length)?.()
  })
  /** Resolves when the page has been told that often. */
  const toldTimes = (count: number) =>
    told.length >= count ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(count, resolve))
  return { lock, told, toldTimes }
}

describe('the page that records', () => {
  it('is the one in sight: it takes over from another, which waits until it is free again', async () => {
    const [first, second] = [pageOf(), pageOf()]
    first.lock.want(true)
    await first.toldTimes(1)
    second.lock.want(true)
    await second.toldTimes(1)
    await first.toldTimes(2)
    expect([first.told, second.told]).toEqual([[true, false], [true]])
    second.lock.drop()
    await first.toldTimes(3)
    await second.toldTimes(2)
    expect([first.told, second.told]).toEqual([
      [true, false, true],
      [true, false],
    ])
    first.lock.drop()
    await first.toldTimes(4)
  })

  it('out of sight it takes nothing away, and gets it when the other ends', async () => {
    const [seen, unseen] = [pageOf(), pageOf()]
    seen.lock.want(true)
    await seen.toldTimes(1)
    unseen.lock.want(false)
    seen.lock.drop()
    await Promise.all([seen.toldTimes(2), unseen.toldTimes(1)])
    expect([seen.told, unseen.told]).toEqual([[true, false], [true]])
    unseen.lock.drop()
    await unseen.toldTimes(2)
  })

  it('asks no more once it is being left: what held the lock ends, and every request is refused', async () => {
    let asked = 0
    let leave: (why: Error) => void = () => {}
    const left = new Promise<never>((_, reject) => {
      leave = reject
    })
    const locks = {
      request: (_name: string, _options: LockOptions, hold: () => Promise<void>) => {
        asked++
        if (asked > 1) return Promise.reject(new DOMException('the page is being left', 'InvalidStateError'))
        return Promise.race([Promise.resolve().then(hold), left])
      },
    }
    const page = pageOf(locks as never)
    page.lock.want(true)
    await page.toldTimes(1)
    leave(new DOMException('the page is being left', 'AbortError'))
    await page.toldTimes(2)
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).toBe(2)
    expect(page.told).toEqual([true, false])
  })

  it('is each where locks are refused from the first', async () => {
    const refused = () => Promise.reject(new DOMException('not in this context', 'SecurityError'))
    const page = pageOf({ request: refused } as never)
    page.lock.want(true)
    await page.toldTimes(1)
    expect(page.told).toEqual([true])
  })

  it('is each where there are no locks', () => {
    const page = pageOf(null as never)
    page.lock.want(true)
    page.lock.drop()
    expect(page.told).toEqual([true, false])
  })
})
