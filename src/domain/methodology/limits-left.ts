/** What can still be counted, and which limit binds first: limits are shown before they bite. */

import type { AssessmentCode } from '../base/reason.ts'
import type { Day, Instant } from '../base/time.ts'
import { floorProduct, type Grams } from '../base/units.ts'
import type { QuantityUnit, Trust } from '../evidence/activity.ts'
import { type Cap, countCaps, gramCaps, quantityCaps, rewardCaps, roomOf } from './caps.ts'
import { type Formula, formulaFor, quantityFor } from './formula.ts'
import { type Methodology, methodologyOf, type Pack } from './pack.ts'
import type { Usage } from './usage.ts'

export interface LimitsContext {
  readonly usage: Usage
  readonly pack: Pack
  readonly day: Day
  /** When it would be posted. */
  readonly now: Instant
}

/** One limit as it stands now. */
export interface LimitLeft {
  readonly code: AssessmentCode
  readonly of: 'quantity' | 'acts' | 'grams' | 'points'
  readonly limit: number
  readonly used: number
  readonly left: number
  /** `left` in the methodology's unit. Null where it never binds this act: points stop, or its grams are zero. */
  readonly leftQuantity: number | null
}

export interface LimitsLeft {
  readonly unit: QuantityUnit
  readonly limits: readonly LimitLeft[]
  /** The limit that stops the quantity first. Absent where nothing limits it. */
  readonly binding?: LimitLeft
  /** How much of the unit still counts in full, in one act or several. Null where nothing limits it. */
  readonly quantityLeft: number | null
  /** Grams still counted, whatever the quantity. Null for a provider's report. */
  readonly gramsLeft: Grams | null
}

/** Undefined for a code that the pack does not know or an evidence that it does not take. */
export function limitsLeft(
  code: string,
  trust: Trust,
  { usage, pack, day, now }: LimitsContext,
): LimitsLeft | undefined {
  const methodology = methodologyOf(pack, code)
  if (!methodology?.trusts.includes(trust)) return undefined
  const context = { methodology, pack, usage, day }
  // The length of one ride is no limit of the day: the next ride counts again.
  const quantity = quantityCaps(context).filter((cap) => cap.code !== 'ride_distance_cap')
  const formula = formulaFor(methodology, 0, { pack, trust })
  const grams = gramCaps(trust, context)
  const limits: readonly LimitLeft[] = [
    ...quantity.map((cap) => stand(cap, 'quantity', roomOf(cap))),
    ...countCaps(context).map((cap) => stand(cap, 'acts', actsAsQuantity(cap, methodology))),
    ...grams.map((cap) => stand(cap, 'grams', gramsAsQuantity(roomOf(cap), formula))),
    ...rewardCaps(trust, { ...context, now }).map((cap) => stand(cap, 'points', null)),
  ]
  const binding = first(limits)
  return {
    unit: methodology.unit,
    limits,
    ...(binding ? { binding } : {}),
    quantityLeft: binding?.leftQuantity ?? null,
    gramsLeft: grams.length === 0 ? null : Math.min(...grams.map(roomOf)),
  }
}

function stand(cap: Cap, of: LimitLeft['of'], leftQuantity: number | null): LimitLeft {
  const { code, limit, used, days = 1 } = cap
  return { code, of, limit: limit * days, used, left: roomOf(cap), leftQuantity }
}

function actsAsQuantity(cap: Cap, { unit, limits }: Methodology): number | null {
  const acts = roomOf(cap)
  if (unit === 'count' || acts === 0) return acts
  return limits.maxMetresPerAct ? floorProduct([acts, limits.maxMetresPerAct.value]) : null
}

function gramsAsQuantity(grams: Grams, formula: Formula | undefined): number | null {
  const quantity = formula ? quantityFor(formula, grams) : Number.POSITIVE_INFINITY
  return Number.isFinite(quantity) ? quantity : null
}

/** On a tie the earlier one, in the order in which an assessment cuts. */
function first(limits: readonly LimitLeft[]): LimitLeft | undefined {
  let least: LimitLeft | undefined
  for (const each of limits) {
    if (each.leftQuantity !== null && each.leftQuantity < (least?.leftQuantity ?? Number.POSITIVE_INFINITY))
      least = each
  }
  return least
}
