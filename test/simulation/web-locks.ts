/** Web Locks as a browser keeps them for one origin: one holder a name. A tab that is gone holds none; from one that hangs a lock can be stolen. */

interface Holder {
  readonly tab: symbol
  readonly abort: (error: Error) => void
}

type Work = (lock: { name: string } | null) => unknown

export class WebLocks {
  readonly #held = new Map<string, Holder>()

  /** What one tab sees of them. `die`: closed or killed in the midst of its work, which then never ends. */
  tab(): { locks: LockManager; die(): void } {
    const tab = Symbol('tab')
    let isDead = false
    const request = (name: string, options: LockOptions, work: Work) =>
      new Promise((resolve, reject) => {
        const settle = <T>(how: (value: T) => void) => {
          return (value: T) => {
            if (isDead) return
            if (this.#held.get(name) === holder) this.#held.delete(name)
            how(value)
          }
        }
        const holder: Holder = { tab, abort: settle(reject) }
        const before = this.#held.get(name)
        if (before && !options.steal) return resolve(work(null))
        this.#held.set(name, holder)
        before?.abort(new DOMException('the lock was stolen', 'AbortError'))
        Promise.resolve(work({ name })).then(settle(resolve), settle(reject))
      })
    return {
      locks: { request } as unknown as LockManager,
      die: () => {
        isDead = true
        for (const [name, holder] of this.#held) if (holder.tab === tab) this.#held.delete(name)
      },
    }
  }
}
