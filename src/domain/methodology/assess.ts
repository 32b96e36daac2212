/** The verdict on one activity: what counts of it, by which numbers, and why. Shapes only for now; see the engine. */
import type { Quantity } from '../activity.ts'
import type { Reason } from '../reason.ts'
import type { Day } from '../time.ts'
import type { Grams, PerMille, Points } from '../units.ts'

export type Verdict = 'accepted' | 'adjusted' | 'rejected' | 'review'

/** The numbers that went into the grams, pinned for ever with the record. Factors in mg per km, mg per unit. */
export type Formula =
  | {
      readonly kind: 'travel'
      readonly metres: number
      readonly baselineMgPerKm: number
      readonly projectMgPerKm: number
      readonly substitution: PerMille
      readonly evidence: PerMille
    }
  | {
      readonly kind: 'fixed'
      /** In the methodology's unit. */
      readonly value: number
      /** How many of the quantity's units make one unit of the factor: 1000 Wh a kWh. */
      readonly unitSize: number
      readonly mgPerUnit: number
      readonly evidence: PerMille
    }

export interface Assessment {
  readonly packId: string
  readonly packVersion: number
  readonly code: string
  readonly methodologyVersion: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  /** The day in Shandong on which the act began: caps are per day. */
  readonly day: Day
  /** What the person claimed, or the default that stood in for it. */
  readonly claimed?: Quantity
  /** What of it counts after the caps. */
  readonly counted?: Quantity
  readonly formula?: Formula
  /** Central estimate after every cap: what the person sees and is rewarded for. */
  readonly rewardGrams: Grams
  /** The same with the low and the high factors. */
  readonly lowGrams: Grams
  readonly highGrams: Grams
  /** Lower bound that may ever become credits; always zero under a demonstration pack. */
  readonly creditableGrams: Grams
  readonly points: Points
}
