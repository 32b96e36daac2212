/** What a tile promises before the tap: "+64，有轨迹 +128". Alone on a fresh day: the form then shows the estimate with what is used. */
import type { Trust } from '../activity.ts'
import type { Points } from '../units.ts'
import { cutBy, pointsBefore } from './caps.ts'
import { formulaFor, gramsBy } from './formula.ts'
import { type Methodology, methodologyOf, type Pack, type Setting } from './pack.ts'

export interface ActPromise {
  /** On the person's word. Null where only a provider's report counts. */
  readonly manual: Points | null
  /** With a recorded track. Null where a track proves nothing. */
  readonly track: Points | null
}

/** `quantity` in the methodology's unit. */
export function promise(code: string, quantity: number, pack: Pack): ActPromise {
  const methodology = methodologyOf(pack, code)
  if (!methodology) return { manual: null, track: null }
  return {
    manual: promised(methodology, 'manual', quantity, pack),
    track: promised(methodology, 'gps', quantity, pack),
  }
}

function promised(methodology: Methodology, trust: Trust, quantity: number, pack: Pack): Points | null {
  if (!methodology.trusts.includes(trust)) return null
  const { caps } = pack
  const value = atMost(quantity, [methodology.limits.maxMetresPerAct, dayLimit(methodology)])
  const formula = formulaFor(methodology, value, { pack, trust })
  const open = trust === 'manual' ? [caps.manualDayGrams, caps.openDayGrams] : [caps.openDayGrams]
  const grams = formula ? atMost(gramsBy(formula), open) : 0
  const points = pointsBefore(grams, value, { methodology, pack })
  return cutBy(points, [{ code: 'week_reward_cap', limit: pack.reward.weekCapPoints.value, used: 0 }]).value
}

function dayLimit(methodology: Methodology): Setting | undefined {
  const { limits, unit } = methodology
  if (unit === 'count') return limits.dayCount
  const days = methodology.kind === 'fixed' ? (methodology.daysPerAct ?? 1) : 1
  return limits.dayQuantity && { ...limits.dayQuantity, value: limits.dayQuantity.value * days }
}

function atMost(value: number, limits: readonly (Setting | undefined)[]): number {
  return limits.reduce((least, limit) => (limit ? Math.min(least, limit.value) : least), value)
}
