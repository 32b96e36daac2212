/** Turns for work that weighs: so much at once and no more, in the order of arrival, so that nobody is passed over for ever. */
export class Turns {
  readonly #capacity: number
  readonly #waiting: { readonly weight: number; readonly begin: () => void }[] = []
  #taken = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** What weighs more than there is at all has its turn alone. */
  async run<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    const weight = Math.min(wanted, this.#capacity)
    await new Promise<void>((begin) => {
      this.#waiting.push({ weight, begin })
      this.#admit()
    })
    try {
      return await work()
    } finally {
      this.#taken -= weight
      this.#admit()
    }
  }

  #admit(): void {
    for (;;) {
      const first = this.#waiting[0]
      if (!first || this.#taken + first.weight > this.#capacity) return
      this.#waiting.shift()
      this.#taken += first.weight
      first.begin()
    }
  }
}
