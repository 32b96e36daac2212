/** Registered JWT claims are in seconds; everything else here is in ms. */
import type { Instant } from '../domain/base/time.ts'

/** For `iat`: rounded down it could lie before the key's own beginning. */
export function secondsUp(at: Instant): number {
  return Math.ceil(at / 1000)
}

/** For `exp`: nothing lasts longer by its token than by the ledger. */
export function secondsDown(at: Instant): number {
  return Math.floor(at / 1000)
}
