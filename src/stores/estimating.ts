/** What a form shows before the tap: the verdict as the backend would most likely give it, and what can still be counted. */

import { CLOCK_SLACK_MS } from '../domain/base/clock.ts'
import { dayOf, type Instant } from '../domain/base/time.ts'
import type { ActivityClaim, Trust } from '../domain/evidence/activity.ts'
import type { Ledger } from '../domain/ledger/ledger-state.ts'
import { usageNeeds, usageOf } from '../domain/ledger/ledger-usage.ts'
import { allNeeds } from '../domain/ledger/needs.ts'
import { type Assessment, assess } from '../domain/methodology/assess.ts'
import { type LimitsLeft, limitsLeft } from '../domain/methodology/limits-left.ts'
import type { Pack } from '../domain/methodology/pack.ts'
import type { DaysAtHand } from './days-at-hand.ts'
import { until } from './ledger-acts.ts'

interface Given {
  readonly now: () => Instant
  /** The phone's clock, by which people give times. */
  readonly phoneNow: () => Instant
  readonly offset: () => number
  /** What is expected is known. */
  readonly isReady: () => boolean
  readonly expected: () => Ledger
  readonly packAt: (at: Instant) => Pack
  readonly isAtHand: DaysAtHand['isAtHand']
}

export function estimatingOf(given: Given) {
  const { now, phoneNow, offset, isReady, expected, packAt, isAtHand } = given

  /** What the phone's clock is off by, as far as the last exchange told: the backend corrects an act's times by it. */
  function clockShift(): number {
    return Math.abs(offset()) <= CLOCK_SLACK_MS ? 0 : offset()
  }

  /** The claim's times are by the phone's clock, a file's by its own. Undefined for the moment in which its days are being read. */
  function estimate(claim: ActivityClaim): Assessment | undefined {
    const shiftMs = claim.evidence.trust === 'import' ? 0 : clockShift()
    const pack = packAt(now())
    const ledger = expected()
    const needs = [0, shiftMs].map((each) => usageNeeds(claim, claim.startedAt + each, pack))
    if (!isAtHand(ledger, allNeeds(needs))) return undefined
    return assess(claim, { usage: usageOf(ledger), pack, now: now(), shiftMs })
  }

  /** What can still be counted of an act on the day of `at` by the phone's clock, with what is waiting counted in. */
  function limitsFor(code: string, trust: Trust, at: Instant = phoneNow()): LimitsLeft | undefined {
    const pack = packAt(now())
    const ledger = expected()
    const shifted = at + clockShift()
    const needs = usageNeeds({ code, evidence: { trust: 'manual' } }, shifted, pack)
    if (!isAtHand(ledger, needs)) return undefined
    return limitsLeft(code, trust, { usage: usageOf(ledger), pack, day: dayOf(shifted), now: now() })
  }

  /** For a tap without a form. */
  async function estimateSoon(claim: ActivityClaim): Promise<Assessment> {
    await until(() => isReady() && estimate(claim) !== undefined)
    return estimate(claim) as Assessment
  }

  return { estimate, estimateSoon, limitsFor }
}
