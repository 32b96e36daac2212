/** "为什么是这个数": the pieces of one assessment in the order in which a person reads them. Words stand in src/text, figures and sources here. */

import type { Grams } from '../base/units.ts'
import type { ActivityClaim, QuantityUnit, Trust } from '../evidence/activity.ts'
import type { Assessment } from './assess.ts'
import { evidenceShare, type Formula, formulaFor, gramsBy } from './formula.ts'
import {
  type Factor,
  type FactorClass,
  type FactorUnit,
  type Figure,
  type Methodology,
  methodologyOf,
  type Pack,
  type Source,
} from './pack.ts'

/** Label keys: src/text/activity/activities.ts has a word for each. */
export type TermKey = 'quantity' | 'baseline' | 'project' | 'substitution' | 'reduction' | 'evidence'

/** One line of the formula: its number as pinned with the record, and what the pack says of it. */
export interface Term {
  readonly key: TermKey
  readonly value: number
  readonly unit: QuantityUnit | FactorUnit | 'per_mille'
  /** Absent where nobody published a range. */
  readonly range?: { readonly low: number; readonly high: number }
  readonly class?: FactorClass
  readonly source?: Source
  /** Our own proposal, with no source. */
  readonly isProposal?: true
}

export interface Explanation {
  readonly terms: readonly Term[]
  /** By the formula, before the caps in grams. Absent where the pack counts zero by rule. */
  readonly formulaGrams?: Grams
  readonly rewardGrams: Grams
  readonly lowGrams: Grams
  readonly highGrams: Grams
  /** How sure the reduction as a whole is. */
  readonly class: FactorClass | null
  readonly source?: Source
  readonly checkAgainst?: Figure
  readonly zero?: { readonly zh: string; readonly en: string }
  readonly caveat?: { readonly zh: string; readonly en: string }
  readonly isDemonstration: boolean
  /** False when another pack or version is at hand than the one of the record: numbers hold, sources are left out. */
  readonly isPinnedPack: boolean
}

export function explain(assessment: Assessment, trust: Trust, pack: Pack): Explanation {
  const { formula, rewardGrams, lowGrams, highGrams } = assessment
  const known = methodologyOf(pack, assessment.code)
  const isPinnedPack =
    pack.id === assessment.packId &&
    pack.version === assessment.packVersion &&
    (known?.version ?? 0) === assessment.methodologyVersion
  const methodology = isPinnedPack ? known : undefined
  const { zero, caveatZh, caveatEn, checkAgainst } = methodology ?? {}
  return {
    terms: formula ? termsOf(formula, trust, { pack, methodology }) : [],
    ...(formula ? { formulaGrams: gramsBy(formula) } : {}),
    rewardGrams,
    lowGrams,
    highGrams,
    class: methodology?.class ?? null,
    ...(methodology ? { source: methodology.source } : {}),
    ...(checkAgainst ? { checkAgainst } : {}),
    ...(zero ? { zero: { zh: zero.whyZh, en: zero.whyEn } } : {}),
    ...(caveatZh && caveatEn ? { caveat: { zh: caveatZh, en: caveatEn } } : {}),
    isDemonstration: pack.demonstration,
    isPinnedPack,
  }
}

interface Known {
  readonly pack: Pack
  /** Undefined when the record was assessed by another version. */
  readonly methodology: Methodology | undefined
}

function termsOf(formula: Formula, trust: Trust, { pack, methodology }: Known): readonly Term[] {
  const share = methodology ? evidenceShare(methodology, trust, pack) : pack.evidencePerMille[trust]
  const shareSource = 'source' in share ? { source: share.source } : { isProposal: true as const }
  const evidence: Term = {
    key: 'evidence',
    value: formula.evidence,
    unit: 'per_mille',
    ...(methodology ? shareSource : {}),
  }
  if (formula.kind === 'fixed') {
    const reduction = methodology?.kind === 'fixed' ? methodology.reduction : undefined
    const { value, mgPerUnit } = formula
    return [
      { key: 'quantity', value, unit: methodology?.unit ?? 'count' },
      { key: 'reduction', value: mgPerUnit, unit: reduction?.unit ?? 'mg_per_time', ...ofFactor(reduction) },
      evidence,
    ]
  }
  const travel = methodology?.kind === 'travel' ? methodology : undefined
  const baseline = travel && pack.baselineMgPerKm
  return [
    { key: 'quantity', value: formula.metres, unit: 'metre' },
    { key: 'baseline', value: formula.baselineMgPerKm, unit: 'mg_per_km', ...ofFigure(baseline) },
    { key: 'project', value: formula.projectMgPerKm, unit: 'mg_per_km', ...ofFactor(travel?.project) },
    {
      key: 'substitution',
      value: formula.substitution,
      unit: 'per_mille',
      ...ofFigure(travel?.substitution),
    },
    evidence,
  ]
}

function ofFigure(figure: Figure | undefined): Pick<Term, 'class' | 'source'> {
  return figure ? { class: figure.class, source: figure.source } : {}
}

function ofFactor(factor: Factor | undefined): Pick<Term, 'class' | 'source' | 'range'> {
  if (!factor) return {}
  const { low, high, rangeKnown, class: sureness, source } = factor
  return { class: sureness, source, ...(rangeKnown ? { range: { low, high } } : {}) }
}

interface CurrentRule {
  readonly packId: string
  readonly packVersion: number
  readonly methodologyVersion: number
  /** The same counted quantity by the current factors, and by the pinned ones; both before the caps in grams. */
  readonly grams: Grams
  readonly pinnedGrams: Grams
  readonly isSame: boolean
}

/** "按现行规则": shown beside a record, never in its place. Undefined when the current pack does not know the code, or nothing counted. */
export function byCurrentRule(claim: ActivityClaim, pinned: Assessment, pack: Pack): CurrentRule | undefined {
  const methodology = methodologyOf(pack, claim.code)
  if (!methodology || !pinned.counted || methodology.unit !== pinned.counted.unit) return undefined
  const { trust } = claim.evidence
  const isTaken = methodology.trusts.includes(trust)
  const formula = isTaken ? formulaFor(methodology, pinned.counted.value, { pack, trust }) : undefined
  const grams = formula ? gramsBy(formula) : 0
  const pinnedGrams = pinned.formula ? gramsBy(pinned.formula) : 0
  return {
    packId: pack.id,
    packVersion: pack.version,
    methodologyVersion: methodology.version,
    grams,
    pinnedGrams,
    isSame: grams === pinnedGrams,
  }
}
