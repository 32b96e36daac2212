/** How long to wait before the next try: exponential with full jitter, so that many phones coming back do not come back together. */

const BASE_MS = 1_000
const CAP_MS = 5 * 60_000
/** Browsers fire a timer of more than 2^31 ms at once: a gateway that names a date in years would be asked without a pause. */
const RETRY_AFTER_MAX_MS = 24 * 3600_000

/** @param failures tries that failed in a row, from 1. @param random in [0, 1). */
export function backoffMs(failures: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, 20))
  return Math.max(Math.min(retryAfterMs, RETRY_AFTER_MAX_MS), Math.round(ceiling * (0.5 + random / 2)))
}
