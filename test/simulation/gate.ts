/** Keeps back one answer until it is told to let it through. */
export class Gate {
  /** The pass that waits for the answer. */
  work: Promise<unknown> = Promise.resolve()
  open: () => void = () => undefined
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve
  })
  #reach: () => void = () => undefined
  readonly #reached = new Promise<void>((resolve) => {
    this.#reach = resolve
  })

  /** Called by who holds the answer. */
  async hold(): Promise<void> {
    this.#reach()
    await this.#opened
  }

  /** False when the pass has ended without an answer: the network was rough. */
  async isReachedBefore(pass: Promise<unknown>): Promise<boolean> {
    const isReached = await Promise.race([this.#reached.then(() => true), pass.then(() => false)])
    if (!isReached) this.open()
    return isReached
  }
}
