/** A read that fails or hangs is never a blank page: it is entered where the shell shows it, and can be asked again. */
import { globSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Observed } from '../../../src/composables/useLive.ts'

// A list of its own: stores of other files that share the process may still read.
vi.resetModules()
const { readTroubles, retryReads, watchedRead, withinTime } = await import(
  '../../../src/composables/read-troubles.ts'
)
const { effectScope } = await import('vue')
const { useLive } = await import('../../../src/composables/useLive.ts')

/** A source whose answers the test gives. */
class Source implements Observed<string> {
  asked = 0
  next: (value: string) => void = () => {}
  fail: (error: unknown) => void = () => {}
  subscribe(next: (value: string) => void, error: (error: unknown) => void) {
    this.asked++
    this.next = next
    this.fail = error
    return { unsubscribe: () => {} }
  }
}

let scope: ReturnType<typeof effectScope>
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const live = (source: Source, options = {}) =>
  scope.run(() => useLive(() => source, options)) as ReturnType<typeof useLive<string>>

describe('a live read', () => {
  it('that answers is no trouble, however long it then rests', () => {
    const source = new Source()
    live(source)
    source.next('here')
    vi.advanceTimersByTime(60_000)
    expect(readTroubles.value).toEqual([])
  })

  it('that brings nothing for five seconds is shown, and is forgiven when it comes', () => {
    const source = new Source()
    const read = live(source)
    vi.advanceTimersByTime(4_900)
    expect(readTroubles.value).toHaveLength(0)
    vi.advanceTimersByTime(200)
    expect(readTroubles.value).toMatchObject([{ isEmpty: true, error: { name: 'ReadLateError' } }])
    source.next('late')
    expect(readTroubles.value).toEqual([])
    expect([read.value.value, read.error.value]).toEqual(['late', undefined])
  })

  it('that fails is shown at once, and asked again by the shell’s button', () => {
    const source = new Source()
    const read = live(source)
    source.fail(new Error('broken'))
    expect(readTroubles.value).toHaveLength(1)
    retryReads()
    expect([source.asked, readTroubles.value.length]).toEqual([2, 0])
    source.next('again')
    expect(read.value.value).toBe('again')
  })

  it('that ended with a page that was left asks again by itself when the page is back, once', () => {
    const source = new Source()
    const read = live(source)
    const aborted = () => Object.assign(new Error('left'), { name: 'AbortError' })
    source.fail(aborted())
    expect([source.asked, readTroubles.value.length]).toEqual([2, 0])
    source.fail(aborted())
    expect([source.asked, readTroubles.value.length]).toEqual([2, 1])
    source.next('back')
    expect([read.value.value, readTroubles.value.length]).toEqual(['back', 0])
  })

  it('that fails later leaves what was read on the screen', () => {
    const source = new Source()
    const read = live(source)
    source.next('first')
    source.fail(new Error('broken'))
    expect(read.value.value).toBe('first')
    expect(readTroubles.value).toMatchObject([{ isEmpty: false }])
  })

  it('of a page that was left is nobody’s trouble', () => {
    const source = new Source()
    live(source)
    source.fail(new Error('broken'))
    scope.stop()
    expect(readTroubles.value).toEqual([])
  })

  it('whose user shows it itself is not shown twice', () => {
    const source = new Source()
    const read = live(source, { isQuiet: true })
    vi.advanceTimersByTime(6_000)
    expect(readTroubles.value).toEqual([])
    expect(read.error.value).toBeDefined()
  })
})

describe('a read that is asked once', () => {
  it('is shown while it hangs and while it fails, and gone once it succeeds', async () => {
    let end: (value: string) => void = () => {}
    const again = vi.fn()
    const asked = watchedRead(
      () =>
        new Promise<string>((resolve) => {
          end = resolve
        }),
      again,
    )
    vi.advanceTimersByTime(5_100)
    expect(readTroubles.value).toHaveLength(1)
    end('rows')
    expect(await asked).toBe('rows')
    expect(readTroubles.value).toHaveLength(0)
    await expect(watchedRead(() => Promise.reject(new Error('no')), again)).rejects.toThrow('no')
    retryReads()
    expect(again).toHaveBeenCalledOnce()
    expect(readTroubles.value).toHaveLength(0)
  })

  it('that is only nice to have holds up nothing', async () => {
    const never = withinTime(new Promise<string>(() => {}), 1000)
    vi.advanceTimersByTime(1000)
    expect(await never).toBeUndefined()
    expect(await withinTime(Promise.reject(new Error('no')), 1000)).toBeUndefined()
    expect(await withinTime(Promise.resolve('yes'), 1000)).toBe('yes')
  })
})

describe('the house', () => {
  const sources = new Map(
    globSync(['src/**/*.{ts,vue}']).map((path) => [path.replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  )
  const having = (pattern: RegExp) =>
    [...sources]
      .filter(([, text]) => pattern.test(text))
      .map(([path]) => path)
      .sort()

  it('reads live by nothing but useLive, so that every view’s reads are shown', () => {
    // The ledger's read is an observable around Dexie's: it remembers the outbox between two reads.
    expect(having(/\.subscribe\(/)).toEqual(['src/composables/useLive.ts', 'src/db/reads.ts'])
    expect(having(/\buseLive\(/).filter((path) => !path.startsWith('src/stores/'))).toEqual([])
  })

  it('lets only those reads be quiet whose state its users show themselves', () => {
    // Whether the phone keeps anything has a page of its own; public feeds have a state `none`, and the cities are read without them; what is
    // remembered for the day on which the data is cleared is on no screen.
    expect(having(/isQuiet: true/)).toEqual([
      'src/stores/device.ts',
      'src/stores/kept.ts',
      'src/stores/survival.ts',
    ])
  })

  it('shows them in the shell, around every view', () => {
    expect(sources.get('src/App.vue')).toMatch(
      /readTroubles[\s\S]*<StorageNotes v-if="hasNotes"[^>]*\/>\s*<RouterView \/>/,
    )
  })
})
