/** The arithmetic: from a counted quantity to grams, with one floor at the end. Low, central and high by the same lines. */

import { floorProduct, type Grams, PER_MILLE, type PerMille } from '../base/units.ts'
import type { Trust } from '../evidence/activity.ts'
import type { Factor, Methodology, Pack, Setting } from './pack.ts'

const MG_PER_GRAM = 1000
const METRES_PER_KM = 1000

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

export type Estimate = 'low' | 'central' | 'high'

/** How much of the reduction counts upon such evidence. */
export function evidenceShare(methodology: Methodology, trust: Trust, pack: Pack): Setting {
  return unprovenShare(methodology, trust) ?? pack.evidencePerMille[trust]
}

/** Where a track is all there is and does not show the vehicle. */
export function unprovenShare(methodology: Methodology, trust: Trust): Setting | undefined {
  const isTrack = trust === 'gps' || trust === 'import'
  return isTrack && methodology.kind === 'travel' ? methodology.trackPerMille : undefined
}

/** Undefined where the pack counts zero by rule: there are no factors to show. */
export function formulaFor(
  methodology: Methodology,
  value: number,
  { pack, trust, estimate = 'central' }: { pack: Pack; trust: Trust; estimate?: Estimate },
): Formula | undefined {
  const evidence = evidenceShare(methodology, trust, pack).value
  if (methodology.kind === 'fixed') {
    if (!methodology.reduction) return undefined
    const mgPerUnit = methodology.reduction[estimate]
    return { kind: 'fixed', value, unitSize: methodology.unitSize, mgPerUnit, evidence }
  }
  if (!methodology.project || !methodology.substitution) return undefined
  return {
    kind: 'travel',
    metres: value,
    baselineMgPerKm: pack.baselineMgPerKm.value,
    projectMgPerKm: emissions(methodology.project, estimate),
    substitution: methodology.substitution.value,
    evidence,
  }
}

/** The low estimate of a reduction comes from the high estimate of what the trip itself emits. */
function emissions(project: Factor, estimate: Estimate): number {
  if (estimate === 'central') return project.central
  return estimate === 'low' ? project.high : project.low
}

/** Never negative: a trip worse than the baseline saves nothing, it is not a debt. */
export function gramsBy(formula: Formula): Grams {
  if (formula.kind === 'fixed') {
    return floorProduct(
      [formula.value, formula.mgPerUnit, formula.evidence],
      [formula.unitSize, MG_PER_GRAM, PER_MILLE],
    )
  }
  const savedMgPerKm = Math.max(0, formula.baselineMgPerKm - formula.projectMgPerKm)
  return floorProduct(
    [formula.metres, savedMgPerKm, formula.substitution, formula.evidence],
    [METRES_PER_KM, MG_PER_GRAM, PER_MILLE, PER_MILLE],
  )
}

/** How much quantity the grams allow, down to a whole unit: for "还可计 3.1 km". Infinity where a unit gives nothing. */
export function quantityFor(formula: Formula, grams: Grams): number {
  if (formula.kind === 'fixed') {
    const perUnit = [formula.mgPerUnit, formula.evidence]
    if (perUnit.includes(0)) return Number.POSITIVE_INFINITY
    return floorProduct([grams, formula.unitSize, MG_PER_GRAM, PER_MILLE], perUnit)
  }
  const savedMgPerKm = Math.max(0, formula.baselineMgPerKm - formula.projectMgPerKm)
  const perKm = [savedMgPerKm, formula.substitution, formula.evidence]
  if (perKm.includes(0)) return Number.POSITIVE_INFINITY
  return floorProduct([grams, METRES_PER_KM, MG_PER_GRAM, PER_MILLE, PER_MILLE], perKm)
}
