/** What of an account's days a decision or a record reads or changes: looked up before it, since decisions are pure and wait for nothing. */

import type { Day } from '../base/time.ts'
import type { Head } from './ledger-part.ts'
import { IDLE_ACTS_MAX } from './ledger-state.ts'

export interface Needs {
  readonly days: readonly Day[]
  /** Ids of acts, to be looked up by their records. */
  readonly acts: readonly string[]
  /** Digests of tracks and files. */
  readonly digests: readonly string[]
  /** Acts that may come to count nothing by it, and push out as many older ones. */
  readonly idle: number
}

export const NO_NEEDS: Needs = { days: [], acts: [], digests: [], idle: 0 }

export function allNeeds(each: readonly Needs[]): Needs {
  return {
    days: [...new Set(each.flatMap(({ days }) => days))],
    acts: [...new Set(each.flatMap(({ acts }) => acts))],
    digests: [...new Set(each.flatMap(({ digests }) => digests))],
    idle: each.reduce((sum, { idle }) => sum + idle, 0),
  }
}

/** With the days of the acts that may be pushed out. Each takes one command to reach the front, and one over the limit to leave. */
export function withIdleDays(needs: Needs, { idle = [] }: Pick<Head, 'idle'>): Needs {
  const leaving = idle.slice(0, Math.max(0, idle.length + needs.idle - IDLE_ACTS_MAX))
  return allNeeds([needs, { ...NO_NEEDS, days: leaving.map((key) => key.split(' ')[0] as Day) }])
}
