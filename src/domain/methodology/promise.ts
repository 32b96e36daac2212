/** What a tile promises before the tap: "+64，有轨迹 +128". Alone on a fresh day: the form then shows the estimate with what is used. */

import type { Points } from '../base/units.ts'
import type { Trust } from '../evidence/activity.ts'
import { pointsBefore } from './caps.ts'
import { formulaFor, gramsBy, unprovenShare } from './formula.ts'
import { type Methodology, methodologyOf, type Pack, type Setting } from './pack.ts'

interface ActPromise {
  /** On the person's word. Null where only a provider's report counts. */
  readonly manual: Points | null
  /** With a track from a file. Null where a track proves nothing. */
  readonly track: Points | null
}

/** `quantity` in the methodology's unit. */
export function promise(code: string, quantity: number, pack: Pack): ActPromise {
  const methodology = methodologyOf(pack, code)
  if (!methodology) return { manual: null, track: null }
  return {
    manual: promised(methodology, 'manual', quantity, pack),
    track: promised(methodology, 'import', quantity, pack),
  }
}

function promised(methodology: Methodology, trust: Trust, quantity: number, pack: Pack): Points | null {
  if (!methodology.trusts.includes(trust) || unprovenShare(methodology, trust)) return null
  const { caps, reward } = pack
  const value = atMost(quantity, [methodology.limits.maxMetresPerAct, dayLimit(methodology)])
  const formula = formulaFor(methodology, value, { pack, trust })
  const ofDay = trust === 'manual' ? [caps.manualDayGrams] : [caps.importDayGrams, caps.deviceDayGrams]
  const grams = formula ? atMost(gramsBy(formula), [...ofDay, caps.openDayGrams]) : 0
  const points = pointsBefore(grams, value, { methodology, pack })
  return atMost(points, [reward.weekCapPoints, reward.openWeekPoints])
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
