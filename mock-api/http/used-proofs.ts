/** Proofs that were used, as long as they could be used again. One process remembers its own; only a device with its key adds to them. */
import type { Instant } from '../../src/domain/base/time.ts'
import { PROOF_SLACK_MS } from '../base/limits.ts'

/** Beyond it the oldest are forgotten: more than a city's tills ask in ten minutes. */
const PROOFS_MAX = 50_000

export class UsedProofs {
  /** In order of use, with the time after which the proof's own time refuses it. */
  readonly #until = new Map<string, Instant>()

  /** False: it was used before. */
  use(
    proof: { readonly thumbprint: string; readonly jti: string; readonly iat: Instant },
    now: Instant,
  ): boolean {
    this.#forget(now)
    const name = `${proof.thumbprint} ${proof.jti}`
    if (this.#until.has(name)) return false
    this.#until.set(name, proof.iat + PROOF_SLACK_MS)
    return true
  }

  #forget(now: Instant): void {
    for (const [name, until] of this.#until) {
      if (until >= now && this.#until.size < PROOFS_MAX) return
      this.#until.delete(name)
    }
  }
}
