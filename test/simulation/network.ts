/** A network under a seed: loses requests and answers, doubles, delays and reorders them, and answers for a backend that is down. */
import type { Random } from '../support/random.ts'

export interface Faults {
  readonly lostRequest: number
  readonly lostAnswer: number
  readonly doubled: number
  /** A copy is kept back and arrives after later messages. */
  readonly late: number
  readonly down: number
}

export const NO_FAULTS: Faults = { lostRequest: 0, lostAnswer: 0, doubled: 0, late: 0, down: 0 }
export const ROUGH: Faults = { lostRequest: 0.12, lostAnswer: 0.15, doubled: 0.12, late: 0.12, down: 0.06 }

export class Network {
  faults: Faults = NO_FAULTS
  readonly counts = { sent: 0, lostRequests: 0, lostAnswers: 0, doubled: 0, late: 0, down: 0 }
  readonly #deliver: (request: Request) => Promise<Response>
  readonly #random: Random
  #heldBack: Request[] = []

  constructor(deliver: (request: Request) => Promise<Response>, random: Random) {
    this.#deliver = deliver
    this.#random = random
  }

  readonly send = async (request: Request): Promise<Response> => {
    this.counts.sent++
    const { faults } = this
    if (this.#happens(faults.lostRequest)) {
      this.counts.lostRequests++
      throw new TypeError('lost on the way there')
    }
    if (this.#happens(faults.down)) {
      this.counts.down++
      return new Response('down', { status: 503 })
    }
    if (this.#happens(faults.late)) {
      this.counts.late++
      this.#heldBack.push(request.clone())
    }
    if (this.#happens(faults.doubled)) {
      this.counts.doubled++
      await this.#deliver(request.clone())
    }
    const response = await this.#deliver(request)
    if (this.#happens(0.5)) await this.deliverLate()
    if (this.#happens(faults.lostAnswer)) {
      this.counts.lostAnswers++
      throw new TypeError('lost on the way back')
    }
    return response
  }

  /** What was kept back arrives now, in any order; nobody waits for the answers any more. */
  async deliverLate(): Promise<void> {
    const late = this.#heldBack
    this.#heldBack = []
    while (late.length > 0) {
      const [request] = late.splice(this.#random.below(late.length), 1)
      if (request) await this.#deliver(request).catch(() => undefined)
    }
  }

  #happens(probability: number): boolean {
    return probability > 0 && this.#random() < probability
  }
}
