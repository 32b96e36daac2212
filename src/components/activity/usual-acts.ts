/** What a person does again and again, from the latest acts, posted and waiting: for one-tap logging and for the order of tiles. Pure. */

import type { CityId } from '../../domain/base/city.ts'
import { dayOf, type Instant, MINUTE_MS } from '../../domain/base/time.ts'
import type { ActivityClaim, Quantity } from '../../domain/evidence/activity.ts'
import { type Habit, habitsAt } from '../../domain/evidence/habits.ts'
import { typicalDurationMs } from '../../domain/evidence/overlap.ts'
import { actKey, type PastAct } from '../../domain/evidence/past-act.ts'
import type { NamedRoute } from '../../domain/evidence/routes.ts'
import type { Command } from '../../domain/ledger/command.ts'
import { methodologyOf, type Pack } from '../../domain/methodology/pack.ts'

interface UsualAct extends PastAct {
  readonly count: number
}

/** The shape that waiting commands and posted entries share; newest first. */
export function pastActs(
  waiting: readonly Command[],
  entries: readonly {
    readonly code?: string
    readonly claimed?: Quantity
    readonly stops?: number
    readonly note?: string
    readonly occurredAt?: Instant
    readonly id: string
  }[],
): PastAct[] {
  const acts: PastAct[] = []
  const seen = new Set<string>()
  for (const command of waiting) {
    if (command.kind !== 'activity.record') continue
    seen.add(command.id)
    const { code, quantity, stops, note, startedAt: at } = command.body
    acts.push({ code, quantity, stops, note, at })
  }
  for (const { id, code, claimed, stops, note, occurredAt: at } of entries) {
    if (code !== undefined && !seen.has(id)) acts.push({ code, quantity: claimed, stops, note, at })
  }
  return acts
}

/** A week's power saving and a day without the car are no habit to repeat by a tap. */
function isRepeatable({ code }: PastAct, pack: Pack): boolean {
  const methodology = methodologyOf(pack, code)
  return (
    methodology?.trusts.includes('manual') === true &&
    methodology.unit !== 'watt_hour' &&
    !methodology.limits.minHours
  )
}

/** The same kind, quantity and words. The most frequent first, then the latest. */
export function usualActs(acts: readonly PastAct[], pack: Pack, max: number): UsualAct[] {
  const counted = new Map<string, UsualAct>()
  for (const act of acts) {
    if (!isRepeatable(act, pack)) continue
    const key = actKey(act)
    counted.set(key, { ...act, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, max)
}

/** Likeliest at this time, but for those that stand there by their name already; by frequency alone while there is too little to learn from. */
export function likelyActs(
  acts: readonly PastAct[],
  { pack, now, routes, max }: { pack: Pack; now: Instant; routes: readonly NamedRoute[]; max: number },
): Habit[] {
  const isNamed = new Set(routes.map(actKey))
  const others = acts.filter((act) => !isNamed.has(actKey(act)) && isRepeatable(act, pack))
  return habitsAt(now, others, max) ?? usualActs(others, pack, max).map((act) => ({ act }))
}

/**
 * The day's last trip, as long as it has not been taken back: each trip there and each back is the same act, so an odd number of them is out.
 * What is no trip has no way back.
 */
export function tripOut(
  acts: readonly PastAct[],
  { pack, now }: { pack: Pack; now: Instant },
): PastAct | undefined {
  const today = dayOf(now)
  const trips = acts.filter(
    (act) =>
      act.at !== undefined &&
      dayOf(act.at) === today &&
      methodologyOf(pack, act.code)?.kind === 'travel' &&
      isRepeatable(act, pack),
  )
  const last = trips.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0]
  if (!last) return undefined
  return trips.filter((trip) => actKey(trip) === actKey(last)).length % 2 === 1 ? last : undefined
}

/** Codes by how often they were done lately. */
export function codesByUse(acts: readonly PastAct[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { code } of acts) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code)
}

/** The trip is taken to have just ended: it began as long ago as such a trip usually takes. Whole minutes, as in the form. */
function usualStart(act: PastAct, pack: Pack, now: Instant): Instant {
  const methodology = methodologyOf(pack, act.code)
  const metres =
    act.quantity?.value ?? (methodology?.kind === 'travel' ? (methodology.defaultMetres?.value ?? 0) : 0)
  const lengthMs =
    methodology?.kind === 'travel'
      ? typicalDurationMs(metres, methodology.typicalSpeedMetresPerHour.value)
      : 0
  return Math.floor((now - lengthMs) / MINUTE_MS) * MINUTE_MS
}

/** The claim of doing it again now, on the person's word: a track proves one ride, not the next. */
export function repeatClaim(
  act: PastAct,
  { pack, city, now }: { pack: Pack; city: CityId; now: Instant },
): ActivityClaim {
  return {
    code: act.code,
    city,
    startedAt: usualStart(act, pack, now),
    evidence: { trust: 'manual' },
    ...(act.quantity ? { quantity: act.quantity } : {}),
    ...(act.stops === undefined ? {} : { stops: act.stops }),
    ...(act.note ? { note: act.note } : {}),
  }
}
