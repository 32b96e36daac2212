/** A clock that stands still until it is told to go on. */

/** A Friday noon in Shandong. */
export const TEST_START = Date.parse('2026-11-20T12:00:00+08:00')

export interface TestClock {
  (): number
  advance(ms: number): void
  set(at: number): void
}

export function testClock(start = TEST_START): TestClock {
  let at = start
  const clock = () => at
  return Object.assign(clock, {
    advance(ms: number) {
      at += ms
    },
    set(next: number) {
      at = next
    },
  })
}
