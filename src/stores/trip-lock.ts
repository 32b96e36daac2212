/**
 * One page at a time records: the one in sight. It takes the lock from another, because a page out of sight receives nothing; a page from which it
 * was taken waits until it is free again. Without Web Locks each page records, and the same fix is still one.
 */

const NAME = 'trip'

export class TripLock {
  readonly #locks: LockManager | undefined
  readonly #onChange: (isHeld: boolean) => void
  #isWanted = false
  #isHeld = false
  /** It was given once: locks work here. */
  #isGiven = false
  #free: (() => void) | undefined

  constructor(locks: LockManager | undefined, onChange: (isHeld: boolean) => void) {
    this.#locks = locks
    this.#onChange = onChange
  }

  /** @param isSeen the page is before the person's eyes. */
  want(isSeen: boolean): void {
    this.#isWanted = true
    if (!this.#isHeld) this.#request(isSeen)
  }

  drop(): void {
    this.#isWanted = false
    if (this.#locks) this.#free?.()
    else this.#tell(false)
  }

  #request(steal: boolean): void {
    if (!this.#locks) {
      this.#tell(true)
      return
    }
    const options = steal ? { steal } : {}
    let isGranted = false
    this.#locks
      .request(NAME, options, () => {
        isGranted = true
        this.#isGiven = true
        return this.#hold()
      })
      .catch(() => undefined) // taken by another page
      .finally(() => (isGranted ? this.#askAgain() : this.#refused()))
  }

  #askAgain(): void {
    this.#tell(false)
    if (this.#isWanted) this.#request(false)
  }

  /** Asked again at once it would be refused again, without an end: WebKit refuses whoever is being left, and such a page would never go. */
  #refused(): void {
    if (!this.#isGiven) this.#tell(this.#isWanted)
  }

  #hold(): Promise<void> | undefined {
    if (!this.#isWanted || this.#isHeld) return undefined
    this.#tell(true)
    return new Promise((resolve) => {
      this.#free = resolve
    })
  }

  #tell(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return
    this.#isHeld = isHeld
    this.#onChange(isHeld)
  }
}
